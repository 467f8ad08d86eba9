import { type APIRequestContext, expect, test } from "@playwright/test";
import { PAGE_USER_HEADER } from "@/lib/contract/headers";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { linkFor, newPerson } from "../journeys/hub";
import { ask, expectNotThere, expectRefusal, type Told } from "./ask";
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
import { type Example, exampleOf, type World } from "@/lib/contract/examples";
import { FROM_OUR_PAGE, sessionShotOf, signInWorld, type StoryWanted } from "./session-world";

/** What pages ask: the doors that a session opens, and the open ones that take a body. */
const bySession = ({ auth }: Operation) => auth === "session" || auth === "either";
const WALKED = OPERATIONS.filter(
  (operation) => bySession(operation) || (operation.auth === "open" && operation.body !== undefined),
);

function storyFor({ path }: Operation): StoryWanted {
  if (path.includes("{chapter}")) return "written";
  return path.startsWith("/api/me/stories/") ? "planned" : "none";
}

type More = { readonly headers?: Record<string, string>; readonly raw?: string | Buffer };

for (const operation of WALKED) {
  test.describe(`signed in: ${operation.method} ${operation.path}`, () => {
    let world: World;
    let example: Example;
    let before: unknown;

    test.beforeEach(async ({ request }) => {
      world = await signInWorld(request, storyFor(operation));
      example = exampleOf(operation.id, world);
      before = await sessionShotOf(request, world);
    });

    const askAsPage = (request: APIRequestContext, asked: Example, { headers, ...more }: More = {}) =>
      ask(request, operation, asked, { key: null, headers: { ...FROM_OUR_PAGE, ...headers }, ...more });

    /** Neither the person's things, nor who is signed in. */
    const expectNothingChanged = async (request: APIRequestContext) =>
      expect(await sessionShotOf(request, world)).toEqual(before);

    const expectWrong = (told: Told, field: string, where: string) => {
      expectRefusal(told, 400, "invalid_request", where);
      expect(told.json.error, where).toContain(field);
      expect(told.headers["set-cookie"], where).toBeUndefined();
    };

    if (bySession(operation) && operation.reply !== "raw") {
      test("answers its example in the declared shape", async ({ request }) => {
        if (["restoreMyProject", "removeMyProject"].includes(operation.id)) {
          const gone = await request.delete(`/api/me/projects/${world.project}`, { headers: FROM_OUR_PAGE });
          expect(gone.status()).toBe(200);
        }
        const told = await askAsPage(request, example);
        expect(told.status, told.text).toBe(200);
        expect(operation.response.safeParse(told.json).error?.message).toBeUndefined();
        if (operation.reply !== "events") expect(told.json.success).toBe(true);
      });
    }

    const wrong = operation.body === undefined ? badQueryValues(operation) : badBodyValues(operation);
    if (wrong.length > 0) {
      test("names the field that is missing or wrong, whatever is wrong with it, and changes nothing", async ({
        request,
      }) => {
        for (const field of requiredFields(operation.body ?? operation.query)) {
          const told = await askAsPage(request, without(example, field));
          expectWrong(told, field, `without ${field}`);
          expect(told.json.error).toBe(`Missing required fields: ${field}`);
        }
        for (const { field, why, value } of wrong) {
          const told = await askAsPage(request, withValues(example, { [field]: value }));
          expectWrong(told, field, `${field}: ${why}`);
          expect(told.json.details.field, `${field}: ${why}`).toMatch(new RegExp(`^${field}\\b`));
        }
        await expectNothingChanged(request);
      });
    }

    if (operation.body !== undefined) {
      test("refuses what is no JSON object and what is too large, and changes nothing", async ({
        request,
      }) => {
        for (const raw of NO_OBJECTS) {
          expectRefusal(await askAsPage(request, example, { raw }), 400, "invalid_request", String(raw));
        }
        expectRefusal(await askAsPage(request, example, { raw: TOO_LARGE }), 413, "payload_too_large");
        await expectNothingChanged(request);
      });
    }

    if (operation.method !== "GET") {
      test("is 403 cross_site for what a page of ours does not send, and changes nothing", async ({
        request,
      }) => {
        for (const type of NO_JSON_TYPES) {
          const told = await askAsPage(request, example, { headers: { "Content-Type": type } });
          expectRefusal(told, 403, "cross_site", type);
        }
        const elsewhere: Record<string, string>[] = [
          { "Sec-Fetch-Site": "cross-site" },
          { "Sec-Fetch-Site": "same-site", Origin: "http://evil.localhost" },
          { "Sec-Fetch-Site": "cross-site", Origin: "null" },
          { "Sec-Fetch-Site": "none" },
        ];
        for (const headers of elsewhere) {
          const told = await askAsPage(request, example, { headers });
          expectRefusal(told, 403, "cross_site", JSON.stringify(headers));
        }
        await expectNothingChanged(request);
      });
    }

    if (bySession(operation) || operation.id === "endSession") {
      test("is 409 for the page of somebody else, and changes nothing", async ({ request }) => {
        for (const owner of ["somebody-else", "%E0%A4%A", "%00", `${world.user}x`]) {
          const told = await askAsPage(request, example, { headers: { [PAGE_USER_HEADER]: owner } });
          expectRefusal(told, 409, "session_changed", owner);
          expect(told.json.user_id).toBe(world.user);
        }
        await expectNothingChanged(request);
      });
    }

    if (operation.params !== undefined) {
      test("finds nothing behind a strange address, and changes nothing", async ({ request }) => {
        const [name = ""] = Object.keys(operation.params?.shape ?? {});
        for (const [why, value] of STRANGE_PARAMS) {
          expectNotThere(
            await askAsPage(request, { ...example, params: { ...example.params, [name]: value } }),
            why,
          );
        }
        await expectNothingChanged(request);
      });
    }

    if (operation.recorded === true) {
      test("refuses an idempotency key that is none, and changes nothing", async ({ request }) => {
        for (const key of ["", "x".repeat(256)]) {
          const told = await askAsPage(request, example, { headers: { "Idempotency-Key": key } });
          expectRefusal(told, 400, "invalid_request", `a key of ${key.length}`);
        }
        await expectNothingChanged(request);
      });
    }
  });
}

