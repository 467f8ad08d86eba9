import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GET as getDoor } from "@/app/api/unified/holds/[id]/route";
import { POST as captureDoor } from "@/app/api/unified/holds/[id]/capture/route";
import { POST as extendDoor } from "@/app/api/unified/holds/[id]/extend/route";
import { POST as releaseDoor } from "@/app/api/unified/holds/[id]/release/route";
import { POST as holdDoor } from "@/app/api/unified/holds/route";
import { pool } from "@/lib/database/client";
import type { Door } from "@/lib/http/route";
import { newKey, newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";

const HOLDS = "/api/unified/holds";

interface How {
  key?: string;
  headers?: Record<string, string>;
}

const hold = (body: object, how: How = {}) => callDoor(holdDoor, { path: HOLDS, body, ...how });
const settle = (door: Door, verb: string) => (id: string, body: object | undefined, how: How) =>
  callDoor(door, { path: `${HOLDS}/${encodeURIComponent(id)}${verb}`, params: { id }, body, ...how });
const capture = (id: string, body: object = {}, how: How = {}) =>
  settle(captureDoor, "/capture")(id, body, how);
const release = (id: string, how: How = {}) => settle(releaseDoor, "/release")(id, {}, how);
const extend = (id: string, body: object = {}, how: How = {}) => settle(extendDoor, "/extend")(id, body, how);
const look = (id: string, how: How = {}) => settle(getDoor, "")(id, undefined, how);

async function newHold(amount = 10, how: How = {}, change: object = {}) {
  const user = await newPerson(20);
  const told = await hold({ user_id: user, amount, app_name: "imagegene", ...change }, how);
  expect(told.status).toBe(200);
  return { user, id: String(told.json.hold_id), told };
}

const pass = (id: string) =>
  pool().query("UPDATE holds SET expires_at = now() - interval '1 second' WHERE id = $1", [id]);

async function purse(user: string) {
  const { rows } = await pool().query("SELECT credits, held_credits, user_version FROM users WHERE id = $1", [
    user,
  ]);
  return rows[0] as { credits: number; held_credits: number; user_version: number };
}

describe("holds", () => {
  it("sets credits aside at once, for 15 minutes where nothing is said", async () => {
    const { user, told } = await newHold(15);
    expect(told.json).toMatchObject({ amount: 15, new_balance: 5, held_credits: 15, user_version: 2 });
    expect(Date.parse(told.json.expires_at) - Date.parse(told.json.timestamp)).toBe(900_000);
    const refused = await hold({ user_id: user, amount: 6, app_name: "imagegene" });
    expect(refused.json).toMatchObject({ code: "insufficient_credits", credits: 5, required: 6 });
    expect(refused.json.retry_after).toBeGreaterThan(800);
    expect(await purse(user)).toMatchObject({ credits: 5, held_credits: 15 });
  });

  it("answers the same key once, and another request with it not at all", async () => {
    const user = await newPerson(10);
    const how = { headers: { "Idempotency-Key": randomUUID() } };
    const body = { user_id: user, amount: 10, app_name: "x" };
    const [first, again] = [await hold(body, how), await hold(body, how)];
    expect(again.json).toEqual(first.json);
    expect((await hold({ ...body, amount: 9 }, how)).json.code).toBe("idempotency_key_reused");
    expect(await purse(user)).toMatchObject({ credits: 0, held_credits: 10 });
  });

  it.each([
    ["amount", { amount: 0 }],
    ["expires_in", { expires_in: 0 }],
    ["expires_in", { expires_in: 86_401 }],
    ["expires_in", { expires_in: 1.5 }],
  ])("refuses a wrong %s: %j", async (field, change) => {
    const user = await newPerson(10);
    const told = await hold({ user_id: user, amount: 1, app_name: "x", ...change });
    expect(told.json).toMatchObject({ code: "invalid_request", details: { field } });
  });

  it("is 404 for a person who is not known", async () => {
    const told = await hold({ user_id: randomUUID(), amount: 1, app_name: "x" });
    expect([told.status, told.json.code]).toEqual([404, "user_not_found"]);
  });
});

describe("capture", () => {
  it("charges a part, gives the rest back, and writes the ledger and the usage of the hold's app", async () => {
    const { user, id } = await newHold(10, {}, { action: "draw", project_code: "JHSHDU" });
    const told = await capture(id, { amount: 4, description: "Four pictures" });
    expect(told.json).toMatchObject({
      ...{ hold_id: id, credits_deducted: 4, credits_released: 6, new_balance: 16, user_version: 3 },
    });
    const { rows } = await pool().query(
      `SELECT t.amount, t.description, t.project_code, t.app_name, a.action, a.credits_used
       FROM credit_transactions t JOIN app_usage a ON a.transaction_id = t.id WHERE t.id = $1 AND t.user_id = $2`,
      [told.json.transaction_id, user],
    );
    expect(rows).toEqual([
      {
        ...{ amount: -4, description: "Four pictures", project_code: "JHSHDU", app_name: "imagegene" },
        ...{ action: "draw", credits_used: 4 },
      },
    ]);
  });

  it("charges all where nothing is said, and nothing for 0", async () => {
    const all = await newHold(10);
    expect((await capture(all.id)).json).toMatchObject({ credits_deducted: 10, credits_released: 0 });
    const none = await newHold(10);
    expect((await capture(none.id, { amount: 0 })).json).toMatchObject({
      ...{ credits_deducted: 0, credits_released: 10, transaction_id: null, new_balance: 20 },
    });
    expect((await look(none.id)).json).toMatchObject({ status: "captured", captured_amount: 0 });
  });

  it("refuses more than is held, and the hold stays open", async () => {
    const { user, id } = await newHold(10);
    const told = await capture(id, { amount: 11 });
    expect([told.status, told.json.code]).toEqual([422, "capture_exceeds_hold"]);
    expect(await purse(user)).toEqual({ credits: 10, held_credits: 10, user_version: 2 });
    expect((await capture(id, { amount: 10 })).status).toBe(200);
  });

  it("answers the same capture again with the first result, and another ending with what happened", async () => {
    const { user, id } = await newHold(10);
    const first = await capture(id, { amount: 4 });
    expect((await capture(id, { amount: 4 })).json).toEqual(first.json);
    expect((await capture(id)).json).toEqual(first.json);
    const facts = { code: "hold_already_captured", captured_amount: 4, resolved_at: first.json.timestamp };
    for (const other of [await capture(id, { amount: 5 }), await release(id), await extend(id)]) {
      expect(other.status).toBe(409);
      expect(other.json).toMatchObject(facts);
    }
    expect(await purse(user)).toEqual({ credits: 16, held_credits: 0, user_version: 3 });
  });

  it("gives one key one answer, also when the hold has ended since", async () => {
    const { id } = await newHold(10);
    const how = { headers: { "Idempotency-Key": randomUUID() } };
    const first = await capture(id, { amount: 4 }, how);
    const again = await capture(id, { amount: 4 }, how);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect((await capture(id, { amount: 3 }, how)).json.code).toBe("idempotency_key_reused");
  });
});

describe("release", () => {
  it("gives all back, once, and says so to whoever asks again", async () => {
    const { user, id } = await newHold(10);
    const first = await release(id);
    expect(first.json).toMatchObject({ credits_released: 10, new_balance: 20, user_version: 3 });
    expect((await release(id)).json).toEqual(first.json);
    const late = await capture(id, { amount: 1 });
    expect([late.status, late.json]).toMatchObject([
      409,
      { code: "hold_already_released", captured_amount: 0 },
    ]);
    expect(await purse(user)).toEqual({ credits: 20, held_credits: 0, user_version: 3 });
  });
});

describe("extend", () => {
  it("renews the lease from now on, and never shortens it", async () => {
    const { id } = await newHold(10);
    const longer = await extend(id, { expires_in: 3_600 });
    expect(Date.parse(longer.json.expires_at) - Date.parse(longer.json.timestamp)).toBe(3_600_000);
    const shorter = await extend(id, { expires_in: 1 });
    expect(shorter.json.expires_at).toBe(longer.json.expires_at);
    expect((await look(id)).json).toMatchObject({ status: "open", expires_at: longer.json.expires_at });
  });

  it("repeats its answer to one key without renewing again", async () => {
    const { id } = await newHold(10);
    const how = { headers: { "Idempotency-Key": randomUUID() } };
    const first = await extend(id, { expires_in: 5_000 }, how);
    expect((await extend(id, { expires_in: 5_000 }, how)).json).toEqual(first.json);
    expect((await look(id)).json.expires_at).toBe(first.json.expires_at);
  });

  it("does not wake a hold that is past its time, swept or not", async () => {
    const { user, id } = await newHold(10);
    await pass(id);
    for (const told of [await extend(id), await capture(id), await release(id)]) {
      expect([told.status, told.json]).toMatchObject([409, { code: "hold_expired", captured_amount: 0 }]);
    }
    expect((await look(id)).json).toMatchObject({ status: "expired" });
    expect((await hold({ user_id: user, amount: 20, app_name: "x" })).status).toBe(200);
    expect((await extend(id)).json.code).toBe("hold_expired");
    expect((await look(id)).json).toMatchObject({ status: "expired", captured_amount: 0 });
  });
});

describe("a hold of another app", () => {
  it("is not there to settle or to renew, but can be read; who may do all may settle it", async () => {
    const [mine, theirs] = [
      await newKey(["credits:deduct"]),
      await newKey(["credits:deduct", "credits:read"]),
    ];
    const { user, id } = await newHold(10, { key: mine.key }, { app_name: undefined });
    for (const told of [
      await capture(id, {}, { key: theirs.key }),
      await release(id, { key: theirs.key }),
      await extend(id, {}, { key: theirs.key }),
    ]) {
      expect([told.status, told.json.code]).toEqual([404, "hold_not_found"]);
    }
    expect((await look(id, { key: theirs.key })).json).toMatchObject({ status: "open", user_id: user });
    expect(await purse(user)).toMatchObject({ credits: 10, held_credits: 10 });
    expect((await extend(id, {}, { key: mine.key })).status).toBe(200);
    expect((await capture(id, { amount: 2 })).status).toBe(200);
  });

  it("of a text that is being written is settled by nobody else's key", async () => {
    const { key } = await newKey(["credits:deduct"]);
    const { user, id } = await newHold(10, {}, { app_name: "penora" });
    await pool().query("UPDATE holds SET generation_id = gen_random_uuid() WHERE id = $1", [id]);
    for (const told of [
      await capture(id, {}, { key }),
      await release(id, { key }),
      await extend(id, {}, { key }),
    ]) {
      expect(told.json.code).toBe("hold_not_found");
    }
    expect(await purse(user)).toMatchObject({ held_credits: 10 });
  });
});

describe("what is no hold", () => {
  it.each([
    "x",
    "a\0b",
    "x".repeat(5_000),
    "' OR 1=1",
    "00000000000000000000000000000000",
    randomUUID(),
    "{" + randomUUID() + "}",
  ])("is 404, never a failure: %j", async (id) => {
    for (const told of [await capture(id), await release(id), await extend(id), await look(id)]) {
      expect([told.status, told.json.code]).toEqual([404, "hold_not_found"]);
    }
  });

  it("leaves every invariant as it was after all of this", async () => {
    expect(await broken()).toEqual([]);
  });
});
