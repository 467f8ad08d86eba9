import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type APIRequestContext, expect, test } from "@playwright/test";
import { READER, type World } from "@/lib/contract/examples";
import { openapiDocument } from "@/lib/contract/openapi";
import type { Operation } from "@/lib/contract/operation";
import { PUBLIC_OPERATIONS } from "@/lib/contract/public-operations";
import { aboutOf, answerOf, AREAS } from "@/lib/contract/reference/about";
import { linkFor, newPerson } from "../journeys/hub";
import { newWorld, post } from "./ask";
import { keyWithout, makeKey, rootKey } from "./make-key";
import { signInWorld } from "./session-world";
import { differencesInShape } from "./shape";
import { firstOfCurl, firstOfTypeScript } from "./try-stream";
import {
  type Environment,
  inWorld,
  programsOf,
  runTypeScript,
  type Tried,
  tryCurl,
  tryTypeScript,
} from "./try-example";

const LANGUAGES = ["curl", "typescript"] as const;
type Language = (typeof LANGUAGES)[number];

/** The page that tells of an operation. */
const pageOf = (operation: Operation) => `/docs/${aboutOf(operation).area}`;

async function programs(request: APIRequestContext, page: string): Promise<Map<string, string>> {
  const reply = await request.get(page);
  expect(reply.status()).toBe(200);
  return programsOf(await reply.text());
}

async function programOf(request: APIRequestContext, page: string, name: string): Promise<string> {
  const program = (await programs(request, page)).get(name);
  if (program === undefined) throw new Error(`${page} has no example ${name}.`);
  return program;
}

const tried = (language: Language, program: string, environment: Environment): Promise<Tried> =>
  language === "curl" ? tryCurl(program, environment) : tryTypeScript(program, environment);

/** A world in which whoever the operation is for may ask it, and their key or session. */
async function newReader(
  request: APIRequestContext,
  { auth, scope }: Operation,
): Promise<{ world: World; environment: Environment }> {
  if (auth === "open") {
    const link = new URL(await linkFor(request, newPerson()));
    const hubToken = link.searchParams.get("auth_token") ?? "";
    return { world: { ...READER, hubToken }, environment: { PENORA_API_KEY: "", PENORA_SESSION: "" } };
  }
  if (auth === "session") {
    const world = await signInWorld(request);
    const { cookies } = await request.storageState();
    const PENORA_SESSION = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    return { world, environment: { PENORA_API_KEY: "", PENORA_SESSION } };
  }
  const { key, app } = await keyWithout("admin");
  const PENORA_API_KEY = scope === "admin" ? rootKey() : key;
  return { world: await newWorld(request, app), environment: { PENORA_API_KEY, PENORA_SESSION: "" } };
}

for (const operation of PUBLIC_OPERATIONS) {
  for (const language of LANGUAGES) {
    test(`${pageOf(operation)}: the example of ${operation.id} in ${language} is answered as the page says`, async ({
      request,
    }) => {
      const { world, environment } = await newReader(request, operation);
      const program = inWorld(
        await programOf(request, pageOf(operation), `${operation.id} ${language}`),
        world,
      );
      if (operation.reply === "events") return expectEvents(operation, language, program, environment);
      const told = await tried(language, program, environment);
      expect(told.status, `${program}\n${told.text}`).toBe(200);
      if (operation.reply === "raw") return expect(told.text).not.toBe("");
      const answer = JSON.parse(told.text) as unknown;
      expect(operation.response.safeParse(answer).error?.message, told.text).toBeUndefined();
      expect(differencesInShape(answerOf(operation), answer, operation), told.text).toEqual([]);
    });
  }
}

async function expectEvents(
  operation: Operation,
  language: Language,
  program: string,
  environment: Environment,
) {
  const first = language === "curl" ? firstOfCurl : firstOfTypeScript;
  const printed = await first(program, environment);
  const data = /^data: (.*)$/m.exec(printed)?.[1] ?? "null";
  expect(printed).toMatch(/^id: \d+$/m);
  expect(operation.response.safeParse(JSON.parse(data)).error?.message, printed).toBeUndefined();
}

