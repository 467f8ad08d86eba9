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

/** What each field of a body must refuse, by the type that the operation declares for it. */
export function badBodyValues(operation: Operation): BadValue[] {
  return Object.entries(operation.body?.shape ?? {}).flatMap(([field, schema]) =>
    (BAD[typeOf(schema as z.ZodType)] ?? []).map(([why, value]) => ({ field, why, value })),
  );
}

/** Everything in a query is text: what no field of any type takes. */
export function badQueryValues(operation: Operation): BadValue[] {
  return Object.keys(operation.query?.shape ?? {}).flatMap((field) => [
    { field, why: "NUL", value: "a\0b" },
    { field, why: "endless", value: "x".repeat(2_000) },
  ]);
}

/** The type, or types, in JSON of what a field takes. */
function typeOf(schema: z.ZodType): string {
  const { type, anyOf } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const types = type === undefined ? (anyOf ?? []).map((one) => (one as { type?: string }).type) : [type];
  return types.filter((one) => one !== "null").join("|");
}

/** The fields that must be there, in their order. */
export function requiredFields(schema: z.ZodObject | undefined): string[] {
  return Object.entries(schema?.shape ?? {})
    .filter(([, field]) => !(field as z.ZodType).safeParse(undefined).success)
    .map(([name]) => name);
}