const operationOf = (id: string): Operation => {
  const found = OPERATIONS.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`There is no operation ${id}.`);
  return found;
};

test("a token that is no good leaves whoever is signed in as they are", async ({ request }) => {
  const world = await signInWorld(request);
  const before = await sessionShotOf(request, world);
  for (const [id, field] of [
    ["startSession", "auth_token"],
    ["crossAppAuth", "jwt_token"],
  ] as const) {
    for (const token of ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", `eyJ${"x".repeat(16_000)}`, "😀"]) {
      const how = { key: null, headers: FROM_OUR_PAGE };
      const told = await ask(request, operationOf(id), { body: { [field]: token } }, how);
      expectRefusal(told, 401, "not_signed_in", token.slice(0, 40));
      expect(told.headers["set-cookie"]).toBeUndefined();
    }
  }
  expect(await sessionShotOf(request, world)).toEqual(before);
});

test("the older neighbours sign a person in and tell them what they have", async ({ request }) => {
  const person = newPerson({ credits: 33 });
  const jwt_token = new URL(await linkFor(request, person)).searchParams.get("auth_token");
  const headers = FROM_OUR_PAGE;
  const told = await ask(
    request,
    operationOf("crossAppAuth"),
    { body: { jwt_token } },
    { key: null, headers },
  );
  expect(told.status, told.text).toBe(200);
  expect(operationOf("crossAppAuth").response.safeParse(told.json).error?.message).toBeUndefined();
  const read = await ask(request, operationOf("readCredits"), {}, { key: null });
  expect(read.json).toEqual({ success: true, credits: 33, low_balance: false, user_id: person.user_id });
  const projects = await ask(request, operationOf("listProjectsOlder"), {}, { key: null });
  expect(projects.json).toMatchObject({ projects: [], user_info: { user_id: person.user_id } });
});

test("wishes of a text are brought to one line, and a long prompt is cut, never refused", async ({
  request,
}) => {
  await signInWorld(request);
  const body = {
    prompt: "word ".repeat(4_000),
    pages: 1,
    model: "fast",
    language: "Ger\tman\n",
    tone: `dry \u0007${"x".repeat(500)}`,
    audience: "\u200b",
  };
  const headers = FROM_OUR_PAGE;
  for (const broken of ["Ger\0man", "Ger\ud800man"]) {
    const asked = { body: { ...body, language: broken } };
    const refused = await ask(request, operationOf("startGeneration"), asked, { key: null, headers });
    expectRefusal(refused, 400, "invalid_request", JSON.stringify(broken));
    expect(refused.json.error).toContain("language");
  }
  const started = await ask(request, operationOf("startGeneration"), { body }, { key: null, headers });
  expect(started.status, started.text).toBe(200);
  const told = await ask(
    request,
    operationOf("getGeneration"),
    { params: { id: started.json.generation_id } },
    { key: null, headers },
  );
  expect(told.json.generation).toMatchObject({
    prompt: body.prompt.slice(0, 8_000).trim(),
    language: "Ger man",
    tone: `dry ${"x".repeat(76)}`,
    audience: null,
  });
});
