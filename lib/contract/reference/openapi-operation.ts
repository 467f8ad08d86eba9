import { z } from "zod";
import type { ZodOpenApiOperationObject } from "zod-openapi";
import { exampleOf, READER } from "../examples";
import { timestamp } from "../fields";
import type { Operation } from "../operation";
import { aboutOf, answerOf, AREAS, type EventAnswer, wireAnswerOf } from "./about";
import { errorsOf } from "./errors-of";
import { failureResponses } from "./openapi-failures";

const header = (name: string) => ({ $ref: `#/components/headers/${name}` });
const parameter = (name: string) => ({ $ref: `#/components/parameters/${name}` });

/** Prints an operation. What several of them share goes into `responses` once. */
export function printOperation(
  operation: Operation,
  responses: Record<string, object>,
): ZodOpenApiOperationObject {
  const { id, summary, params, query, body } = operation;
  const about = aboutOf(operation);
  const example = exampleOf(id, READER);
  return {
    operationId: id,
    summary,
    description: describe(operation),
    tags: [AREAS[about.area].title],
    security: securityOf(operation),
    ...(operation.scope === undefined ? {} : { "x-scope": operation.scope }),
    requestParams: { ...(params && { path: params }), ...(query && { query }) },
    parameters: headersOf(operation).map(parameter),
    ...(body && {
      requestBody: {
        required: Object.values(body.shape).some(
          (field) => !(field as z.ZodType).safeParse(undefined).success,
        ),
        content: { "application/json": { schema: body, example: example.body ?? {} } },
      },
    }),
    responses: {
      "200": success(operation),
      ...(tagged(operation)
        ? { "304": { description: "Nothing has changed.", headers: { ETag: header("ETag") } } }
        : {}),
      ...failureResponses(errorsOf(operation), responses),
    },
  };
}

const tagged = ({ etag, shared }: Operation) => etag !== undefined || shared === true;

function describe(operation: Operation): string {
  const { scope, aliases = [] } = operation;
  return [
    aboutOf(operation).text,
    ...(scope === undefined
      ? []
      : [scope === "any" ? "Any valid key will do." : `Needs the scope \`${scope}\`.`]),
    ...(operation.browserToken === undefined ? [] : ["A browser token will do too, for its own person."]),
    ...aliases.map((alias) => `The same at \`${alias}\`.`),
  ].join("\n\n");
}

function securityOf({ auth, scope, browserToken }: Operation): Record<string, string[]>[] {
  const scopes = scope === undefined || scope === "any" ? [] : [scope];
  const token: Record<string, string[]>[] = [{ browserToken: [] }, { browserTokenInQuery: [] }];
  const key: Record<string, string[]>[] = [
    { apiKey: scopes },
    { bearerKey: scopes },
    ...token.slice(0, browserToken === undefined ? 0 : browserToken === "query" ? 2 : 1),
  ];
  const session: Record<string, string[]>[] = [{ session: [] }];
  return { key, session, either: [...key, ...session], open: [] }[auth];
}

function headersOf(operation: Operation): string[] {
  return [
    "RequestId",
    ...(operation.recorded === true ? ["IdempotencyKey"] : []),
    ...(tagged(operation) ? ["IfNoneMatch"] : []),
  ];
}

function success(operation: Operation): NonNullable<ZodOpenApiOperationObject["responses"]>["200"] {
  const headers = {
    "X-Request-Id": header("RequestId"),
    ...(operation.recorded === true ? { "Idempotent-Replayed": header("IdempotentReplayed") } : {}),
    ...(tagged(operation) ? { ETag: header("ETag") } : {}),
  };
  if (operation.reply === "raw" || operation.reply === "events") {
    const { contentType, text } = wireAnswerOf(operation);
    // Of a stream the schema is that of each event's data.
    const media =
      operation.reply === "events"
        ? { schema: operation.response, example: (aboutOf(operation).answer as EventAnswer).data }
        : { schema: { type: "string" as const }, example: text };
    const content = { [contentType]: media };
    return { description: operation.summary, headers, content };
  }
  const content = {
    "application/json": { schema: wholeAnswer(operation), example: answerOf(operation) },
    ...(operation.formats?.includes("csv") === true
      ? { "text/csv": { schema: { type: "string" as const } } }
      : {}),
  };
  return { description: operation.summary, headers, content };
}

/** The answer with the envelope around it. */
function wholeAnswer({ envelope, response }: Operation): z.ZodType {
  if (envelope === "plain") return response;
  const around = { success: z.literal(true), timestamp };
  if (response instanceof z.ZodObject) {
    return z.object({ success: around.success, ...response.shape, timestamp: around.timestamp });
  }
  return z.intersection(z.object(around), response);
}
