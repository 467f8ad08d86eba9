import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as addCredits } from "@/app/api/unified/add-credits/route";
import { POST as deductCredits } from "@/app/api/unified/deduct-credits/route";
import { GET as me } from "@/app/api/unified/me/route";
import { GET as userInfo } from "@/app/api/unified/user-info/route";
import { SCOPES } from "@/lib/contract/operation";
import { pool } from "@/lib/database/client";
import { revokeKey, rotateKey } from "@/lib/domains/api-keys/manage-keys";
import { newKey, newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { PEER_HEADER } from "./peer";

const ROOT = TEST_ENVIRONMENT.PENORA_API_KEY;
const REFUSAL = "Invalid or missing API key. Include X-API-Key header or api_key parameter.";
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl";

const askMe = (key: string | null, headers: Record<string, string> = {}, query = "") =>
  callDoor(me, { path: `/api/unified/me${query}`, key, headers });

const deduct = (key: string | null, body: object, headers: Record<string, string> = {}) =>
  callDoor(deductCredits, { path: "/api/unified/deduct-credits", key, body, headers });

const creditsOf = async (user: string) =>
  (await callDoor(userInfo, { path: `/api/unified/user-info?user_id=${user}` })).json.credits as number;

describe("where a key is looked for", () => {
  it("is found in the header, as a bearer, in the query and in the body", async () => {
    const user = await newPerson(9);
    const spend = { user_id: user, amount: 1, app_name: "imagegene" };
    const told = [
      await askMe(ROOT),
      await askMe(null, { Authorization: `Bearer ${ROOT}` }),
      await askMe(null, { Authorization: `bearer  ${ROOT}` }),
      await askMe(null, {}, `?api_key=${ROOT}`),
      await deduct(null, { ...spend, api_key: ROOT }),
    ];
    expect(told.map((one) => one.status)).toEqual([200, 200, 200, 200, 200]);
  });

  it("counts an empty one as none, and the same one in several places as one", async () => {
    expect((await askMe("", { Authorization: `Bearer ${ROOT}` })).status).toBe(200);
    expect((await askMe(ROOT, { Authorization: `Bearer ${ROOT}` }, `?api_key=${ROOT}`)).status).toBe(200);
    expect((await askMe(null, {}, "?api_key=")).status).toBe(401);
  });

  it("refuses two different keys, wherever they stand, and does nothing", async () => {
    const user = await newPerson(9);
    const spend = { user_id: user, amount: 1, app_name: "imagegene" };
    const told = [
      await askMe(ROOT, { Authorization: "Bearer pen_other" }),
      await askMe(ROOT, {}, "?api_key=pen_other"),
      await askMe(null, { Authorization: `Bearer ${ROOT}` }, "?api_key=pen_other"),
      await deduct(ROOT, { ...spend, api_key: "pen_other" }),
    ];
    for (const { status, json } of told) {
      expect([status, json.code]).toEqual([400, "invalid_request"]);
      expect(json.error).toContain("Two different keys");
      expect(JSON.stringify(json)).not.toContain(ROOT);
    }
    expect(await creditsOf(user)).toBe(9);
  });

  it("takes a bearer of three parts that begins with eyJ for a token, never for a key", async () => {
    expect((await askMe(ROOT, { Authorization: `Bearer ${TOKEN}` })).status).toBe(200);
    expect((await askMe(null, { Authorization: `Bearer ${TOKEN}` })).status).toBe(401);
  });

  it.each([
    ["no key", null],
    ["an empty key", ""],
    ["a wrong key", "pen_imagegene_0123456789"],
    ["nearly the root key", ROOT.slice(0, -1)],
    ["an endless key", "x".repeat(4_000)],
  ])("answers %s with 401 in the exact words", async (what, key) => {
    const told = await askMe(key, { [PEER_HEADER]: what });
    expect(told.status).toBe(401);
    expect(told.json).toMatchObject({
      success: false,
      error: REFUSAL,
      code: "invalid_api_key",
      details: null,
    });
  });

  it("takes no session's cookie for a key", async () => {
    expect((await askMe(null, { Cookie: "penora_3000=something" })).status).toBe(401);
  });

  it("does not read what a key in the body is not: text only", async () => {
    expect((await deduct(null, { api_key: 7 })).json.code).toBe("invalid_api_key");
    expect((await deduct(null, { api_key: { $ne: "" } })).json.code).toBe("invalid_api_key");
  });
});

describe("failed authentication", () => {
  it("is limited by address, with Retry-After, and hurts neither other addresses nor a right key", async () => {
    const address = { [PEER_HEADER]: "203.0.113.7" };
    // A token comes back each second: on a slow machine it takes a few more until none is left.
    let failures = 0;
    let refused = await askMe("wrong", address);
    for (; refused.status === 401; failures++) refused = await askMe(`wrong-${failures}`, address);
    expect(failures).toBeGreaterThanOrEqual(60);
    expect([refused.status, refused.json.code]).toEqual([429, "rate_limited"]);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThanOrEqual(1);
    expect((await askMe("wrong", { [PEER_HEADER]: "203.0.113.8" })).status).toBe(401);
    expect((await askMe(ROOT, address)).status).toBe(200);
  });
});

describe("the life of a key", () => {
  it("ends at once when it is revoked", async () => {
    const made = await newKey(["credits:read"]);
    expect((await askMe(made.key)).status).toBe(200);
    await revokeKey(made.id);
    expect((await askMe(made.key)).status).toBe(401);
  });

  it("ends when it expires", async () => {
    const made = await newKey(["credits:read"], undefined, new Date(Date.now() + 3_600_000));
    expect((await askMe(made.key)).json.expires_at).toBe(made.expiresAt?.toISOString());
    await pool().query("UPDATE api_keys SET expires_at = now() - interval '1 ms' WHERE id = $1", [made.id]);
    expect((await askMe(made.key)).status).toBe(401);
  });

  it("overlaps with the next one while it is rotated, for the grace and no longer", async () => {
    const old = await newKey(["credits:read"]);
    const next = await rotateKey(old.app, 3600);
    const both = [(await askMe(old.key)).json, (await askMe(next.key)).json];
    expect(both.map((json) => json.app)).toEqual([old.app, old.app]);
    const left = Date.parse(both[0].expires_at as string) - Date.now();
    expect(left).toBeGreaterThan(3_500_000);
    expect(left).toBeLessThanOrEqual(3_600_000);
    expect(both[1]).toMatchObject({ scopes: ["credits:read"], expires_at: null });
  });
});

describe("me", () => {
  it("tells an app's key what it is and may do", async () => {
    const made = await newKey(["credits:read", "workspace:read"]);
    expect((await askMe(made.key)).json).toMatchObject({
      success: true,
      app: made.app,
      scopes: ["credits:read", "workspace:read"],
      expires_at: null,
      rate_limit: { requests_per_second: 1_000, burst: 5_000 },
    });
  });

  it("tells the root key that it is the system, may do all and is not limited", async () => {
    expect((await askMe(ROOT)).json).toMatchObject({
      app: "system",
      scopes: SCOPES,
      expires_at: null,
      rate_limit: null,
    });
  });
});

describe("what a key may do", () => {
  it("is refused with 403 that names the scope, before the body is judged", async () => {
    const user = await newPerson(9);
    const { key } = await newKey(["credits:read"]);
    for (const body of [{ user_id: user, amount: 1 }, { amount: "x" }, {}]) {
      const told = await deduct(key, body);
      expect([told.status, told.json.code]).toEqual([403, "insufficient_scope"]);
      expect(told.json.error).toContain("credits:deduct");
      expect(told.json.details).toEqual({ required_scope: "credits:deduct", scopes: ["credits:read"] });
    }
    expect(await creditsOf(user)).toBe(9);
  });

  it("includes all for a key with scope admin", async () => {
    const user = await newPerson(9);
    const { key, app } = await newKey(["admin"]);
    expect((await deduct(key, { user_id: user, amount: 1 })).json.app_name).toBe(app);
    expect((await deduct(key, { user_id: user, amount: 1, app_name: "Penora" })).json.app_name).toBe(
      "penora",
    );
  });
});

describe("in whose name a key acts", () => {
  it("is its own app where it names none", async () => {
    const user = await newPerson(9);
    const { key, app } = await newKey(["credits:deduct"]);
    for (const none of [{}, { app_name: null }, { app_name: "" }]) {
      expect((await deduct(key, { user_id: user, amount: 1, ...none })).json.app_name).toBe(app);
    }
  });

  it("is its own app in any spelling, and no other: 403 that names both", async () => {
    const user = await newPerson(9);
    const { key, app } = await newKey(["credits:deduct"]);
    const own = await deduct(key, { user_id: user, amount: 1, app_name: app.toUpperCase() });
    expect(own.json.app_name).toBe(app);
    const other = await deduct(key, { user_id: user, amount: 1, app_name: "PENORA" });
    expect([other.status, other.json.code]).toEqual([403, "app_mismatch"]);
    expect(other.json.error).toContain(app);
    expect(other.json.error).toContain("penora");
    expect(await creditsOf(user)).toBe(8);
  });

  it("is the system for the root key that names none", async () => {
    const user = await newPerson(0);
    const told = await callDoor(addCredits, {
      path: "/api/unified/add-credits",
      body: { user_id: user, amount: 5 },
    });
    const { rows } = await pool().query(
      "SELECT app_name, api_key_id FROM credit_transactions WHERE id = $1",
      [told.json.transaction_id],
    );
    expect(rows).toEqual([{ app_name: "system", api_key_id: null }]);
  });

  it("is written with the key into the ledger", async () => {
    const user = await newPerson(9);
    const { key, id, app } = await newKey(["credits:deduct"]);
    const told = await deduct(key, { user_id: user, amount: 1 }, { "Idempotency-Key": randomUUID() });
    const { rows } = await pool().query(
      "SELECT app_name, api_key_id FROM credit_transactions WHERE id = $1",
      [told.json.transaction_id],
    );
    expect(rows).toEqual([{ app_name: app, api_key_id: id }]);
  });
});
