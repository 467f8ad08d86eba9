import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as saveDoor } from "@/app/api/unified/save-project/route";
import { pool } from "@/lib/database/client";
import { holdCredits, releaseHold } from "@/lib/domains/credits/holds";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";

const save = (body: object, how: { key?: string; headers?: Record<string, string> } = {}) =>
  callDoor(saveDoor, { path: "/api/unified/save-project", body, ...how });

async function order(change: object = {}, app = "imagegene") {
  const user = await newPerson(20);
  const { result } = await holdCredits({ user_id: user, amount: 10, app_name: app, caller: ROOT_CALLER });
  const body = {
    ...{ user_id: user, app_source: app, project_type: "text", title: "Paid", content: "Words." },
    ...{ hold_id: result.hold_id, capture_amount: 4, ...change },
  };
  return { user, body };
}

async function stateOf(user: string) {
  const { rows } = await pool().query(
    "SELECT credits, held_credits AS held, project_count AS projects FROM users WHERE id = $1",
    [user],
  );
  return rows[0] as object;
}

const UNTOUCHED = { credits: 10, held: 10, projects: 0 };

describe("save-project with hold_id", () => {
  it("saves and captures, and says both", async () => {
    const { user, body } = await order();
    const told = await save(body);
    expect(told.json).toMatchObject({
      ...{ created: true, credits_deducted: 4, credits_released: 6, new_balance: 16, user_version: 4 },
    });
    expect(told.json.transaction_id).toMatch(/^\d+$/);
    expect(await stateOf(user)).toEqual({ credits: 16, held: 0, projects: 1 });
  });

  it("gives one key one answer, byte for byte, and pays once", async () => {
    const { user, body } = await order({ capture_amount: undefined });
    const how = { headers: { "Idempotency-Key": randomUUID() } };
    const first = await save(body, how);
    expect(first.json).toMatchObject({ credits_deducted: 10, credits_released: 0 });
    expect((await save(body, how)).json).toEqual(first.json);
    expect((await save({ ...body, title: "Other" }, how)).json.code).toBe("idempotency_key_reused");
    expect(await stateOf(user)).toEqual({ credits: 10, held: 0, projects: 1 });
  });

  it("pays for the new content of a project too", async () => {
    const { user, body } = await order();
    const { hold_id: _hold, capture_amount: _amount, ...free } = body;
    const { json } = await save(free);
    expect(json).not.toHaveProperty("credits_deducted");
    const told = await save({ ...body, project_code: json.code });
    expect(told.json).toMatchObject({ created: false, version: 2, credits_deducted: 4 });
    expect(await stateOf(user)).toEqual({ credits: 16, held: 0, projects: 1 });
  });

  it.each([
    ["more is captured than held", { capture_amount: 11 }, 422, "capture_exceeds_hold"],
    ["it does not fit", { content: "x".repeat(1_048_577) }, 413, "storage_limit_exceeded"],
    ["the project is not there", { project_code: "NOWHER" }, 404, "project_not_found"],
    ["the hold is none", { hold_id: "x" }, 404, "hold_not_found"],
    ["the hold is nobody's", { hold_id: randomUUID() }, 404, "hold_not_found"],
    ["there is an amount without a hold", { hold_id: undefined }, 400, "invalid_request"],
  ])("does neither where %s", async (_why, change, status, code) => {
    const { user, body } = await order(change);
    const told = await save(body);
    expect([told.status, told.json.code]).toEqual([status, code]);
    expect(await stateOf(user)).toEqual(UNTOUCHED);
  });

  it("does neither with another person's hold, another app's, or one that has ended", async () => {
    const [one, other] = [await order(), await order()];
    expect((await save({ ...one.body, hold_id: other.body.hold_id })).json.code).toBe("hold_not_found");
    const { key, app } = await newKey(["workspace:write", "credits:deduct"]);
    expect((await save({ ...one.body, app_source: app }, { key })).json.code).toBe("hold_not_found");
    expect(await stateOf(one.user)).toEqual(UNTOUCHED);
    await releaseHold({ holdId: one.body.hold_id, app: null });
    expect((await save(one.body)).json.code).toBe("hold_already_released");
    expect(await stateOf(other.user)).toEqual(UNTOUCHED);
  });

  it("needs the scope credits:deduct too", async () => {
    const { key, app } = await newKey(["workspace:write"]);
    const { user, body } = await order({}, app);
    const told = await save(body, { key });
    expect([told.status, told.json.code]).toEqual([403, "insufficient_scope"]);
    expect(await stateOf(user)).toEqual(UNTOUCHED);
    expect(await broken()).toEqual([]);
  });
});
