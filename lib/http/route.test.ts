import { describe, expect, it } from "vitest";
import { z } from "zod";
import { defineOperation } from "@/lib/contract/operation";
import { AppError } from "@/lib/foundation/app-error";
import { Recorded } from "@/lib/foundation/recorded";
import { WithCookies } from "@/lib/foundation/with-cookies";
import { type Door, route } from "./route";

const operation = defineOperation({
  id: "tried",
  method: "GET",
  path: "/api/tried",
  summary: "A door for these tests",
  auth: "open",
  query: z.object({}),
  response: z.object({ n: z.number(), user_version: z.number() }),
  envelope: "unified",
  etag: "user_version",
  errors: [],
});
const plain = defineOperation({ ...operation, envelope: "plain" });
const recorded = defineOperation({ ...operation, recorded: true });

const answer = { n: 1, user_version: 7 };
const ask = (door: Door, headers: Record<string, string> = {}) =>
  door(new Request("http://localhost:3000/api/tried?api_key=pen_secret", { headers }), {
    params: Promise.resolve({}),
  });
const fail = (error: unknown) =>
  ask(
    route(operation, () => {
      throw error;
    }),
  );

describe("an answer", () => {
  it("stands between success and timestamp, and is kept by nobody", async () => {
    const reply = await ask(
      route({ ...operation, etag: undefined } as unknown as typeof operation, () => answer),
    );
    expect(reply.status).toBe(200);
    expect(Object.keys((await reply.json()) as object)).toEqual([
      "success",
      "n",
      "user_version",
      "timestamp",
    ]);
    expect(reply.headers.get("Cache-Control")).toBe("no-store");
    expect(reply.headers.get("X-Content-Type-Options")).toBe("nosniff");
  });

  it("is the whole body where the envelope is plain", async () => {
    expect(await (await ask(route(plain, () => answer))).json()).toEqual(answer);
  });

  it("carries the time of its effect, and says when it is a repeat", async () => {
    const at = new Date("2026-01-02T03:04:05.678Z");
    const first = await ask(route(recorded, () => new Recorded(answer, at, false)));
    const again = await ask(route(recorded, () => new Recorded(answer, at, true)));
    expect(first.headers.get("Idempotent-Replayed")).toBeNull();
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(((await again.json()) as { timestamp: string }).timestamp).toBe("2026-01-02T03:04:05.678Z");
  });

  it("carries the cookies that the room made", async () => {
    const reply = await ask(route(operation, () => new WithCookies(answer, ["a=1", "b=2"])));
    expect(reply.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it.each([
    ['W/"7"', 304],
    ['"7"', 304],
    ['W/"6", W/"7"', 304],
    ["*", 304],
    ['W/"6"', 200],
    ['W/"77"', 200],
  ])("asked for with If-None-Match %s is %i", async (etag, status) => {
    const reply = await ask(
      route(operation, () => answer),
      { "If-None-Match": etag },
    );
    expect(reply.status).toBe(status);
    expect(reply.headers.get("ETag")).toBe('W/"7"');
    if (status === 304) expect(await reply.text()).toBe("");
  });

  it("of a wrong shape is our mistake, and does not leave the house in tests", async () => {
    const reply = await ask(
      route(operation, () => ({ n: "1", user_version: 7 }) as unknown as typeof answer),
    );
    expect(reply.status).toBe(500);
  });
});

describe("a request id", () => {
  it.each(["a", "A-z_0.9", "x".repeat(64)])("%j is taken over", async (id) => {
    const reply = await ask(
      route(operation, () => answer),
      { "X-Request-Id": id },
    );
    expect(reply.headers.get("X-Request-Id")).toBe(id);
  });

  it.each(["", "x".repeat(65), "a b", "a/b", "<script>", "a,b"])(
    "%j is replaced by a new one",
    async (id) => {
      const reply = await ask(
        route(operation, () => answer),
        { "X-Request-Id": id },
      );
      expect(reply.headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
    },
  );
});

describe("a refusal", () => {
  it("has its words, its facts, the request's id and the time, in one shape", async () => {
    const reply = await fail(
      new AppError("insufficient_credits", { details: "why", extra: { credits: 1, shortfall: 2 } }),
    );
    expect(reply.status).toBe(402);
    expect(await reply.json()).toEqual({
      success: false,
      error: "Insufficient credits or deduction failed",
      code: "insufficient_credits",
      details: "why",
      credits: 1,
      shortfall: 2,
      request_id: reply.headers.get("X-Request-Id"),
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    });
  });

  it("has details also where there are none", async () => {
    expect(await (await fail(new AppError("not_found"))).json()).toMatchObject({ details: null });
  });

  it("says when to come back", async () => {
    const reply = await fail(new AppError("unavailable", { retryAfterSeconds: 3 }));
    expect([reply.status, reply.headers.get("Retry-After")]).toEqual([503, "3"]);
  });

  it("tells nothing of an error that nobody expected", async () => {
    const reply = await fail(
      new AppError("internal", { internal: "secret", cause: new Error("SELECT * FROM users") }),
    );
    const unknown = await fail(new TypeError("cannot read SELECT * FROM users at /srv/x.ts"));
    for (const one of [reply, unknown]) {
      const text = await one.text();
      expect(one.status).toBe(500);
      expect(JSON.parse(text)).toMatchObject({
        error: "Internal server error",
        code: "internal",
        details: null,
      });
      expect(text).not.toMatch(/SELECT|secret|\.ts|stack/);
    }
  });
});
