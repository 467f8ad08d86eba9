import { writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { compile, type JSONSchema } from "json-schema-to-typescript";
import { format, resolveConfig } from "prettier";
import { z } from "zod";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { CLIENT_KIT } from "./build-client-kit";

type Schema = z.core.JSONSchema.BaseSchema;

export const CONTRACT_FILE = path.join(CLIENT_KIT, "contract.ts");

const HEAD = [
  "// Printed from Penora's contract by `npm run sdk`; a test holds it to that.",
  "/** What each operation of the unified API takes and answers. */",
];

/** The calls that an app makes with its key and that answer JSON. In an order that no loader of modules changes. */
const CALLS = OPERATIONS.filter(
  ({ path, auth, reply }) =>
    path.startsWith("/api/unified/") && auth === "key" && (reply ?? "json") === "json",
).sort((a, b) => (a.id < b.id ? -1 : 1));

/** `contract.ts`: types without a dependency, and the table by which the client finds a door. */
export async function printContract(): Promise<string> {
  const contract = {
    type: "object",
    properties: Object.fromEntries(CALLS.map((operation) => [operation.id, callSchema(operation)])),
    required: CALLS.map(({ id }) => id),
    additionalProperties: false,
  } as JSONSchema; // zod's JSON schemas are of a later draft, which differs in nothing used here
  const types = await compile(contract, "Contract", {
    bannerComment: "",
    additionalProperties: false,
    ignoreMinAndMaxItems: true,
    style: { printWidth: 110 },
  });
  const doors = CALLS.map(
    ({ id, method, path, appField }) =>
      `  ${id}: [${[method, path, ...(appField ? [appField] : [])].map((part) => JSON.stringify(part)).join(", ")}],`,
  );
  const source = [
    ...HEAD,
    types.trim(),
    "",
    "/** Method, path, and the field that names the app. */",
    "export const DOORS: Record<keyof Contract, readonly [method: string, path: string, appField?: string]> = {",
    ...doors,
    "};",
    "",
  ].join("\n");
  return format(source, { ...(await resolveConfig(CONTRACT_FILE)), filepath: CONTRACT_FILE });
}

function callSchema({ params, query, body, response, appField }: Operation) {
  const asked = [params, loosely(query), body].flatMap((part) => (part === undefined ? [] : [inputOf(part)]));
  const required = asked.flatMap((part) => part.required ?? []).filter((name) => name !== appField);
  const answer = bare(z.toJSONSchema(response, { io: "output", unrepresentable: "any" }));
  const envelope = { success: { const: true }, timestamp: { type: "string" } };
  return {
    type: "object",
    required: ["input", "output"],
    additionalProperties: false,
    properties: {
      input: objectOf(
        Object.fromEntries(asked.flatMap((part) => Object.entries(part.properties ?? {}))),
        required,
      ),
      output: {
        ...answer,
        properties: { ...envelope, ...answer.properties },
        required: ["success", "timestamp", ...(answer.required ?? [])],
      },
    },
  };
}

function objectOf(properties: NonNullable<Schema["properties"]>, required: string[]) {
  if (Object.keys(properties).length === 0) return { tsType: "Record<string, never>" };
  return { type: "object", properties, required, additionalProperties: false };
}

function inputOf(fields: z.ZodType | Schema): Schema {
  return fields instanceof z.ZodType
    ? bare(z.toJSONSchema(fields, { io: "input", unrepresentable: "any" }))
    : fields;
}

/** A query is text on the way; the client writes numbers and truths as such. */
function loosely(query: z.ZodType | undefined): Schema | undefined {
  if (query === undefined) return undefined;
  const schema = inputOf(query);
  const loose = (field: Schema): Schema =>
    field.pattern?.startsWith("^\\d")
      ? { type: ["string", "number"] as never } // a list of types is right, though its type does not know it
      : field.enum?.includes("true")
        ? { anyOf: [field, { type: "boolean" }] }
        : field;
  const properties = Object.entries(schema.properties ?? {}) as [string, Schema][];
  return {
    ...schema,
    properties: Object.fromEntries(properties.map(([name, field]) => [name, loose(field)])),
  };
}

/** Without what a TypeScript type can't say: it would only make comments. */
function bare(schema: Schema): Schema {
  const { $schema: _draft, ...rest } = schema;
  return rest;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  writeFileSync(CONTRACT_FILE, await printContract());
