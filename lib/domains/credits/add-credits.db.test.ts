import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as addInOlderShape } from "@/app/api/add-credits/route";
import { POST as addCredits } from "@/app/api/unified/add-credits/route";
import { POST as deductCredits } from "@/app/api/unified/deduct-credits/route";
import { pool } from "@/lib/database/client";
import { creditsSpent } from "@/lib/domains/credits/tally";
import { holdCredits } from "@/lib/domains/credits/holds";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";

const add = (body: object, key?: string) =>
  callDoor(addCredits, { path: "/api/unified/add-credits", body, ...(key === undefined ? {} : { key }) });
const addOld = (body: object, key?: string) =>
  callDoor(addInOlderShape, { path: "/api/add-credits", body, ...(key === undefined ? {} : { key }) });
const deduct = (body: object) => callDoor(deductCredits, { path: "/api/unified/deduct-credits", body });

const rowOf = async (id: unknown) =>
  (await pool().query("SELECT * FROM credit_transactions WHERE id = $1", [id])).rows[0] as object;

describe("add-credits", () => {
  it("tells what was added, under both names", async () => {
    const user = await newPerson(5);
    const told = await add({ user_id: user, amount: 20, description: "A pack", metadata: { order: 7 } });
    expect(told.json).toMatchObject({
      success: true,
      credits_added: 20,
      amount_added: 20,
      new_balance: 25,
      user_id: user,
      user_version: 2,
      message: "Added 20 credits.",
    });
    expect(await rowOf(told.json.transaction_id)).toMatchObject({
      transaction_type: "purchased",
      app_name: "system",
      description: "A pack",
      metadata: { order: 7 },
      balance_after: 25,
    });
  });

  it.each([
    ["purchased", "purchased"],
    ["purchase", "purchased"],
    ["bonus", "bonus"],
    ["adjustment", "adjustment"],
    ["refund", "refund"],
  ])("writes %s as %s", async (asked, written) => {
    const told = await add({ user_id: await newPerson(0), amount: 1, transaction_type: asked });
    expect(await rowOf(told.json.transaction_id)).toMatchObject({ transaction_type: written });
  });

  it("counts a refund as use taken back, so that usage and ledger agree", async () => {
    const user = await newPerson(9);
    await deduct({ user_id: user, amount: 5, app_name: "imagegene" });
    await add({ user_id: user, amount: 2, transaction_type: "refund", app_name: "imagegene" });
    const usage = await pool().query(
      "SELECT sum(credits_used)::int AS used FROM app_usage WHERE user_id = $1",
      [user],
    );
    expect(usage.rows).toEqual([{ used: 3 }]);
    expect(await creditsSpent(user)).toBe(3);
  });

  it.each<[string, object]>([
    ["amount", { amount: 0 }],
    ["amount", { amount: -5 }],
    ["amount", { amount: 1_000_001 }],
    ["amount", { amount: 1e308 }],
    ["transaction_type", { transaction_type: "used" }],
    ["transaction_type", { transaction_type: "initial" }],
    ["direction", { direction: "debit" }],
    ["direction", { direction: "debit", transaction_type: "refund" }],
    ["direction", { direction: "down" }],
    ["reference", { reference: "x".repeat(129) }],
  ])("refuses a wrong %s and adds nothing: %j", async (field, change) => {
    const user = await newPerson(5);
    const told = await add({ user_id: user, amount: 1, ...change });
    expect(told.json).toMatchObject({ code: "invalid_request", details: { field } });
    expect((await pool().query("SELECT credits FROM users WHERE id = $1", [user])).rows).toEqual([
      { credits: 5 },
    ]);
  });

  it("takes a debit only from who may do all, and leaves what is held alone", async () => {
    const user = await newPerson(5);
    const debit = { user_id: user, amount: 3, transaction_type: "adjustment", direction: "debit" };
    const { key } = await newKey(["credits:add"]);
    const refused = await add(debit, key);
    expect([refused.status, refused.json.code]).toEqual([403, "insufficient_scope"]);
    await holdCredits({ user_id: user, amount: 4, app_name: "x", caller: ROOT_CALLER });
    const short = await add(debit);
    expect(short.json).toMatchObject({
      code: "insufficient_credits",
      credits: 1,
      held_credits: 4,
      required: 3,
      shortfall: 2,
    });
  });

  it("keeps references of two apps apart, and tells what is stored where one is used for something else", async () => {
    const [user, other] = [await newPerson(0), await newPerson(0)];
    const reference = randomUUID();
    const first = await add({ user_id: user, amount: 5, app_name: "a", reference });
    expect((await add({ user_id: user, amount: 5, app_name: "b", reference })).json.new_balance).toBe(10);
    const refused = await add({ user_id: other, amount: 5, app_name: "a", reference });
    expect([refused.status, refused.json.code]).toEqual([409, "reference_reused"]);
    expect(refused.json.stored).toEqual({
      transaction_id: first.json.transaction_id,
      amount: 5,
      created_at: first.json.timestamp,
    });
    expect(JSON.stringify(refused.json)).not.toContain(user);
  });
});

