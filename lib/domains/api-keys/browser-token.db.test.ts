import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GET as balance } from "@/app/api/unified/balance/route";
import { POST as makeToken } from "@/app/api/unified/browser-tokens/route";
import { POST as deduct } from "@/app/api/unified/deduct-credits/route";
import { GET as events } from "@/app/api/unified/events/route";
import { GET as me } from "@/app/api/unified/me/route";
import { GET as transactions } from "@/app/api/unified/transactions/route";
import { GET as userInfo } from "@/app/api/unified/user-info/route";
import { GET as projects } from "@/app/api/unified/user-projects/route";
import { getBalance } from "@/lib/contract/live";
import { pool } from "@/lib/database/client";
import { createUser } from "@/lib/domains/accounts/create-user";
import { erasePerson } from "@/lib/domains/accounts/erase-person";
import { deductCredits } from "@/lib/domains/credits/deduct-credits";
import { resetEnvForTests } from "@/lib/foundation/env";
import { createLogger } from "@/lib/foundation/logger";
import type { Door } from "@/lib/http/route";
import { answerUnknownDoor } from "@/lib/http/unknown-door";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor, type Told } from "@/lib/testing/call-door";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { StreamReader } from "@/lib/testing/read-stream";
import { revokeKey } from "./manage-keys";

const PAGE = "https://imagegene.example";

beforeEach(() => {
  process.env.CORS_ORIGINS = PAGE;
  resetEnvForTests();
});
afterEach(() => {
  delete process.env.CORS_ORIGINS;
  process.env.SESSION_SECRET = TEST_ENVIRONMENT.SESSION_SECRET;
  process.env.PENORA_API_KEY = TEST_ENVIRONMENT.PENORA_API_KEY;
  resetEnvForTests();
});

async function tokenFor(user: string, more: { key?: string; expires_in?: number } = {}): Promise<string> {
  const { key, ...body } = more;
  const told = await callDoor(makeToken, {
    path: "/api/unified/browser-tokens",
    ...(key === undefined ? {} : { key }),
    body: { user_id: user, ...body },
  });
  expect(told.status).toBe(200);
  return told.json.token as string;
}

const withToken = (door: Door, path: string, token: string, more: object = {}): Promise<Told> =>
  callDoor(door, { path, key: null, headers: { Authorization: `Bearer ${token}`, Origin: PAGE }, ...more });

const balanceWith = (token: string, query = "") => withToken(balance, `/api/unified/balance${query}`, token);

async function openWith(path: string, headers: Record<string, string> = {}) {
  const request = new Request(`http://localhost:3000${path}`, { headers: { Origin: PAGE, ...headers } });
  return events(request, { params: Promise.resolve({}) });
}

