import type { Example } from "@/lib/contract/examples";

/** The example with other values in its query or body; undefined leaves a field out. */
export function withValues(example: Example, values: Record<string, unknown>): Example {
  if (example.body !== undefined) return { ...example, body: { ...example.body, ...values } };
  return { ...example, query: { ...example.query, ...(values as Record<string, string>) } };
}

/** The example without this field of its query or body. */
export function without(example: Example, field: string): Example {
  const { [field]: _gone, ...rest } = example.body ?? example.query ?? {};
  return example.body === undefined
    ? { ...example, query: rest as Record<string, string> }
    : { ...example, body: rest };
}
