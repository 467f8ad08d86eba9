import { ERRORS, type ErrorCode } from "@/lib/contract/errors";
import { openapiDocument } from "@/lib/contract/openapi";
import type { Operation } from "@/lib/contract/operation";
import { PUBLIC_OPERATIONS } from "@/lib/contract/public-operations";
import { aboutOf, type Area, AREAS, PUBLIC_IDS, wireAnswerOf } from "@/lib/contract/reference/about";
import { errorsOf } from "@/lib/contract/reference/errors-of";
import type { JsonSchema, Parameter, PrintedOperation } from "@/lib/contract/reference/openapi-types";
import { type FieldRow, fieldRows, parameterRows } from "./field-rows";

/** An operation as the reference tells it: what is declared, read from the OpenAPI document. */
export type ReferenceEntry = {
  readonly operation: Operation;
  readonly words: string;
  readonly inPath: readonly FieldRow[];
  readonly inQuery: readonly FieldRow[];
  readonly inBody: readonly FieldRow[];
  readonly inAnswer: readonly FieldRow[];
  readonly answer: string;
  readonly errors: readonly ErrorCode[];
};

const IN_ORDER = [...PUBLIC_OPERATIONS].sort((a, b) => placeOf(a) - placeOf(b));

/** The operations of each area, in the order in which they are told of. */
export function readReference(): { area: Area; title: string; text: string; operations: Operation[] }[] {
  return (Object.keys(AREAS) as Area[]).map((area) => ({
    area,
    ...AREAS[area],
    operations: IN_ORDER.filter((operation) => aboutOf(operation).area === area),
  }));
}

/** The operations that can answer with a code. */
export function operationsWith(code: ErrorCode): Operation[] {
  return IN_ORDER.filter((operation) => errorsOf(operation).includes(code));
}

/** Shapes that stand in several answers. */
export function readShapes(): { name: string; rows: FieldRow[] }[] {
  const codes = new Set(["Failure"]);
  return Object.entries(openapiDocument().components.schemas)
    .filter(([name, { allOf }]) => !codes.has(name) && allOf === undefined)
    .map(([name, schema]) => ({ name, rows: fieldRows(schema) }));
}

function placeOf({ id }: Operation): number {
  return PUBLIC_IDS.findIndex((one) => one === id);
}

/** All that is told of an operation. */
export function entryOf(operation: Operation): ReferenceEntry {
  const printed = printedOf(operation);
  const own = (printed.parameters ?? []).filter((one): one is Parameter => !("$ref" in one));
  return {
    operation,
    words: aboutOf(operation).text,
    inPath: parameterRows(own.filter((one) => one.in === "path")),
    inQuery: parameterRows(own.filter((one) => one.in === "query")),
    inBody: fieldRows(printed.requestBody?.content["application/json"]?.schema ?? {}),
    inAnswer: fieldRows(answerSchema(printed)),
    answer: wireAnswerOf(operation).text.trimEnd(),
    errors: errorsOf(operation).sort((a, b) => ERRORS[a].status - ERRORS[b].status),
  };
}

function printedOf({ path, method }: Operation): PrintedOperation {
  const printed = openapiDocument().paths[path]?.[method.toLowerCase()];
  if (printed === undefined) throw new Error(`${method} ${path} is not in the OpenAPI document.`);
  return printed;
}

function answerSchema({ responses }: PrintedOperation): JsonSchema {
  const reply = responses["200"];
  return (reply !== undefined && "content" in reply && Object.values(reply.content ?? {})[0]?.schema) || {};
}
