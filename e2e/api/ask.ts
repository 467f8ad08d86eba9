import { randomUUID } from "node:crypto";
import { type APIRequestContext, expect } from "@playwright/test";
import type { ErrorCode } from "@/lib/contract/errors";
import type { Operation } from "@/lib/contract/operation";
import { failureOf } from "@/lib/contract/reference/openapi-failures";
import { type Example, NOWHERE, type World } from "@/lib/contract/examples";
import { rootKey } from "./make-key";

export interface Told {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
  // The shape is what the tests are about.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

interface How {
  /** Left out: the root key. Null: none. */
  readonly key?: string | null;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  /** Sent as it is, instead of the example's body. */
  readonly raw?: string | Buffer;
}

/** Asks an operation over HTTP. */
export async function ask(
  request: APIRequestContext,
  operation: Operation,
  example: Example,
  { key = rootKey(), headers, method = operation.method, raw }: How = {},
): Promise<Told> {
  if (operation.reply === "events" && method === "GET")
    return askForEvents(request, operation, example, { key, headers });
  const data = raw ?? (example.body === undefined ? undefined : JSON.stringify(example.body));
  const reply = await request.fetch(addressOf(operation, example), {
    method,
    headers: {
      ...(key === null ? {} : { "X-API-Key": key }),
      ...(data === undefined ? {} : { "Content-Type": "application/json" }),
      ...headers,
    },
    maxRedirects: 0,
    ...(data === undefined ? {} : { data }),
  });
  const text = await reply.text();
  return {
    status: reply.status(),
    headers: reply.headers(),
    text,
    json: reply.headers()["content-type"]?.startsWith("application/json") && text ? JSON.parse(text) : null,
  };
}

/** A stream is read up to its first event, which is answered, and left. A refusal is answered as any other. */
async function askForEvents(
  request: APIRequestContext,
  operation: Operation,
  example: Example,
  { key, headers }: How,
): Promise<Told> {
  const { cookies } = await request.storageState();
  const leave = new AbortController();
  const reply = await fetch(new URL(addressOf(operation, example), process.env.BASE_URL), {
    headers: {
      ...(key == null ? {} : { "X-API-Key": key }),
      ...(cookies.length === 0
        ? {}
        : { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") }),
      ...headers,
    },
    redirect: "manual",
    signal: leave.signal,
  });
  const told = { status: reply.status, headers: Object.fromEntries(reply.headers) };
  if (reply.body === null || !told.headers["content-type"]?.startsWith("text/event-stream")) {
    const text = await reply.text();
    return { ...told, text, json: text === "" ? null : JSON.parse(text) };
  }
  let text = "";
  for await (const chunk of reply.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (/^data: .*\n\n/m.test(text)) break;
  }
  leave.abort();
  const data = /^data: (.*)$/m.exec(text)?.[1];
  return { ...told, text, json: data === undefined ? null : JSON.parse(data) };
}

function addressOf({ path }: Operation, { params = {}, query = {} }: Example): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(params[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  return search === "" ? filled : `${filled}?${search}`;
}

/** Holds a refusal against the contract: status, code, and the shape that every failure has. */
export function expectRefusal(told: Told, status: number, code: string, where = ""): void {
  const about = `${where} → ${told.status} ${told.text.slice(0, 300)}`;
  expect(told.status, about).toBe(status);
  expect(told.headers["content-type"], about).toContain("application/json");
  expect(told.json, about).toMatchObject({ success: false, code });
  expect(typeof told.json.error, about).toBe("string");
  expect(told.json, about).toHaveProperty("details");
  expect(told.json.request_id, about).toBe(told.headers["x-request-id"]);
  expect(told.json.timestamp, about).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(failureOf(code as ErrorCode).safeParse(told.json).error?.message, about).toBeUndefined();
  expect(told.text, about).not.toMatch(/SELECT |INSERT |node_modules|\.ts:|<html/i);
}

/** Holds an answer to an address behind which nothing can be against the contract: never a failure of ours. */
export function expectNotThere(told: Told, where: string): void {
  const code =
    told.status === 400
      ? "invalid_request"
      : /_not_found$/.test(told.json?.code)
        ? told.json.code
        : "not_found";
  expectRefusal(told, told.status === 400 ? 400 : 404, code, where);
}

/** Asks with the root key what must succeed. */
export async function post(
  request: APIRequestContext,
  path: string,
  data: object,
): Promise<Record<string, unknown>> {
  const reply = await request.post(path, { data, headers: { "X-API-Key": rootKey() } });
  expect(reply.status(), await reply.text()).toBe(200);
  return (await reply.json()) as Record<string, unknown>;
}

/** A new person with 500 credits, 10 of them held and 5 spent, a project, and one in the bin, all by this app. */
export async function newWorld(request: APIRequestContext, app = "penora"): Promise<World> {
  const user = `walk-${randomUUID()}`;
  await post(request, "/api/unified/create-user", {
    user_id: user,
    username: "Walker",
    email: "walker@example.com",
    initial_credits: 500,
  });
  const held = await post(request, "/api/unified/holds", { user_id: user, amount: 10, app_name: app });
  const [project, binned] = [await newProject(request, user, app), await newProject(request, user, app)];
  const gone = await request.delete(`/api/unified/project/${binned}?user_id=${user}`, {
    headers: { "X-API-Key": rootKey() },
  });
  expect(gone.status()).toBe(200);
  const spent = await post(request, "/api/unified/deduct-credits", {
    user_id: user,
    amount: 5,
    app_name: app,
  });
  const transaction = String(spent.transaction_id);
  return {
    ...NOWHERE,
    app,
    fresh: randomUUID(),
    newcomer: `walk-${randomUUID()}`,
    user,
    project,
    binned,
    transaction,
    hold: String(held.hold_id),
  };
}

/** Saves a project of this person as this app does. Answers its code. */
export async function newProject(request: APIRequestContext, user: string, app = "penora"): Promise<string> {
  const saved = await post(request, "/api/unified/save-project", {
    user_id: user,
    app_source: app,
    project_type: "story",
    title: "There before",
    content: "Some words.",
  });
  return String(saved.code);
}

/** All that the unified API shows of a person, without the time of asking. */
export async function shotOf(request: APIRequestContext, { user }: World): Promise<unknown> {
  const paths = ["user-info", "transactions", "user-projects", "storage-stats"];
  return Promise.all(
    paths.map(async (path) => {
      const reply = await request.get(`/api/unified/${path}?user_id=${user}`, {
        headers: { "X-API-Key": rootKey() },
      });
      const { timestamp: _asked, ...facts } = (await reply.json()) as Record<string, unknown>;
      return facts;
    }),
  );
}
