import { randomUUID } from "node:crypto";
import { expect, test } from "@playwright/test";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { ask, expectNotThere, expectRefusal, newWorld, shotOf } from "./ask";
import {
  badBodyValues,
  badQueryValues,
  NO_JSON_TYPES,
  NO_OBJECTS,
  requiredFields,
  STRANGE_PARAMS,
  TOO_LARGE,
} from "./bad-values";
import { without, withValues } from "./changed-example";
import { type Example, exampleOf, NOWHERE, type World } from "@/lib/contract/examples";
import { keyWithout, makeKey } from "./make-key";

const REFUSAL = "Invalid or missing API key. Include X-API-Key header or api_key parameter.";

const title = (operation: Operation) => `${operation.method} ${operation.path}`;

const names = (operation: Operation, field: string): boolean =>
  field in (operation.body?.shape ?? operation.query?.shape ?? {});

/** The code that stands for a person, or another person's project, that is not there. */
const missingCode = ({ errors }: Operation) =>
  (["user_not_found", "project_not_found", "transaction_not_found"] as const).find((code) =>
    errors.includes(code),
  );

for (const operation of OPERATIONS.filter(({ auth }) => auth === "key")) {
  test.describe(title(operation), () => {
    let world: World;
    let example: Example;
    let before: unknown;

    test.beforeEach(async ({ request }) => {
      world = await newWorld(request);
      example = exampleOf(operation.id, world);
      before = await shotOf(request, world);
    });

    const expectNothingChanged = async (request: Parameters<typeof shotOf>[0]) =>
      expect(await shotOf(request, world)).toEqual(before);

    test("answers its example in the declared shape, with the request's id", async ({ request }) => {
      const told = await ask(request, operation, example, { headers: { "X-Request-Id": "walk.1" } });
      expect(told.status, told.text).toBe(200);
      expect(told.headers["x-request-id"]).toBe("walk.1");
      if (operation.reply === "raw") return expect(told.json).toBeNull();
      const type = operation.reply === "events" ? "text/event-stream" : "application/json";
      expect(told.headers["content-type"]).toBe(`${type}; charset=utf-8`);
      const parsed = operation.response.safeParse(told.json);
      expect(parsed.error?.message).toBeUndefined();
      if (operation.reply !== "events") expect(told.json.success).toBe(true);
      if (operation.envelope === "unified") expect(told.json.timestamp).toMatch(/Z$/);
    });

    test("is 401 without a key and with a wrong one, and changes nothing", async ({ request }) => {
      for (const key of [null, `pen_walk_${randomUUID()}`]) {
        const told = await ask(request, operation, example, { key });
        expectRefusal(told, 401, "invalid_api_key", String(key));
        expect(told.json.error).toBe(REFUSAL);
      }
      await expectNothingChanged(request);
    });

    if (operation.scope !== undefined && operation.scope !== "any") {
      const { scope } = operation;
      test(`is 403 for a key without ${scope}, whatever it asks, and changes nothing`, async ({
        request,
      }) => {
        const { key } = await keyWithout(scope);
        for (const asked of [example, { ...example, ...(example.body ? { body: {} } : { query: {} }) }]) {
          const told = await ask(request, operation, asked, { key });
          expectRefusal(told, 403, "insufficient_scope");
          expect(told.json.error).toContain(scope);
        }
        await expectNothingChanged(request);
      });
    }

    if (operation.appField !== undefined) {
      test("is 403 for the key of another app, and changes nothing", async ({ request }) => {
        const { key, app } = await keyWithout("admin");
        const told = await ask(request, operation, example, { key });
        expectRefusal(told, 403, "app_mismatch");
        expect(told.json.error).toContain(app);
        expect(told.json.error).toContain("penora");
        await expectNothingChanged(request);
      });
    } else if (operation.errors.includes("app_mismatch")) {
      test("is 403 for another app's project, and changes nothing", async ({ request }) => {
        const { key } = await keyWithout("admin");
        expectRefusal(await ask(request, operation, example, { key }), 403, "app_mismatch");
        await expectNothingChanged(request);
      });
    }

    const missing = missingCode(operation);
    if (missing !== undefined && names(operation, "user_id")) {
      test(`is 404 ${missing} for somebody else, and changes nothing`, async ({ request }) => {
        const stranger = withValues(example, { user_id: `walk-${randomUUID()}` });
        expectRefusal(await ask(request, operation, stranger), 404, missing);
        await expectNothingChanged(request);
      });
    }

    test("names the field that is missing", async ({ request }) => {
      const fields = requiredFields(operation.body ?? operation.query);
      for (const field of fields) {
        const told = await ask(request, operation, without(example, field));
        expectRefusal(told, 400, "invalid_request", field);
        expect(told.json.error).toBe(`Missing required fields: ${field}`);
      }
      if (fields.length > 0) {
        const told = await ask(request, operation, {
          ...example,
          ...(operation.body ? { body: {} } : { query: {} }),
        });
        expect(told.json.error).toBe(`Missing required fields: ${fields.join(", ")}`);
      }
      await expectNothingChanged(request);
    });

    test("is 400 for every wrong value, names the field, and changes nothing", async ({ request }) => {
      const wrong = operation.body === undefined ? badQueryValues(operation) : badBodyValues(operation);
      for (const { field, why, value } of wrong) {
        const told = await ask(request, operation, withValues(example, { [field]: value }));
        expectRefusal(told, 400, "invalid_request", `${field}: ${why}`);
        expect(told.json.error).toContain(field);
        expect(told.json.details.field).toMatch(new RegExp(`^${field}\\b`));
      }
      await expectNothingChanged(request);
    });

    if (operation.body !== undefined) {
      test("refuses what is no JSON object, as the contract says, and changes nothing", async ({
        request,
      }) => {
        for (const raw of NO_OBJECTS) {
          expectRefusal(await ask(request, operation, example, { raw }), 400, "invalid_request", String(raw));
        }
        for (const type of NO_JSON_TYPES) {
          const told = await ask(request, operation, example, { headers: { "Content-Type": type } });
          expectRefusal(told, 415, "unsupported_media_type", type);
        }
        expectRefusal(await ask(request, operation, example, { raw: TOO_LARGE }), 413, "payload_too_large");
        await expectNothingChanged(request);
      });
    }

    if (operation.params !== undefined) {
      test("finds nothing behind a strange address, and changes nothing", async ({ request }) => {
        for (const [why, value] of STRANGE_PARAMS) {
          const params = Object.fromEntries(Object.keys(example.params ?? {}).map((name) => [name, value]));
          const told = await ask(request, operation, { ...example, params });
          expectNotThere(told, why);
        }
        await expectNothingChanged(request);
      });
    }

    if (operation.recorded === true) {
      test("gives one idempotency key one answer, and serves no other request with it", async ({
        request,
      }) => {
        const headers = { "Idempotency-Key": randomUUID() };
        const first = await ask(request, operation, example, { headers });
        const after = await shotOf(request, world);
        const again = await ask(request, operation, example, { headers });
        expect([first.status, again.status], again.text).toEqual([200, 200]);
        expect(again.json).toEqual(first.json);
        expect(first.headers["idempotent-replayed"]).toBeUndefined();
        expect(again.headers["idempotent-replayed"]).toBe("true");
        const otherExample = {
          ...withValues(example, example.otherwise ?? {}),
          params: { ...example.params, ...example.elsewhere },
        };
        const other = await ask(request, operation, otherExample, { headers });
        expectRefusal(other, 422, "idempotency_key_reused");
        const { key } = await keyWithout(
          operation.scope as Exclude<typeof operation.scope, "any" | undefined>,
        );
        expectRefusal(await ask(request, operation, example, { headers, key }), 403, "insufficient_scope");
        expect(await shotOf(request, world)).toEqual(after);
      });
    }

    test("answers other methods with 405 and what is allowed, HEAD as GET, OPTIONS without CORS", async ({
      request,
    }) => {
      const told = await ask(request, operation, { params: example.params ?? {} }, { method: "PUT" });
      expectRefusal(told, 405, "method_not_allowed");
      expect(told.headers.allow?.split(", ")).toContain(operation.method);
      const options = await ask(
        request,
        operation,
        { params: example.params ?? {} },
        {
          method: "OPTIONS",
          headers: { Origin: "https://evil.example" },
        },
      );
      expect(options.status).toBe(204);
      expect(Object.keys(options.headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
      if (operation.method === "GET") {
        const head = await ask(request, operation, example, { method: "HEAD" });
        expect([head.status, head.text]).toEqual([200, ""]);
      }
      await expectNothingChanged(request);
    });
  });
}

for (const operation of OPERATIONS.filter(({ auth }) => auth === "session")) {
  test.describe(title(operation), () => {
    const example = exampleOf(operation.id, NOWHERE);

    test("is 401 JSON without a session, never a redirect, also with the root key", async ({ request }) => {
      for (const how of [{ key: null }, {}]) {
        const told = await ask(request, operation, example, how);
        expectRefusal(told, 401, "not_signed_in");
        expect(told.json.login_url).toMatch(/^https?:\/\//);
      }
    });

    if (operation.method !== "GET") {
      test("is 403 from another site", async ({ request }) => {
        const headers = { Origin: "https://evil.example" };
        expectRefusal(await ask(request, operation, example, { key: null, headers }), 403, "cross_site");
      });
    }
  });
}

for (const operation of OPERATIONS.filter(({ auth }) => auth === "either")) {
  test.describe(title(operation), () => {
    let world: World;
    let example: Example;

    test.beforeEach(async ({ request }) => {
      world = await newWorld(request);
      example = exampleOf(operation.id, world);
    });

    test("answers a key in the declared shape, and names what a key must say", async ({ request }) => {
      const told = await ask(request, operation, example);
      expect(told.status, told.text).toBe(200);
      expect(operation.response.safeParse(told.json).error?.message).toBeUndefined();
      const nobody = await ask(request, operation, without(example, "user_id"));
      expectRefusal(nobody, 400, "invalid_request");
      expect(nobody.json.error).toBe("Missing required fields: user_id");
      for (const { field, why, value } of badQueryValues(operation)) {
        const wrong = await ask(request, operation, withValues(example, { [field]: value }));
        expectRefusal(wrong, 400, "invalid_request", `${field}: ${why}`);
      }
    });

    test("is 401 JSON for nobody, for a wrong key and for a bad token", async ({ request }) => {
      expectRefusal(await ask(request, operation, example, { key: null }), 401, "not_signed_in");
      const wrong = await ask(request, operation, example, { key: `pen_walk_${randomUUID()}` });
      expectRefusal(wrong, 401, "invalid_api_key");
      const headers = { Authorization: "Bearer eyJhbGciOiJub25lIn0.e30.x" };
      expectRefusal(await ask(request, operation, example, { key: null, headers }), 401, "not_signed_in");
    });

    test("is 403 for a key without its scope, and 404 for somebody else", async ({ request }) => {
      const { scope } = operation;
      if (scope === undefined || scope === "any") throw new Error(`${operation.id} asks keys for no scope.`);
      const { key } = await keyWithout(scope);
      expectRefusal(await ask(request, operation, example, { key }), 403, "insufficient_scope");
      const stranger = withValues(example, { user_id: `walk-${randomUUID()}` });
      expectRefusal(await ask(request, operation, stranger), 404, missingCode(operation) ?? "not_found");
    });
  });
}

for (const operation of OPERATIONS.filter(({ auth }) => auth === "open")) {
  const example = exampleOf(operation.id, NOWHERE);

  test.describe(title(operation), () => {
    if (operation.reply === "raw") {
      test("finds nothing behind a secret that is none", async ({ request }) => {
        expectRefusal(await ask(request, operation, example, { key: null }), 404, "not_found");
      });
    } else if (operation.method === "GET") {
      test("answers anybody in the declared shape", async ({ request }) => {
        const told = await ask(request, operation, example, { key: null });
        expect(told.status, told.text).toBe(200);
        expect(operation.response.safeParse(told.json).error?.message).toBeUndefined();
      });
    } else {
      test("is 403 from another site, and JSON for what is no JSON", async ({ request }) => {
        const headers = { Origin: "https://evil.example" };
        expectRefusal(await ask(request, operation, example, { key: null, headers }), 403, "cross_site");
        expectRefusal(
          await ask(request, operation, example, { key: null, raw: "[]" }),
          400,
          "invalid_request",
        );
      });
    }
  });
}

test("an address that no door is for is 404 JSON, whoever asks", async ({ request }) => {
  for (const path of [
    "/api/nothing",
    "/api/unified/nope",
    "/api/unified/deduct-credits/1",
    "/api/unified/%E0%A4%A",
  ]) {
    const nowhere = { method: "GET", path } as Operation;
    expectRefusal(await ask(request, nowhere, {}, { key: null }), 404, "not_found", path);
    expectRefusal(await ask(request, nowhere, {}, { method: "POST" }), 404, "not_found", path);
  }
});

test("a key is taken from every place that the contract names", async ({ request }) => {
  const { key, app } = await makeKey(["credits:read"]);
  const told = await Promise.all([
    request.get("/api/unified/me", { headers: { "X-API-Key": key } }),
    request.get("/api/unified/me", { headers: { Authorization: `Bearer ${key}` } }),
    request.get(`/api/unified/me?api_key=${key}`),
  ]);
  for (const reply of told) expect(await reply.json()).toMatchObject({ success: true, app });
});