describe("a browser token", () => {
  it("reads what its person has, and not who they are", async () => {
    const user = await newPerson(33);
    const told = await balanceWith(await tokenFor(user));
    expect(told.status).toBe(200);
    const { success: _success, timestamp: _at, ...facts } = told.json;
    expect(getBalance.response.strict().parse(facts)).toMatchObject({ credits: 33, held_credits: 0 });
    expect(JSON.stringify(told.json)).not.toMatch(/Test Person|person@example/);
    expect(told.headers.get("etag")).toBe(`W/"${facts.user_version}"`);
    expect(told.headers.get("access-control-allow-origin")).toBe(PAGE);
  });

  it("follows its person: in a header, or as `token` in the query; what moved is not told", async () => {
    const user = await newPerson(33);
    const token = await tokenFor(user);
    const replies = [
      await openWith(`/api/unified/events?token=${token}`),
      await openWith("/api/unified/events", { Authorization: `Bearer ${token}` }),
    ];
    const readers = replies.map((reply) => new StreamReader(reply.body!));
    for (const reply of replies) expect(reply.headers.get("access-control-allow-origin")).toBe(PAGE);
    for (const reader of readers) expect((await reader.next())?.data.credits).toBe(33);
    const picture = { app_name: "imagegene", description: "A secret wish", action: "draw" };
    await deductCredits({ user_id: user, amount: 3, ...picture, caller: ROOT_CALLER });
    for (const reader of readers) {
      expect((await reader.next())?.data.credits).toBe(30);
      expect(reader.raw).not.toContain("secret");
      expect(reader.raw).not.toContain("transaction");
      await reader.leave();
    }
  });

  it("is for one person only", async () => {
    const [user, other] = [await newPerson(1), await newPerson(2)];
    const token = await tokenFor(user);
    expect((await balanceWith(token, `?user_id=${user}`)).status).toBe(200);
    const told = await balanceWith(token, `?user_id=${other}`);
    expect([told.status, told.json.code]).toEqual([403, "insufficient_scope"]);
    expect(JSON.stringify(told.json)).not.toContain('"credits"');
    expect((await openWith(`/api/unified/events?user_id=${other}&token=${token}`)).status).toBe(403);
  });

  it("opens nothing else, wherever it is put", async () => {
    const user = await newPerson(5);
    const token = await tokenFor(user);
    const doors: [Door, string][] = [
      [me, "/api/unified/me"],
      [userInfo, `/api/unified/user-info?user_id=${user}`],
      [transactions, `/api/unified/transactions?user_id=${user}`],
      [projects, `/api/unified/user-projects?user_id=${user}`],
    ];
    for (const [door, path] of doors) {
      const told = await withToken(door, path, token);
      expect([path, told.status, told.json.code]).toEqual([path, 401, "invalid_api_key"]);
    }
    const body = { user_id: user, amount: 1, app_name: "imagegene" };
    expect((await withToken(deduct, "/api/unified/deduct-credits", token, { body })).status).toBe(401);
    expect(
      (await withToken(makeToken, "/api/unified/browser-tokens", token, { body: { user_id: user } })).status,
    ).toBe(401);
    for (const path of [`?token=${token}`, `?api_key=${token}`]) {
      const told = await callDoor(balance, { path: `/api/unified/balance${path}`, key: null });
      expect([path, told.status]).toEqual([path, 401]);
    }
    expect((await openWith(`/api/unified/events?api_key=${token}`)).status).toBe(401);
    const key = TEST_ENVIRONMENT.PENORA_API_KEY;
    expect((await openWith(`/api/unified/events?user_id=${user}&token=${key}`)).status).toBe(401);
    expect((await openWith(`/api/unified/events?token=${token}`, { "X-API-Key": key })).status).toBe(400);
  });

  it("ends at its time, and its stream with it", async () => {
    const user = await newPerson(5);
    const token = await tokenFor(user, { expires_in: 3 });
    const reply = await openWith(`/api/unified/events?token=${token}`);
    const reader = new StreamReader(reply.body!);
    expect((await reader.next())?.data.credits).toBe(5);
    await reader.ended();
    const told = await balanceWith(token);
    expect([told.status, told.json.code]).toEqual([401, "invalid_api_key"]);
  });

  it("ends with the key that asked for it, never later than that, and its stream with it", async () => {
    const user = await newPerson(5);
    const soon = new Date(Date.now() + 60_000);
    const { key, id } = await newKey(["credits:read"], undefined, soon);
    const path = "/api/unified/browser-tokens";
    const made = await callDoor(makeToken, { path, key, body: { user_id: user, expires_in: 3600 } });
    expect(made.json.expires_at).toBe(soon.toISOString());
    const reader = new StreamReader((await openWith(`/api/unified/events?token=${made.json.token}`)).body!);
    await reader.next();
    await revokeKey(id);
    expect((await balanceWith(made.json.token as string)).status).toBe(401);
    await reader.ended();
  });

  it("ends with its person, also where somebody comes back under the same id", async () => {
    const user = await newPerson(5);
    const token = await tokenFor(user);
    const reader = new StreamReader((await openWith(`/api/unified/events?token=${token}`)).body!);
    await reader.next();
    await erasePerson(user);
    await reader.ended();
    expect((await balanceWith(token)).status).toBe(401);
    await createUser({ user_id: user, username: "Back", email: "back@example.com", caller: ROOT_CALLER });
    expect((await balanceWith(token)).status).toBe(401);
    expect((await balanceWith(await tokenFor(user))).status).toBe(200);
  });

  it("ends with the secret that sealed it, and one from the root key with the root key", async () => {
    const user = await newPerson(5);
    const token = await tokenFor(user);
    process.env.PENORA_API_KEY = `another-${randomUUID()}-${randomUUID()}`;
    resetEnvForTests();
    expect((await balanceWith(token)).status).toBe(401);
    process.env.PENORA_API_KEY = TEST_ENVIRONMENT.PENORA_API_KEY;
    process.env.SESSION_SECRET = `another-${randomUUID()}-${randomUUID()}`;
    resetEnvForTests();
    expect((await balanceWith(token)).status).toBe(401);
  });

  it("is refused where a single sign of it was changed", async () => {
    const token = await tokenFor(await newPerson(5));
    for (let at = 4; at < token.length - 1; at += 17) {
      const other = token[at] === "A" ? "B" : "A";
      expect((await balanceWith(token.slice(0, at) + other + token.slice(at + 1))).status).toBe(401);
    }
    for (const strange of ["pbt_", "pbt_x", `pbt_${"A".repeat(5_000)}`, "pbt_\u00e9"]) {
      expect((await balanceWith(encodeURI(strange))).status).toBe(401);
    }
  });

  it("tells of nobody and of no key by what it looks like, and reaches no log", async () => {
    const user = await newPerson(5);
    const token = await tokenFor(user);
    expect(token).toMatch(/^pbt_[\w-]+$/);
    expect(Buffer.from(token.slice(4), "base64url").toString("latin1")).not.toContain(user);
    const lines: string[] = [];
    const log = createLogger({ write: (line: string) => void lines.push(line) });
    log.info({ url: `/api/unified/events?token=${token}`, note: `it sent ${token}` }, `refused ${token}`);
    expect(lines.join("")).not.toContain(token);
    expect(lines.join("")).not.toContain(token.slice(8, 40));
  });

  it("is not made for nobody, nor for longer than an hour, nor by a key that may not read", async () => {
    const ask = (body: object, key?: string) =>
      callDoor(makeToken, {
        path: "/api/unified/browser-tokens",
        body,
        ...(key === undefined ? {} : { key }),
      });
    expect((await ask({ user_id: "nobody" })).json.code).toBe("user_not_found");
    const user = await newPerson(5);
    for (const expires_in of [0, 3_601, 1.5])
      expect((await ask({ user_id: user, expires_in })).status).toBe(400);
    const { key } = await newKey(["credits:deduct"]);
    expect((await ask({ user_id: user }, key)).json.code).toBe("insufficient_scope");
    const made = await ask({ user_id: user });
    const minutes = (Date.parse(made.json.expires_at as string) - Date.now()) / 60_000;
    expect(Math.round(minutes)).toBe(15);
  });

  it("is never kept under an idempotency key", async () => {
    const user = await newPerson(5);
    const headers = { "Idempotency-Key": randomUUID() };
    const ask = () =>
      callDoor(makeToken, { path: "/api/unified/browser-tokens", headers, body: { user_id: user } });
    expect((await ask()).json.token).not.toBe((await ask()).json.token);
    const { rows } = await pool().query("SELECT 1 FROM idempotency_keys WHERE result::text LIKE '%pbt_%'");
    expect(rows).toEqual([]);
  });

  it("is let in from the configured origins only, preflights included", async () => {
    const preflight = (path: string, origin: string) =>
      answerUnknownDoor(
        new Request(`http://localhost:3000${path}`, {
          method: "OPTIONS",
          headers: {
            Origin: origin,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization,last-event-id",
          },
        }),
      );
    for (const path of ["/api/unified/balance", "/api/unified/events"]) {
      const allowed = preflight(path, PAGE);
      expect(allowed.status).toBe(204);
      expect(allowed.headers.get("access-control-allow-origin")).toBe(PAGE);
      expect(allowed.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("authorization");
      expect(allowed.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("last-event-id");
      expect(allowed.headers.get("access-control-allow-credentials")).toBeNull();
      expect(preflight(path, "https://evil.example").headers.get("access-control-allow-origin")).toBeNull();
    }
    const token = await tokenFor(await newPerson(5));
    const stranger = await callDoor(balance, {
      path: "/api/unified/balance",
      key: null,
      headers: { Authorization: `Bearer ${token}`, Origin: "https://evil.example" },
    });
    expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
    const refused = await balanceWith("pbt_no-token");
    expect(refused.headers.get("access-control-allow-origin")).toBe(PAGE); // so that the page can read why
  });
});
