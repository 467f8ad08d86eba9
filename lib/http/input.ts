import type { z } from "zod";
import type { InputOf, Operation } from "@/lib/contract/operation";
import { AppError } from "@/lib/foundation/app-error";

type Raw = Record<string, unknown>;

/**
 * Path, query and body as one object, parsed by the operation.
 * Null and the empty string of a required field count as missing; null of an optional one as absent.
 * @throws `invalid_request` that lists the missing fields in the declared order, or names the wrong one.
 */
export function parseInput<O extends Operation>(
  operation: O,
  raw: { params: Raw; query: Raw; body: Raw },
): InputOf<O> {
  const parts: [z.ZodObject | undefined, Raw][] = [
    [operation.params, raw.params],
    [operation.query, raw.query],
    [operation.body, raw.body],
  ];
  requireFields(parts);
  return Object.assign({}, ...parts.map(([schema, fields]) => parseFields(schema, fields))) as InputOf<O>;
}

function requireFields(parts: [z.ZodObject | undefined, Raw][]): void {
  const missing = parts.flatMap(([schema, fields]) =>
    schema === undefined ? [] : requiredNames(schema).filter((name) => isMissing(fields[name])),
  );
  if (missing.length === 0) return;
  throw new AppError("invalid_request", {
    message: `Missing required fields: ${missing.join(", ")}`,
    details: { fields: missing },
  });
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || value === "";
}

const required = new WeakMap<z.ZodObject, string[]>();

function requiredNames(schema: z.ZodObject): string[] {
  let names = required.get(schema);
  if (names === undefined) {
    names = Object.entries(schema.shape).flatMap(([name, field]) =>
      (field as z.ZodType).safeParse(undefined).success ? [] : [name],
    );
    required.set(schema, names);
  }
  return names;
}

function parseFields(schema: z.ZodObject | undefined, fields: Raw): Raw {
  if (schema === undefined) return {};
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join(".") ?? "";
  throw new AppError("invalid_request", {
    message: `Invalid request: ${field} ${issue?.message ?? "is not valid"}`,
    details: { field, problem: issue?.message },
  });
}