for (const language of LANGUAGES) {
  test(`/docs/guide: its steps lead from a key to a saved and paid project, in ${language}`, async ({
    request,
  }) => {
    const { key: PENORA_API_KEY, app } = await keyWithout("admin");
    const environment = { PENORA_API_KEY, PENORA_SESSION: "" };
    let world: World = { ...READER, app, fresh: randomUUID(), newcomer: `walk-${randomUUID()}` };
    const steps = [...(await programs(request, "/docs/guide"))].filter(
      ([name]) => name.endsWith(` ${language}`) && !/^guide-(whole|get-client|client) /.test(name),
    );
    expect(steps.length).toBeGreaterThan(4);
    for (const [name, program] of steps) {
      // The last step is for work that failed: another hold, which was not captured.
      if (name.startsWith("guide-release")) {
        const body = { user_id: world.newcomer, amount: 3, app_name: app };
        world = { ...world, hold: String((await post(request, "/api/unified/holds", body)).hold_id) };
      }
      const told = await tried(language, inWorld(program, world), environment);
      expect(told.status, `${name}: ${told.text}`).toBe(200);
      const answer = JSON.parse(told.text) as { hold_id?: string };
      if (answer.hold_id !== undefined) world = { ...world, hold: answer.hold_id };
    }
    const headers = { "X-API-Key": PENORA_API_KEY };
    const info = await request.get(`/api/unified/user-info?user_id=${world.newcomer}`, { headers });
    expect(await info.json()).toMatchObject({ credits: 55, held_credits: 0, storage: { total_projects: 1 } });
  });
}

test("/docs/guide: the whole program charges for a picture that is kept", async ({ request }) => {
  const { key: PENORA_API_KEY, app } = await keyWithout("admin");
  const world = await newWorld(request, app);
  const program = inWorld(await programOf(request, "/docs/guide", "guide-whole typescript"), {
    ...world,
    newcomer: world.user,
  });
  const printed = await runTypeScript(program, { PENORA_API_KEY, PENORA_SESSION: "" });
  expect(printed).toMatch(/^Drawing: A lighthouse in rain\nIMG_[A-Z0-9]{6} for 8 credits\n$/);
});

test("/docs/guide: the client is fetched, and its program charges for a text that is kept", async ({
  request,
}) => {
  const { key: PENORA_API_KEY, app } = await keyWithout("admin");
  const environment = { PENORA_API_KEY, PENORA_SESSION: "" };
  const world = await newWorld(request, app);
  const folder = mkdtempSync(path.join(tmpdir(), "penora-guide-"));
  try {
    const command = await programOf(request, "/docs/guide", "guide-get-client curl");
    const [file = "", types = ""] = [...command.matchAll(/-O '([^']+)'/g)].map(([, url = ""]) => url);
    expect((await request.get(types)).status()).toBe(200);
    writeFileSync(path.join(folder, "penora.mjs"), await (await request.get(file)).text());
    const program = await programOf(request, "/docs/guide", "guide-client typescript");
    const printed = await runTypeScript(
      inWorld(program, { ...world, newcomer: world.user }),
      environment,
      folder,
    );
    expect(printed).toMatch(/^[A-Z0-9]{6} for 8 credits\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the key that the guide asks the operator for may do every step of it", async ({ request }) => {
  const reply = await request.get("/docs/guide");
  const command = /npm run keys -- create --app imagegene --scopes ([\w:,]+)/.exec(await reply.text());
  const { key } = await makeKey((command?.[1] ?? "").split(",") as Parameters<typeof makeKey>[0]);
  const me = await request.get("/api/unified/me", { headers: { "X-API-Key": key } });
  const needed = ["createUser", "holdCredits", "extendHold", "saveProject", "releaseHold"].map(
    (id) => PUBLIC_OPERATIONS.find((operation) => operation.id === id)?.scope,
  );
  expect(((await me.json()) as { scopes: string[] }).scopes).toEqual(expect.arrayContaining(needed));
});

test("no example stands on a page without being tried here", async ({ request }) => {
  const on = async (pages: string[]) =>
    (await Promise.all(pages.map((page) => programs(request, page)))).flatMap((page) => [...page.keys()]);
  const each = PUBLIC_OPERATIONS.flatMap(({ id }) => LANGUAGES.map((language) => `${id} ${language}`));
  expect((await on(Object.keys(AREAS).map((area) => `/docs/${area}`))).sort()).toEqual(each.sort());
  const guide = await on(["/docs/guide"]);
  expect(guide.filter((name) => !/^guide-[a-z-]+ (curl|typescript)$/.test(name))).toEqual([]);
  expect(await on(["/docs", "/docs/shapes", "/docs/errors"])).toEqual([]);
});

test("the OpenAPI document is served as it is printed, to be kept, and 304 to whoever has it", async ({
  request,
}) => {
  const first = await request.get("/api/openapi.json");
  expect(first.status()).toBe(200);
  expect(await first.json()).toEqual(JSON.parse(JSON.stringify(openapiDocument())));
  const { etag = "", "cache-control": kept, "content-type": type } = first.headers();
  expect([kept, type]).toEqual(["public, max-age=300", "application/json; charset=utf-8"]);
  expect(etag).toMatch(/^"[\w-]{43}"$/);
  const again = await request.get("/api/openapi.json", { headers: { "If-None-Match": etag } });
  expect([again.status(), await again.text()]).toEqual([304, ""]);
  const other = await request.get("/api/openapi.json", { headers: { "If-None-Match": '"other"' } });
  expect(other.status()).toBe(200);
});
