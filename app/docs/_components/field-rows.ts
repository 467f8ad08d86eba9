import type { JsonSchema, Parameter } from "@/lib/contract/reference/openapi-types";
import { figure } from "@/lib/ui/figure";

/** A field as the reference lists it. */
export type FieldRow = {
  /** With dots and `[]` for what lies inside. */
  readonly name: string;
  /** In words: "whole number, 1 to 100". */
  readonly kind: string;
  /** The shape that is described on its own. */
  readonly shape?: string;
  readonly required: boolean;
  readonly words: string;
};

const AROUND = new Set(["success", "timestamp"]);

/** The fields of a body or an answer, those that lie inside others behind them. */
export function fieldRows(schema: JsonSchema, prefix = ""): FieldRow[] {
  const alternatives = [...(schema.oneOf ?? []), ...(schema.anyOf ?? []), ...(schema.allOf ?? [])];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (prefix === "" && AROUND.has(name)) return [];
    const path = `${prefix}${name}`;
    const required = schema.required?.includes(name) === true;
    return [rowOf(path, field, required), ...inner(path, field)];
  });
  const seen = new Set<string>();
  return [...own, ...alternatives.flatMap((one) => fieldRows(one, prefix))].filter(
    ({ name }) => !seen.has(name) && seen.add(name),
  );
}

/** The fields of a query or an address. */
export function parameterRows(parameters: readonly Parameter[]): FieldRow[] {
  return parameters.map(({ name, schema, required = false, description = "" }) =>
    rowOf(name, { ...schema, description }, required),
  );
}

function inner(path: string, field: JsonSchema): FieldRow[] {
  if (field.properties) return fieldRows(field, `${path}.`);
  return field.items?.properties ? fieldRows(field.items, `${path}[].`) : [];
}

function rowOf(name: string, field: JsonSchema, required: boolean): FieldRow {
  const shape = (field.$ref ?? field.items?.$ref)?.split("/").pop();
  return {
    name,
    kind: kindOf(field),
    ...(shape === undefined ? {} : { shape }),
    required,
    words: field.description ?? "",
  };
}

const TYPES: Record<string, string> = {
  integer: "whole number",
  number: "number",
  string: "text",
  boolean: "true or false",
  object: "object",
  array: "list",
  null: "null",
};

/** What a field may hold, in words. */
export function kindOf(field: JsonSchema): string {
  const types = [field.type ?? []].flat().map((type) => TYPES[type] ?? type);
  const base = (() => {
    if (field.const !== undefined) return JSON.stringify(field.const);
    if (field.enum) return field.enum.map((value) => JSON.stringify(value)).join(", ");
    if (field.format === "date-time") return types.includes("null") ? "time or null" : "time";
    if (field.$ref) return "object";
    if (field.anyOf?.every(({ format }) => format !== undefined)) return "day or time";
    if (field.items && types[0] === "list")
      return `list of ${plural(kindOf({ ...field.items, description: "" }))}`;
    return types.join(" or ") || "anything";
  })();
  return [base, ...boundsOf(field)].join(", ");
}

function boundsOf(field: JsonSchema): string[] {
  const { minimum, maximum, maxLength, maxItems } = field;
  return [
    ...(minimum === undefined
      ? []
      : [maximum === undefined ? `from ${figure(minimum)}` : `${figure(minimum)} to ${figure(maximum)}`]),
    ...(maxLength === undefined ? [] : [`up to ${figure(maxLength)} characters`]),
    ...(maxItems === undefined ? [] : [`up to ${figure(maxItems)}`]),
    ...(field.default === undefined ? [] : [`${JSON.stringify(field.default)} if left out`]),
  ];
}

const PLURALS: Record<string, string> = { object: "objects", text: "texts", "whole number": "whole numbers" };
const plural = (kind: string) => {
  const [base = "", ...rest] = kind.split(", ");
  return [PLURALS[base] ?? base, ...rest].join(", ");
};
