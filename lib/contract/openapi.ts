import { createDocument, type ZodOpenApiObject } from "zod-openapi";
import { transactionShape } from "./credits";
import { KEY_RATE_LIMIT } from "./limits";
import type { Operation } from "./operation";
import { PUBLIC_OPERATIONS } from "./public-operations";
import { AREAS } from "./reference/about";
import { failureSchemas } from "./reference/openapi-failures";
import { printOperation } from "./reference/openapi-operation";
import { tidy } from "./reference/openapi-tidy";
import type { OpenApi } from "./reference/openapi-types";
import { storageShape } from "./storage";
import { projectShape } from "./workspace";

/** The version of the API: its first number rises when something that was promised is taken back. */
const API_VERSION = "1.0.0";

/** Shapes that stand in several answers. */
const SHARED_SHAPES = { Project: projectShape, Storage: storageShape, Transaction: transactionShape };

const HEADERS = {
  RequestId: {
    description: "The id of this request, for questions about it. Yours, where you sent one.",
    schema: { type: "string" },
  },
  IdempotentReplayed: {
    description: "`true` where this is the answer that the same `Idempotency-Key` was given before.",
    schema: { type: "string", enum: ["true"] },
  },
  RetryAfter: {
    description: "After so many seconds it makes sense to ask again.",
    schema: { type: "integer", minimum: 1 },
  },
  ETag: { description: "Stands for this state; see `If-None-Match`.", schema: { type: "string" } },
} as const;

const PARAMETERS = {
  RequestId: {
    name: "X-Request-Id",
    in: "header",
    description:
      "An id of your own for this request: 1 to 64 of `A–Z a–z 0–9 . _ -`. Anything else is replaced.",
    schema: { type: "string", pattern: "^[A-Za-z0-9._-]{1,64}$" },
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    description:
      "1 to 255 characters, a new one for each thing that you want done. For 72 hours the same key with the same request gives the first answer again and does nothing twice.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
    example: "order-2041",
  },
  IfNoneMatch: {
    name: "If-None-Match",
    in: "header",
    description: "The `ETag` that you have. If it still holds, the answer is an empty 304.",
    schema: { type: "string" },
  },
} as const;

const SECURITY_SCHEMES = {
  apiKey: { type: "apiKey", in: "header", name: "X-API-Key", description: "The key of your app." },
  bearerKey: { type: "http", scheme: "bearer", description: "The same key as a Bearer token." },
  browserToken: {
    type: "http",
    scheme: "bearer",
    description: "A token of `POST /api/unified/browser-tokens`, for one person's page.",
  },
  browserTokenInQuery: {
    type: "apiKey",
    in: "query",
    name: "token",
    description: "The same for what can send no header, as an `EventSource`.",
  },
  session: {
    type: "apiKey",
    in: "cookie",
    name: "__Host-penora",
    description: "The session of a signed-in person, in pages of Penora only.",
  },
} as const;

const INTRODUCTION = `One purse of credits and one workspace for every app of the family. The guide and the rules that hold for every call are at [/docs](/docs).

Success is 200 with \`success: true\`; a failure has \`success: false\`, a sentence in \`error\` and a word for programs in \`code\`. Fields that a request has too many are ignored; new fields may come in answers, and new codes, so ignore what you do not know.

A key may ask ${KEY_RATE_LIMIT.requests_per_second.toLocaleString("en")} times a second, with bursts of ${KEY_RATE_LIMIT.burst.toLocaleString("en")}; past that the answer is 429 with \`Retry-After\`.`;

let printed: OpenApi | undefined;

/** The OpenAPI 3.1 document of everything that other programs may rely on, printed from what validates it. */
export function openapiDocument(): OpenApi {
  return (printed ??= print(PUBLIC_OPERATIONS));
}

function print(operations: readonly Operation[]): OpenApi {
  const responses: Record<string, object> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const item = (paths[operation.path] ??= {});
    item[operation.method.toLowerCase()] = printOperation(operation, responses);
  }
  const document = {
    openapi: "3.1.0",
    info: {
      title: "Penora",
      version: API_VERSION,
      description: INTRODUCTION,
      license: { name: "Proprietary", identifier: "LicenseRef-Penora" },
    },
    servers: [{ url: "/" }],
    tags: Object.values(AREAS).map(({ title, text }) => ({ name: title, description: text })),
    paths,
    components: {
      schemas: { ...SHARED_SHAPES, ...failureSchemas() },
      responses,
      headers: HEADERS,
      parameters: PARAMETERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
  // Its type wants each constant of ours as mutable; what it makes of them is tried by the linter of OpenAPI.
  const made = createDocument(document as unknown as ZodOpenApiObject, { override: openUp });
  return tidy(JSON.parse(JSON.stringify(made)) as OpenApi);
}

/**
 * Fields that one side does not know are ignored by it: new ones may come at any time, so nothing is said against them.
 * And zod leaves a default out where the field is transformed; whoever asks wants to know it all the same.
 */
function openUp({ zodSchema, jsonSchema }: Printing): void {
  const { def } = zodSchema._zod;
  if (def.type === "default") jsonSchema.default ??= def.defaultValue;
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
}

/** What zod is printing, as far as we look at it. */
interface Printing {
  readonly zodSchema: {
    readonly _zod: { readonly def: { readonly type: string; readonly defaultValue?: unknown } };
  };
  readonly jsonSchema: { default?: unknown; additionalProperties?: unknown };
}