describe("a refusal for lack of credit", () => {
  it("says when to try again only where open holds are the reason, and where to get more", async () => {
    const user = await newPerson(5);
    await holdCredits({ user_id: user, amount: 4, app_name: "x", caller: ROOT_CALLER });
    const held = await deduct({ user_id: user, amount: 3, app_name: "x" });
    expect(held.json).toMatchObject({
      details: "User has 1 credit but needs 3",
      held_credits: 4,
    });
    // The seconds until the first open hold is past its time.
    expect(held.json.retry_after).toBeGreaterThan(800);
    expect(held.json.retry_after).toBeLessThanOrEqual(900);
    const poor = await deduct({ user_id: user, amount: 6, app_name: "x" });
    expect(poor.json).toMatchObject({ required: 6, shortfall: 5, topup_url: "https://sukusuku.ai/topup" });
    expect(poor.json).not.toHaveProperty("retry_after");
  });
});

describe("the older door", () => {
  it("adds bought credits under either name, with a note, and answers in its own shape", async () => {
    const user = await newPerson(0);
    const first = await addOld({ user_id: user, credits: 5, note: "From the hub" });
    expect(first.json).toEqual({
      success: true,
      new_balance: 5,
      credits_added: 5,
      low_balance: true,
      message: "Added 5 credits.",
    });
    expect((await addOld({ user_id: user, amount: 4 })).json.new_balance).toBe(9);
    expect((await addOld({ user_id: user, credits: 1, amount: 1 })).json.new_balance).toBe(10);
    const { rows } = await pool().query(
      "SELECT transaction_type, description, app_name FROM credit_transactions WHERE user_id = $1 ORDER BY id LIMIT 1",
      [user],
    );
    expect(rows).toEqual([
      { transaction_type: "purchased", description: "From the hub", app_name: "system" },
    ]);
  });

  it("counts a reference once", async () => {
    const user = await newPerson(0);
    const body = { user_id: user, credits: 5, reference: randomUUID() };
    const { key } = await newKey(["credits:add"]);
    const told = [await addOld(body, key), await addOld(body, key)];
    expect(told.map((one) => one.json.new_balance)).toEqual([5, 5]);
  });

  it("refuses two amounts that differ, none at all, and a key that may not", async () => {
    const user = await newPerson(0);
    expect((await addOld({ user_id: user, credits: 5, amount: 6 })).status).toBe(400);
    expect((await addOld({ user_id: user })).json.error).toBe("Missing required fields: credits");
    expect((await addOld({ user_id: user, credits: 1.5 })).json.details.field).toBe("credits");
    expect((await addOld({ user_id: "nobody", credits: 1 })).json.code).toBe("user_not_found");
    const { key } = await newKey(["credits:read"]);
    expect((await addOld({ user_id: user, credits: 5 }, key)).json.code).toBe("insufficient_scope");
  });
});

describe("the ledger", () => {
  it("agrees with every balance after all of this", async () => {
    expect(await broken()).toEqual([]);
  });
});
