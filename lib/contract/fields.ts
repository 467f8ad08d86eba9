import { z } from "zod";

/** Bounds that several operations share. Rules: contract, "Units" and section 2. */
export const MAX_AMOUNT = 1_000_000;
const MAX_USER_ID_LENGTH = 128;
export const MAX_TITLE_LENGTH = 200;
export const MAX_DESCRIPTION_LENGTH = 500;
export const MAX_PROJECT_CODE_LENGTH = 128;
export const METADATA_BYTES = 16 * 1024;
export const MONEY_METADATA_BYTES = 4 * 1024;
const MAX_METADATA_DEPTH = 100;

/** What the OpenAPI document prints for a field, where zod would print how it is read and not what to send. */
const printedAs = (schema: Record<string, unknown>) => ({
  override: ({ jsonSchema }: { jsonSchema: Record<string, unknown> }) => {
    for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
    Object.assign(jsonSchema, schema);
  },
});

/** PostgreSQL stores no NUL, and half a surrogate pair is no text. */
function isCleanText(value: string): boolean {
  return value.isWellFormed() && !value.includes("\0");
}

const UNCLEAN = "must not contain NUL or lone surrogates";
const NO_TEXT = "must be text";

/** Text as it was sent. */
export const text = (maxLength: number) =>
  z.string(NO_TEXT).max(maxLength, `must be at most ${maxLength} characters`).refine(isCleanText, UNCLEAN);

/** Text of any length. */
export const anyText = z.string(NO_TEXT).refine(isCleanText, UNCLEAN);

/** Text that is cut and accepted where it is too long: old clients put whole prompts there. */
export const cutText = (maxLength: number) => anyText.transform((value) => cut(value, maxLength));

/** Cuts at `maxLength` UTF-16 units, never through the middle of a character. */
function cut(value: string, maxLength: number): string {
  if (value.length <= maxLength) return value;
  const cutsPair = (value.codePointAt(maxLength - 1) ?? 0) > 0xffff;
  const end = cutsPair ? maxLength - 1 : maxLength;
  return value.slice(0, end);
}

/** An opaque id. A number is accepted only while it still has all its digits. */
export const userId = z
  .union([z.string(), z.number()], "must be a string of 1 to 128 characters")
  .refine(
    (value) => typeof value === "string" || Number.isSafeInteger(value),
    "must be a string: this number has lost digits",
  )
  .transform(String)
  .pipe(
    z
      .string()
      .min(1, "must not be empty")
      .max(MAX_USER_ID_LENGTH, `must be at most ${MAX_USER_ID_LENGTH} characters`)
      .refine(isCleanText, UNCLEAN),
  )
  .meta(printedAs({ type: "string", minLength: 1, maxLength: MAX_USER_ID_LENGTH }));

const APP_NAME = /^[a-z0-9_-]{1,64}$/;

/** The name of an app: lower-cased on the way in. */
export const appName = z
  .string(NO_TEXT)
  .transform((value) => value.toLowerCase())
  .pipe(z.string().regex(APP_NAME, "must be 1 to 64 of a–z, 0–9, _ and -"))
  .meta(printedAs({ type: "string", pattern: APP_NAME.source }));

/** Whole credits from 1 to 1,000,000. */
export const amount = wholeNumber(1, MAX_AMOUNT);

export function wholeNumber(min: number, max: number) {
  return z
    .int("must be a whole number")
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);
}

/** A whole number in a query string. */
export function queryNumber(min: number, max: number) {
  return z
    .string(NO_TEXT)
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(wholeNumber(min, max))
    .meta(printedAs({ type: "integer", minimum: min, maximum: max }));
}

/** `true`, `false`, `1` or `0` in a query string. */
export const queryFlag = z
  .enum(["true", "false", "1", "0"], "must be true or false")
  .transform((value) => value === "true" || value === "1")
  .meta(printedAs({ type: "boolean" }));

/** The page of a list: over 200 is read as 200. */
export const pageLimit = queryNumber(1, 999_999_999)
  .transform((value) => Math.min(value, 200))
  .meta(printedAs({ type: "integer", minimum: 1 }));

export const cursor = text(500);

/** Any JSON object, bounded by its size as JSON. */
export const metadata = (maxBytes: number) =>
  z.record(z.string(), z.unknown(), "must be a JSON object").superRefine((value, context) => {
    const refuse = (message: string) => context.addIssue({ code: "custom", message });
    // What is nested without end can be parsed, but not written again.
    if (isDeeperThan(MAX_METADATA_DEPTH, value))
      return refuse(`must be nested at most ${MAX_METADATA_DEPTH} deep`);
    const json = JSON.stringify(value);
    if (new TextEncoder().encode(json).length > maxBytes)
      return refuse(`must be at most ${maxBytes / 1024} kB as JSON`);
    // JSON.stringify writes what no database column holds as these escapes, and nothing else that way.
    if (/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i.test(json)) refuse(UNCLEAN);
  });

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((part) => isDeeperThan(levels - 1, part));
}

/** ISO 8601 in UTC. */
export const timestamp = z.iso.datetime();

/** What a page of a list says about the next one: null at the end. */
export const nextCursor = z.string().nullable();

/** A day, or a time with its zone: without one it would mean another moment on another machine. */
export const instant = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], "must be an ISO 8601 time in UTC, ending in Z")
  .transform((value) => new Date(value))
  .refine((value) => value.getUTCFullYear() >= 1, "must be a time after the year 0")
  .meta(
    printedAs({
      anyOf: [
        { type: "string", format: "date" },
        { type: "string", format: "date-time" },
      ],
    }),
  );
