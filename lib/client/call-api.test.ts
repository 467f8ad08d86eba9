import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getMyProject, listMyProjects, restoreMyProject, updateMyProject } from "@/lib/contract/my-workspace";
import { startSession } from "@/lib/contract/accounts";
import { ApiError, describeFailure } from "./api-error";
import { callApi } from "./call-api";

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage["headers"];
  body: string;
}
/** `null` breaks the connection off without an answer. */
type Told = { status: number; body: unknown; headers?: Record<string, string> } | null;

let server: Server;
let seen: Seen[];
let script: Told[];
const nativeFetch = globalThis.fetch;

beforeEach(async () => {
  seen = [];
  script = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
      const told = script.length > 1 ? script.shift() : script[0];
      if (!told) return void request.socket.destroy();
      response.writeHead(told.status, { "Content-Type": "application/json", ...told.headers });
      response.end(typeof told.body === "string" ? told.body : JSON.stringify(told.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  // A page's fetch knows its origin, and its pauses need not be waited for here.
  vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
    nativeFetch(`http://127.0.0.1:${port}${path}`, init),
  );
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** Lets every pause pass at once. */
async function hurry<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const done = () => void (over = true);
  work.then(done, done);
  while (!over) {
    vi.advanceTimersByTime(10_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return work;
}

const refusal = (status: number, code: string, more: object = {}): Told => ({
  status,
  body: { success: false, error: "No.", code, details: null, ...more },
});
const renamed: Told = { status: 200, body: { success: true, project: { code: "AB12CD" } } };
const rename = () => callApi(updateMyProject, { code: "AB12CD", title: "Sea" }, { userId: "google|ü 1" });

describe("a call of a page", () => {
  it("puts names into the path, the rest into query or body, and says for whom the page was made", async () => {
    script = [renamed];
    await rename();
    await callApi(getMyProject, { code: "a/b?c" }, { userId: "u" });
    await callApi(listMyProjects, { search: "a&b", limit: "5", app: undefined }, { userId: "u" });
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "PATCH /api/me/projects/AB12CD",
      "GET /api/me/projects/a%2Fb%3Fc",
      "GET /api/me/projects?search=a%26b&limit=5",
    ]);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({ title: "Sea" });
    expect(seen[0]?.headers).toMatchObject({
      "x-penora-user": "google%7C%C3%BC%201",
      "content-type": "application/json",
      "idempotency-key": expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(seen[1]?.headers).not.toHaveProperty("idempotency-key");
  });

  it("is tried again with the same key where no answer comes, until one does", async () => {
    script = [null, refusal(503, "unavailable"), { status: 502, body: "<html>" }, renamed];
    await expect(hurry(rename())).resolves.toMatchObject({ project: { code: "AB12CD" } });
    expect(seen).toHaveLength(4);
    expect(new Set(seen.map((one) => one.headers["idempotency-key"])).size).toBe(1);
  });

  it("has a new key each time it is meant anew", async () => {
    script = [renamed];
    await rename();
    await rename();
    expect(new Set(seen.map((one) => one.headers["idempotency-key"])).size).toBe(2);
  });

  it("waits for a first try that is still under way", async () => {
    script = [
      { ...refusal(409, "idempotency_in_progress"), headers: { "Retry-After": "1" } } as Told,
      renamed,
    ];
    await hurry(rename());
    expect(seen).toHaveLength(2);
  });

  it("gives up after four tries", async () => {
    script = [null];
    await expect(hurry(rename())).rejects.toMatchObject({ code: "unreachable" });
    expect(seen).toHaveLength(4);
  });

  it("is tried once where a repeat could do it twice", async () => {
    script = [refusal(503, "unavailable")];
    const work = callApi(startSession, { auth_token: "t" }, { userId: "u" });
    await expect(hurry(work)).rejects.toMatchObject({ code: "unavailable", status: 503 });
    expect(seen).toHaveLength(1);
  });

  it("throws what the server said, at once, where a repeat would change nothing", async () => {
    script = [refusal(409, "version_conflict", { version: 3, details: "You changed version 1" })];
    await expect(hurry(rename())).rejects.toMatchObject({
      ...{ code: "version_conflict", status: 409, message: "No.", details: "You changed version 1" },
      answer: { version: 3 },
    });
    expect(seen).toHaveLength(1);
  });

  it("ends with the signal, also while it rests between two tries", async () => {
    script = [null];
    const end = new AbortController();
    const work = callApi(restoreMyProject, { code: "A" }, { userId: "u", signal: end.signal });
    const failed = expect(work).rejects.toThrow("left the page");
    end.abort(new Error("left the page"));
    await failed;
    expect(seen.length).toBeLessThan(2);
  });
});

describe("what a person is told of a failure", () => {
  it("says who is signed in now", () => {
    const error = new ApiError("session_changed", "x", { status: 409, answer: { username: "Eve" } });
    expect(describeFailure(error).title).toBe("Eve is signed in now");
  });

  it("takes the server's words, and has words for everything else", () => {
    const error = new ApiError("storage_limit_exceeded", "Full.", {
      status: 413,
      details: "You have 0 bytes left",
    });
    expect(describeFailure(error)).toEqual({ title: "Full.", description: "You have 0 bytes left" });
    for (const odd of [new TypeError("x"), "x", null, new ApiError("unreachable", "x", { status: 0 })]) {
      expect(describeFailure(odd).title).not.toBe("");
    }
  });
});
