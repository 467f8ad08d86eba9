import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";

/** A value that a field must refuse, and in words why. */
export interface BadValue {
  readonly field: string;
  readonly why: string;
  readonly value: unknown;
}

const BAD: Record<string, readonly (readonly [why: string, value: unknown])[]> = {
  number: [
    ["text", "1"],
    ["a fraction", 1.5],
    ["negative", -1],
    ["huge", 1e308],
    ["past 2^53", 2 ** 53 + 2],
    ["true", true],
    ["a list", [1]],
    ["an object", {}],
  ],
  string: [
    ["a number", 7],
    ["true", true],
    ["a list", ["x"]],
    ["an object", { x: 1 }],
    ["NUL", "a\0b"],
    ["half a surrogate pair", "a\ud800b"],
  ],
  /** A user id: text, or a number that has all its digits. */
  "string|number": [
    ["a fraction", 1.5],
    ["a number that has lost digits", 118234567890123456789],
    ["too long", "x".repeat(129)],
    ["true", true],
    ["a list", ["x"]],
    ["an object", {}],
    ["NUL", "a\0b"],
    ["half a surrogate pair", "\udc00"],
  ],
  boolean: [
    ["text", "true"],
    ["a number", 1],
    ["a list", []],
  ],
  array: [
    ["text", "x"],
    ["a number", 1],
    ["an object", { 0: "x" }],
  ],
  object: [
    ["text", "{}"],
    ["a number", 1],
    ["a list", [1]],
    ["NUL deep inside", { a: [{ b: "\0" }] }],
    ["half a surrogate pair as a name", { "\ud800": 1 }],
    ["too large", { a: "x".repeat(20_000) }],
    ["nested without end", nested(1_000)],
  ],
};

function nested(levels: number): unknown {
  return JSON.parse(`${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`) as unknown;
}

/** Wishes in free words stand on one line: what no line holds becomes a space and is no reason to refuse. */
const STRAIGHTENED = new Set(["language", "tone", "audience"]);
const UNCLEAN = new Set(["NUL", "half a surrogate pair"]);

/** Past this a field is never what is too large: the body is. */
const LONG = 1_048_576;

/** What each field of a body must refuse, by the type that the operation declares for it. */
export function badBodyValues(operation: Operation): BadValue[] {
  return Object.entries(operation.body?.shape ?? {}).flatMap(([field, schema]) => {
    const type = typeOf(schema as z.ZodType);
    const values = BAD[type];
    if (values === undefined) throw new Error(`What is wrong for ${field}, of the type ${type}?`);
    // What is declared field by field ignores all others: only what is no object at all is wrong for certain.
    const declared = type === "object" && !("additionalProperties" in inJson(schema as z.ZodType));
    const bad = values
      .filter(([, value]) => !declared || typeof value !== "object" || Array.isArray(value))
      .map(([why, value]) => ({ field, why, value }));
    const { maxLength = LONG } = inJson(schema as z.ZodType);
    if (maxLength < LONG) bad.push({ field, why: "too long", value: "x".repeat(maxLength + 1) });
    return STRAIGHTENED.has(field) ? bad.filter(({ why }) => !UNCLEAN.has(why)) : bad;
  });
}

const COUNTED = new Set(["limit", "after"]);

/** Everything in a query is text: what no field of any type takes, and what no number is. */
export function badQueryValues(operation: Operation): BadValue[] {
  return Object.keys(operation.query?.shape ?? {}).flatMap((field) => [
    { field, why: "NUL", value: "a\0b" },
    { field, why: "endless", value: "x".repeat(2_000) },
    ...(COUNTED.has(field) ? NO_NUMBERS.map((value) => ({ field, why: value, value })) : []),
  ]);
}

const NO_NUMBERS = ["-1", "1.5", "1e3", "0x10", "1 ", "true", "NaN", "١", "9007199254740994"];

/** What no code and no id is, as the part of an address. */
export const STRANGE_PARAMS: readonly (readonly [why: string, value: string])[] = [
  ["NUL", "\0"],
  ["NUL in the middle", "JHS\0HDU"],
  ["ten thousand characters", "x".repeat(10_000)],
  ["a way upwards", "../"],
  ["a way to another door", "../../unified/me"],
  ["an emoji", "😀"],
  ["a percent sign", "%"],
  ["a quote", "' OR '1'='1"],
  ["a line break", "a\r\nX-Evil: 1"],
];

const inJson = (schema: z.ZodType) => z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });

/** The type, or types, in JSON of what a field takes. */
function typeOf(schema: z.ZodType): string {
  const { type, anyOf, oneOf } = inJson(schema);
  // What has no bounds of its own is told as a list of types, not as `anyOf`.
  const types: unknown[] =
    type === undefined
      ? (anyOf ?? oneOf ?? []).flatMap((one) => (one as { type?: unknown }).type)
      : [type].flat();
  const known = types.filter((one) => one !== "null").map((one) => (one === "integer" ? "number" : one));
  return [...new Set(known)].join("|");
}

/** The fields that must be there, in their order. */
export function requiredFields(schema: z.ZodObject | undefined): string[] {
  return Object.entries(schema?.shape ?? {})
    .filter(([, field]) => !(field as z.ZodType).safeParse(undefined).success)
    .map(([name]) => name);
}

/** Bodies that are no JSON object. */
export const NO_OBJECTS: readonly (string | Buffer)[] = [
  "user_id=1&amount=1",
  '{"user_id":',
  "[]",
  "null",
  "17",
  '"text"',
  Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
];

/** What another site's form could send, and what only looks like JSON. */
export const NO_JSON_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/json",
] as const;

export const TOO_LARGE = Buffer.alloc(5 * 1024 * 1024, " ");
