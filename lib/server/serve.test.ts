import { once } from "node:events";
import { request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { LightResponse } from "./light-response";
import { Router } from "./router";
import { createHttpServer, doorHandler } from "./serve";

let server: Server;
let base: string;
let cancelled: Promise<void>;
let aborted: Promise<void>;
let tellCancelled: () => void;
let tellAborted: () => void;

const echo = async (asked: Request) =>
  new LightResponse(
    JSON.stringify({
      method: asked.method,
      url: asked.url,
      headers: Object.fromEntries(asked.headers),
      length: (await asked.arrayBuffer()).byteLength,
      isRequest: asked instanceof Request,
    }),
    {
      headers: [
        ["content-type", "application/json"],
        ["set-cookie", "a=1"],
        ["set-cookie", "b=2"],
      ],
    },
  );

function endless(asked: Request): Promise<Response> {
  asked.signal.addEventListener("abort", () => tellAborted());
  const body = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
    cancel: () => tellCancelled(),
  });
  return Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
}

beforeAll(async () => {
  cancelled = new Promise((resolve) => (tellCancelled = resolve));
  aborted = new Promise((resolve) => (tellAborted = resolve));
  const doors = doorHandler(
    new Router([
      { segments: ["api", "echo"], methods: { GET: echo, POST: echo } },
      { segments: ["api", "endless"], methods: { GET: endless } },
      {
        segments: ["api", "empty"],
        methods: { POST: () => Promise.resolve(new LightResponse(null, { status: 204 })) },
      },
      {
        segments: ["api", "unread"],
        methods: { POST: () => Promise.resolve(new LightResponse("no", { status: 413 })) },
      },
      { segments: ["api", "broken"], methods: { GET: () => Promise.reject(new Error("broken")) } },
    ]),
  );
  server = createHttpServer(doors, async (_request, response) => void response.end("page"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Speaks to the server byte by byte; gives all that it says until it hangs up. */
async function raw(text: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.end(text);
  let said = "";
  for await (const chunk of socket) said += String(chunk);
  return said;
}

describe("the server", () => {
  it("gives doors what is under /api/ and Next the rest", async () => {
    expect(await (await fetch(`${base}/account?x=1`)).text()).toBe("page");
    expect(await (await fetch(`${base}/apix`)).text()).toBe("page");
    expect(await (await fetch(`${base}/api/echo?x=1`)).json()).toMatchObject({
      method: "GET",
      url: "http://localhost:3000/api/echo?x=1",
      isRequest: true,
      length: 0,
    });
  });

  it.each([
    ["a small body", 10, {}],
    ["a body of 3 MB", 3_000_000, {}],
    ["a body of unknown length", 70_000, { "transfer-encoding": "chunked" }],
  ])("passes on %s whole", async (_name, size, headers) => {
    const sent = request(`${base}/api/echo`, { method: "POST", headers });
    sent.end(Buffer.alloc(size));
    const [answer] = (await once(sent, "response")) as [AsyncIterable<Buffer>];
    let text = "";
    for await (const chunk of answer) text += String(chunk);
    expect(JSON.parse(text)).toMatchObject({ length: size });
  });

  it("believes neither a peer nor a proxy nor Next's own headers from a client", async () => {
    const headers = {
      "x-penora-peer": "6.6.6.6",
      "x-forwarded-for": "6.6.6.6",
      "x-forwarded-host": "evil.example",
      "x-middleware-subrequest": "middleware",
    };
    const seen = (await (await fetch(`${base}/api/echo`, { headers })).json()) as {
      headers: Record<string, string>;
    };
    expect(seen.headers["x-penora-peer"]).toBe("127.0.0.1");
    expect(Object.keys(seen.headers)).not.toContain("x-forwarded-for");
    expect(Object.keys(seen.headers)).not.toContain("x-forwarded-host");
    expect(Object.keys(seen.headers)).not.toContain("x-middleware-subrequest");
  });

  it("keeps every line of a header that is there twice", async () => {
    const said = await raw(
      "GET /api/echo HTTP/1.1\r\nHost: a\r\nX-API-Key: one\r\nX-API-Key: two\r\nCookie: a=1\r\nCookie: b=2\r\nConnection: close\r\n\r\n",
    );
    expect(said).toContain('"x-api-key":"one, two"');
    expect(said).toContain('"cookie":"a=1; b=2"');
    expect(said).toMatch(/set-cookie: a=1\r\nset-cookie: b=2/i);
  });

  it("answers HEAD like GET, without a body", async () => {
    const answer = await fetch(`${base}/api/echo`, { method: "HEAD" });
    expect(answer.status).toBe(200);
    expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(0);
    expect(await answer.text()).toBe("");
  });

  it.each([
    ["GET", "/api/nowhere"],
    ["DELETE", "/api/echo"],
    ["TRACE", "/api/nowhere"],
    ["PROPFIND", "/api"],
    ["GET", "/api/"],
  ])("answers %s %s with JSON, though no door is for it", async (method, path) => {
    const said = await raw(`${method} ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
    expect(said).toMatch(/^HTTP\/1\.1 40[45] /);
    expect(said).toContain('"success":false');
  });

  it.each([
    ["no host", "GET / HTTP/1.1\r\nConnection: close\r\n\r\n"],
    ["a host with blanks", "GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"],
    ["a host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n"],
    ["no path", "GET x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
    ["a backslash", "GET /\\evil HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"],
    ["no HTTP", "hello\r\n\r\n"],
  ])("answers 400 to %s", async (_name, text) => {
    expect(await raw(text)).toMatch(/^HTTP\/1\.1 400 /);
  });

  it("takes the path of an absolute URL, and nothing else of it", async () => {
    const said = await raw(
      "GET http://evil.example/api/echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    );
    expect(said).toContain('"url":"http://localhost:3000/api/echo"');
  });

  it.each(["//api/echo?a=//b", "/api//echo?a=//b", "http://h/api///echo?a=//b"])(
    "takes the slashes of %s as one, so that Next redirects nothing with a token in it",
    async (target) => {
      const said = await raw(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
      expect(said).toContain('"url":"http://localhost:3000/api/echo?a=//b"');
    },
  );

  it("tells a door and its stream when the client goes away", async () => {
    const controller = new AbortController();
    const answer = await fetch(`${base}/api/endless`, { signal: controller.signal });
    await answer.body?.getReader().read();
    controller.abort();
    await Promise.all([cancelled, aborted]);
  });

  it("sends an answer without a body", async () => {
    const answer = await fetch(`${base}/api/empty`, { method: "POST" });
    expect(answer.status).toBe(204);
  });

  it("refuses a large upload, and whoever sends it reads the answer, every time", async () => {
    for (let i = 0; i < 20; i++) {
      const answer = await fetch(`${base}/api/unread`, { method: "POST", body: new Uint8Array(6_000_000) });
      expect(answer.status).toBe(413);
      expect(await answer.text()).toBe("no");
    }
  });

  it("answers 500 as JSON when a door itself breaks", async () => {
    const answer = await fetch(`${base}/api/broken`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ success: false, code: "internal" });
  });

  it("takes a token of 8 kB in the query and another in a cookie", async () => {
    const token = "t".repeat(8_000);
    const answer = await fetch(`${base}/api/echo?auth_token=${token}`, {
      headers: { cookie: `auth_token=${token}` },
    });
    expect(answer.status).toBe(200);
  });
});
