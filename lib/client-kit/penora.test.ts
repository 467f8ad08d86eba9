import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Penora } from "./penora";
import { PenoraError } from "./penora-error";

interface Scripted {
  status: number;
  body?: object | string;
  headers?: Record<string, string>;
}
type Step = Scripted | "silence" | "cut";

interface Seen {
  method: string;
  url: string;
  key: string | undefined;
  body: string;
}

let server: Server | undefined;

afterEach(async () => {
  const one = server;
  server = undefined;
  one?.closeAllConnections();
  await new Promise<void>((resolve) => (one ? one.close(() => resolve()) : resolve()));
});

/** A server that answers step by step, the last step for ever. */
async function penoraThatAnswers(...steps: Step[]): Promise<{ baseUrl: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  server = createServer(async (request, response) => {
    const step = steps[Math.min(seen.length, steps.length - 1)] as Step;
    seen.push({
      method: request.method ?? "",
      url: request.url ?? "",
      key: request.headers["idempotency-key"] as string | undefined,
      body: await read(request),
    });
    if (step === "cut") return request.socket.destroy();
    if (step === "silence") return;
    const body = typeof step.body === "string" ? step.body : JSON.stringify(step.body ?? {});
    response.writeHead(step.status, { "Content-Type": "application/json", ...step.headers }).end(body);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const refusal = (status: number, code: string, headers: Record<string, string> = {}): Scripted => ({
  status,
  headers,
  body: { success: false, error: `It is ${code}.`, code, details: "why", request_id: "r-1" },
});
const DEDUCTED: Scripted = {
  status: 200,
  body: { success: true, credits_deducted: 2, new_balance: 48, transaction_id: "7", user_version: 3 },
};
const ask = { user_id: "101902121794505144784", amount: 2 };

function client(baseUrl: string, more: object = {}): Penora {
  return new Penora({ baseUrl, apiKey: "pen_imagegene_example", ...more });
}

describe("what is sent again", () => {
  it.each<[string, Step]>([
    ["a broken connection", "cut"],
    ["an answer of something in between", { status: 502, body: "<html>Bad gateway</html>" }],
    ["a first try that is still under way", refusal(409, "idempotency_in_progress", { "Retry-After": "0" })],
    ["too many requests", refusal(429, "rate_limited", { "Retry-After": "0" })],
    ["a Penora that is away", refusal(503, "unavailable", { "Retry-After": "0" })],
  ])("%s: the same request with the same key", async (_what, fault) => {
    const { baseUrl, seen } = await penoraThatAnswers(fault, fault, DEDUCTED);
    expect((await client(baseUrl).call("deductCredits", ask)).new_balance).toBe(48);
    expect(seen).toHaveLength(3);
    expect(seen[0]?.key).toMatch(/^[\w-]{36}$/);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
  });

  it("a server that does not answer in time", async () => {
    const { baseUrl, seen } = await penoraThatAnswers("silence", DEDUCTED);
    expect((await client(baseUrl, { timeoutMs: 300 }).call("deductCredits", ask)).new_balance).toBe(48);
    expect(seen.length).toBeGreaterThan(1);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
  });

  it("no more often than asked for, and then it says what failed", async () => {
    const { baseUrl, seen } = await penoraThatAnswers("cut");
    const failure = client(baseUrl, { retries: 2 }).call("deductCredits", ask);
    await expect(failure).rejects.toMatchObject({ name: "PenoraError", code: "unreachable", status: 0 });
    expect(seen).toHaveLength(3);
  });

  it.each([
    [400, "invalid_request"],
    [401, "invalid_api_key"],
    [402, "insufficient_credits"],
    [404, "user_not_found"],
    [409, "version_conflict"],
    [422, "idempotency_key_reused"],
    [500, "internal"],
  ])("never a %i %s", async (status, code) => {
    const { baseUrl, seen } = await penoraThatAnswers(refusal(status, code));
    const failure = client(baseUrl).call("deductCredits", ask);
    await expect(failure).rejects.toMatchObject({
      code,
      status,
      message: `It is ${code}.`,
      details: "why",
    });
    expect(seen).toHaveLength(1);
  });
});

describe("a call", () => {
  it("has a key of its own each time, or the one that it is given", async () => {
    const { baseUrl, seen } = await penoraThatAnswers(DEDUCTED);
    const penora = client(baseUrl);
    await penora.call("deductCredits", ask);
    await penora.call("deductCredits", ask);
    await penora.call("deductCredits", ask, { idempotencyKey: "order-7" });
    expect(new Set(seen.map(({ key }) => key)).size).toBe(3);
    expect(seen[2]?.key).toBe("order-7");
  });

  it("names the app where the client has one, and the input names none", async () => {
    const { baseUrl, seen } = await penoraThatAnswers(DEDUCTED);
    const penora = client(baseUrl, { app: "imagegene" });
    await penora.call("deductCredits", ask);
    await penora.call("deductCredits", { ...ask, app_name: "other" });
    expect(seen.map(({ body }) => (JSON.parse(body) as { app_name: string }).app_name)).toEqual([
      "imagegene",
      "other",
    ]);
  });

  it("puts what is asked into path and query, whatever characters it has", async () => {
    const { baseUrl, seen } = await penoraThatAnswers({ status: 200, body: { success: true } });
    const penora = client(baseUrl);
    await penora.call("getProject", { code: "A/B ?", user_id: "a&b=c" });
    await penora.call("listProjects", { user_id: "u", limit: 5, include_content: false });
    await penora.call("deleteProject", { code: "JHSHDU", user_id: "u" });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET /api/unified/project/A%2FB%20%3F?user_id=a%26b%3Dc",
      "GET /api/unified/user-projects?user_id=u&limit=5&include_content=false",
      "DELETE /api/unified/project/JHSHDU?user_id=u",
    ]);
    expect(seen.map(({ key }) => key !== undefined)).toEqual([false, false, true]);
  });

  it("ends with the signal of its caller, and says the caller's own reason", async () => {
    const { baseUrl } = await penoraThatAnswers("silence");
    const stop = new AbortController();
    const call = client(baseUrl).call("deductCredits", ask, { signal: stop.signal });
    stop.abort(new Error("the visitor has left"));
    await expect(call).rejects.toThrow("the visitor has left");
  });
});

describe("the methods that sibling apps have always called", () => {
  it("give what they have always given", async () => {
    const { baseUrl, seen } = await penoraThatAnswers(
      { status: 200, body: { success: true, credits: 50 } },
      DEDUCTED,
      { status: 200, body: { success: true, project_code: "IMG_ABC123" } },
      { status: 200, body: { success: true, projects: [{ code: "IMG_ABC123" }] } },
    );
    const penora = client(baseUrl, { app: "imagegene" });
    expect(await penora.getUserCredits("u")).toBe(50);
    expect(await penora.deductCredits("u", 2)).toBe(48);
    expect(await penora.saveProject("u", "A lake", "data:image/png;base64,AAAA")).toMatchObject({
      success: true,
      project_code: "IMG_ABC123",
    });
    expect(await penora.getUserProjects("u", "imagegene")).toMatchObject({
      projects: [{ code: "IMG_ABC123" }],
    });
    expect(JSON.parse(seen[2]?.body ?? "")).toEqual({
      user_id: "u",
      app_source: "imagegene",
      project_type: "ai_image",
      title: "A lake",
      content: "data:image/png;base64,AAAA",
      metadata: {},
    });
    expect(seen[3]?.url).toBe("/api/unified/user-projects?user_id=u&app_filter=imagegene");
  });

  it("tell of a failure as they have always told", async () => {
    const { baseUrl } = await penoraThatAnswers(refusal(402, "insufficient_credits"));
    const penora = client(baseUrl);
    expect(await penora.getUserCredits("u")).toBe(0);
    expect(await penora.deductCredits("u", 2)).toBe(false);
    const failure = { success: false, error: "It is insufficient_credits.", code: "insufficient_credits" };
    expect(await penora.saveProject("u", "A lake", "x")).toEqual(failure);
    expect(await penora.getUserProjects("u")).toEqual({ ...failure, projects: [] });
  });
});

describe("a key in a page", () => {
  it("is refused, unless it is meant", () => {
    const page = globalThis as { document?: unknown };
    page.document = {};
    try {
      expect(() => client("https://penora.example")).toThrow("browser token");
      expect(() => client("https://penora.example", { allowKeyInBrowser: true })).not.toThrow();
    } finally {
      delete page.document;
    }
  });

  it("is never part of an error", async () => {
    const { baseUrl } = await penoraThatAnswers("cut");
    const error = await client(baseUrl, { retries: 0 })
      .call("userInfo", { user_id: "u" })
      .catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(PenoraError);
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain("pen_imagegene_example");
  });
});
