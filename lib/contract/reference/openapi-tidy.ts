import { exampleOf, READER } from "../examples";
import { wordsOf } from "./field-words";
import type { JsonSchema, OpenApi, Parameter, PrintedOperation } from "./openapi-types";

/** Gives every field its words, and takes away what only zod needs. Changes and answers the document. */
export function tidy(document: OpenApi): OpenApi {
  for (const [name, schema] of Object.entries(document.components.schemas)) tidySchema(schema, name);
  for (const item of Object.values(document.paths)) {
    for (const operation of Object.values(item)) tidyOperation(operation);
  }
  leaveOutUnused(document);
  return document;
}

/** What no operation leads to is no part of the API. */
function leaveOutUnused({ paths, components }: OpenApi): void {
  const used = new Set<string>();
  const look = (part: unknown): void => {
    for (const [, kind = "", name = ""] of JSON.stringify(part).matchAll(
      /"#\/components\/(\w+)\/([\w-]+)"/g,
    )) {
      if (used.has(`${kind}/${name}`)) continue;
      used.add(`${kind}/${name}`);
      look(components[kind]?.[name]);
    }
  };
  look(paths);
  const schemes = Object.values(paths).flatMap((item) =>
    Object.values(item).flatMap(({ security }) => security),
  );
  for (const scheme of schemes.flatMap(Object.keys)) used.add(`securitySchemes/${scheme}`);
  for (const [kind, named] of Object.entries(components)) {
    for (const name of Object.keys(named)) if (!used.has(`${kind}/${name}`)) delete named[name];
  }
}

function tidyOperation(operation: PrintedOperation): void {
  const { operationId: id, parameters = [], requestBody, responses } = operation;
  const { params = {}, query = {} } = exampleOf(id, READER);
  for (const parameter of parameters) {
    if ("$ref" in parameter) continue;
    parameter.schema = tidied(parameter.schema, id);
    describeParameter(parameter, { ...params, ...query }[parameter.name], id);
  }
  for (const part of [requestBody, ...Object.values(responses)]) {
    if (part === undefined || "$ref" in part) continue;
    for (const media of Object.values(part.content ?? {})) tidySchema(media.schema, id);
  }
}

function describeParameter(parameter: Parameter, example: string | undefined, id: string): void {
  const words = wordsOf(parameter.name, id);
  if (words !== undefined) parameter.description = words;
  if (example === undefined) return;
  const { type } = parameter.schema;
  parameter.example = type === "integer" || type === "boolean" ? (JSON.parse(example) as unknown) : example;
}

/** `owner` is the component or the operation that the fields stand in: some words mean something else there. */
function tidySchema(schema: JsonSchema, owner: string): void {
  delete schema.propertyNames;
  if (schema.format === "date-time") delete schema.pattern;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const made = tidied(field, owner);
    const words = wordsOf(name, owner);
    if (schema.properties) schema.properties[name] = words === undefined ? made : described(made, words);
  }
  if (schema.items) schema.items = tidied(schema.items, owner);
  for (const many of [schema.anyOf, schema.oneOf, schema.allOf]) {
    many?.forEach((one) => tidySchema(one, owner));
  }
}

function described(schema: JsonSchema, words: string): JsonSchema {
  return { description: words, ...schema };
}

/** A schema and null, as one: `type: [string, null]`. */
function tidied(schema: JsonSchema, owner: string): JsonSchema {
  tidySchema(schema, owner);
  const { anyOf, ...rest } = schema;
  const [one, other] = anyOf ?? [];
  if (anyOf?.length !== 2 || other?.type !== "null" || typeof one?.type !== "string" || one.enum)
    return schema;
  return { ...rest, ...one, type: [one.type, "null"] };
}
