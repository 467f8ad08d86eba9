import { describe, expect, it } from "vitest";
import { openapiDocument } from "./openapi";
import { breakingChanges } from "./openapi-changes";
import type { JsonSchema, OpenApi, PrintedOperation } from "./reference/openapi-types";

const DEDUCT = "/api/unified/deduct-credits";
const USER_INFO = "/api/unified/user-info";

const operation = (document: OpenApi, path: string, method: string): PrintedOperation => {
  const found = document.paths[path]?.[method];
  if (found === undefined) throw new Error(`There is no ${method} ${path}.`);
  return found;
};
const body = (document: OpenApi): JsonSchema =>
  operation(document, DEDUCT, "post").requestBody!.content["application/json"]!.schema;
const answer = (document: OpenApi): JsonSchema => {
  const reply = operation(document, DEDUCT, "post").responses["200"];
  if (reply === undefined || "$ref" in reply) throw new Error("The answer stands elsewhere.");
  return reply.content!["application/json"]!.schema;
};

/** What breaks where the document of today is changed so. */
function after(change: (document: OpenApi) => void): string[] {
  const newer = structuredClone(openapiDocument());
  change(newer);
  return breakingChanges(openapiDocument(), newer);
}

describe("a change of the API breaks programs where", () => {
  it.each<[string, (document: OpenApi) => void, string]>([
    ["an operation goes", (d) => delete d.paths[DEDUCT], `POST ${DEDUCT} is gone.`],
    ["a method goes", (d) => delete d.paths[DEDUCT]!.post, `POST ${DEDUCT} is gone.`],
    [
      "an operation gets another id",
      (d) => (operation(d, DEDUCT, "post").operationId = "spend"),
      `POST ${DEDUCT} has another id: spend, before deductCredits.`,
    ],
    [
      "an operation wants another scope",
      (d) => (operation(d, DEDUCT, "post")["x-scope"] = "admin"),
      `POST ${DEDUCT} needs another scope: admin, before credits:deduct.`,
    ],
    [
      "a way to show who one is goes",
      (d) => operation(d, DEDUCT, "post").security.pop(),
      `POST ${DEDUCT} can't be asked with bearerKey any more.`,
    ],
    [
      "what was open wants a key",
      (d) => operation(d, "/api/health", "get").security.push({ apiKey: [] }),
      "GET /api/health was open and now wants a key or a session.",
    ],
    [
      "a field of the question goes",
      (d) => delete body(d).properties!.action,
      `POST ${DEDUCT} has no field action any more.`,
    ],
    [
      "a field of the question becomes required",
      (d) => body(d).required!.push("action"),
      `POST ${DEDUCT} now requires the field action.`,
    ],
    [
      "a new field is required",
      (d) => {
        body(d).properties!.colour = { type: "string" };
        body(d).required!.push("colour");
      },
      `POST ${DEDUCT} now requires the field colour.`,
    ],
    [
      "a field of the question gets another type",
      (d) => (body(d).properties!.amount = { type: "string" }),
      `POST ${DEDUCT} amount has another type: string, before integer.`,
    ],
    [
      "a bound is drawn tighter",
      (d) => (body(d).properties!.amount!.maximum = 10),
      `POST ${DEDUCT} amount is bound more tightly: maximum 10, before 1000000.`,
    ],
    [
      "a value is no longer known",
      (d) => {
        const add = operation(d, "/api/unified/add-credits", "post").requestBody!.content["application/json"]!
          .schema;
        add.properties!.direction!.enum = ["credit"];
      },
      'POST /api/unified/add-credits direction no longer knows "debit".',
    ],
    [
      "a parameter goes",
      (d) => {
        const list = operation(d, "/api/unified/transactions", "get");
        list.parameters = list.parameters!.filter((one) => "$ref" in one || one.name !== "cursor");
      },
      "GET /api/unified/transactions no longer takes query cursor.",
    ],
    [
      "a parameter becomes required",
      (d) => {
        for (const one of operation(d, "/api/unified/transactions", "get").parameters!) {
          if (!("$ref" in one) && one.name === "app") one.required = true;
        }
      },
      "GET /api/unified/transactions now requires query app.",
    ],
    [
      "a shared header is no longer taken",
      (d) => (d.components.parameters.IdempotencyKey!.name = "Request-Key"),
      `POST ${DEDUCT} no longer takes header Idempotency-Key.`,
    ],
    [
      "a field of the answer goes",
      (d) => delete answer(d).properties!.new_balance,
      `POST ${DEDUCT} has no field new_balance any more.`,
    ],
    [
      "a field of the answer may be missing",
      (d) => (answer(d).required = answer(d).required!.filter((name) => name !== "new_balance")),
      `POST ${DEDUCT} may now leave out the field new_balance.`,
    ],
    [
      "a field of the answer may be null",
      (d) => (answer(d).properties!.transaction_id!.type = ["string", "null"]),
      `POST ${DEDUCT} transaction_id has another type: string or null, before string.`,
    ],
    [
      "a field deep in a shared shape goes",
      (d) => delete d.components.schemas.Storage!.properties!.used_mb,
      `GET ${USER_INFO} has no field storage.used_mb any more.`,
    ],
    [
      "a code of a failure is no longer known",
      (d) => {
        const code = d.components.schemas.Failure!.properties!.code!;
        code.enum = code.enum!.filter((one) => one !== "hold_expired");
      },
      'The failure Failure code no longer knows "hold_expired".',
    ],
    [
      "a fact of a failure goes",
      (d) => delete d.components.schemas.InsufficientCredits!.allOf![1]!.properties!.shortfall,
      "The failure InsufficientCredits has no field shortfall any more.",
    ],
  ])("%s", (_what, change, sentence) => {
    expect(after(change)).toContain(sentence);
  });
});

describe("a change of the API breaks nobody where", () => {
  it.each<[string, (document: OpenApi) => void]>([
    ["nothing changes", () => {}],
    [
      "an operation is new",
      (d) => (d.paths["/api/unified/new"] = { get: structuredClone(operation(d, USER_INFO, "get")) }),
    ],
    ["a field that may be left out is new", (d) => (body(d).properties!.colour = { type: "string" })],
    ["a required field may be left out", (d) => (body(d).required = [])],
    ["a bound is drawn wider", (d) => (body(d).properties!.amount!.maximum = 2_000_000)],
    ["a question may also be null", (d) => (body(d).properties!.action!.type = ["string", "null"])],
    ["a field of the answer is new", (d) => (answer(d).properties!.mood = { type: "string" })],
    ["words change", (d) => (operation(d, DEDUCT, "post").description = "Otherwise said.")],
    [
      "a code of a failure is new",
      (d) => d.components.schemas.Failure!.properties!.code!.enum!.push("too_early"),
    ],
  ])("%s", (_what, change) => {
    expect(after(change)).toEqual([]);
  });
});
