import { z } from "zod";
import { ERRORS, type ErrorCode } from "../errors";
import { timestamp } from "../fields";
import { ANSWERED_AT } from "./about";
import { ERROR_WORDS } from "./error-words";

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];

/** What every failure has. */
const failureShape = z.object({
  success: z.literal(false),
  error: z.string(),
  code: z.enum(CODES),
  details: z.unknown(),
  request_id: z.string(),
  timestamp,
});

/** A failure with this code, whole: the document prints it, and the tests hold each refusal to it. */
export const failureOf = (code: ErrorCode) =>
  failureShape.extend({ code: z.literal(code), ...ERROR_WORDS[code].facts?.shape });

/** A failure with this code as it goes over the wire. */
export function failureExample(code: ErrorCode): Record<string, unknown> {
  const { details = null, factsExample } = ERROR_WORDS[code];
  return {
    success: false,
    error: ERRORS[code].message,
    code,
    details,
    ...factsExample,
    request_id: "3f9d5c1e-7a20-4b6e-9c41-2d8f0b6a7e53",
    timestamp: ANSWERED_AT,
  };
}

/** `insufficient_credits` is printed as `InsufficientCredits`. */
const schemaName = (code: ErrorCode) =>
  code.replace(/(?:^|_)([a-z])/g, (_all, letter: string) => letter.toUpperCase());

const schemaRef = (code: ErrorCode) => `#/components/schemas/${schemaName(code)}`;

/** `Failure`, and a schema for each code that says what stands in it beside that. */
export function failureSchemas(): Record<string, z.ZodType> {
  const each = CODES.map((code) => {
    const { happened, facts } = ERROR_WORDS[code];
    const own = z.object({ code: z.literal(code), ...facts?.shape });
    return [
      schemaName(code),
      z
        .intersection(failureShape, own)
        .meta({ description: `${happened} [What to do](/docs/errors#${code})` }),
    ] as const;
  });
  return { Failure: failureShape, ...Object.fromEntries(each) };
}

/** The responses of an operation for these codes, one for each status. Each stands in the components once. */
export function failureResponses(codes: readonly ErrorCode[], responses: Record<string, object>) {
  const statuses = [...new Set(codes.map((code) => ERRORS[code].status))];
  return Object.fromEntries(
    statuses.map((status) => {
      const same = codes.filter((code) => ERRORS[code].status === status);
      const name = same.map(schemaName).join("-");
      responses[name] ??= failureResponse(same);
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
}

function failureResponse(codes: readonly ErrorCode[]): object {
  const refs = codes.map((code) => ({ $ref: schemaRef(code) }));
  const waits = codes.some((code) => ERROR_WORDS[code].retryAfter);
  const mapping = Object.fromEntries(codes.map((code) => [code, schemaRef(code)]));
  return {
    description: codes.map((code) => `\`${code}\`: ${ERROR_WORDS[code].happened}`).join("\n\n"),
    headers: {
      "X-Request-Id": { $ref: "#/components/headers/RequestId" },
      ...(waits ? { "Retry-After": { $ref: "#/components/headers/RetryAfter" } } : {}),
    },
    content: {
      "application/json": {
        schema:
          refs.length === 1 ? refs[0] : { oneOf: refs, discriminator: { propertyName: "code", mapping } },
        examples: Object.fromEntries(codes.map((code) => [code, { value: failureExample(code) }])),
      },
    },
  };
}
