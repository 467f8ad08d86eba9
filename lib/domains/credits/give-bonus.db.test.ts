import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as deductCredits } from "@/app/api/unified/deduct-credits/route";
import { POST as giveBonusCredits } from "@/app/api/unified/give-bonus-credits/route";
import { pool } from "@/lib/database/client";
import { newKey, newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";

const give = (body: object, key?: string) =>
  callDoor(giveBonusCredits, {
    path: "/api/unified/give-bonus-credits",
    body,
    ...(key === undefined ? {} : { key }),
  });

/** Many people with one credit each, written in two statements. */
async function crowd(count: number): Promise<void> {
  await pool().query(
    `WITH people AS (
       INSERT INTO users (id, credits) SELECT 'crowd-' || gen_random_uuid(), 1 FROM generate_series(1, $1) RETURNING id
     )
     INSERT INTO credit_transactions (user_id, app_name, amount, transaction_type, balance_after, credits_after, user_version)
     SELECT id, 'penora', 1, 'initial', 1, 1, 1 FROM people`,
    [count],
  );
}

const creditsOf = async (user: string) =>
  (await pool().query<{ credits: number }>("SELECT credits FROM users WHERE id = $1", [user])).rows[0]
    ?.credits;

describe("a campaign", () => {
  it("gives everybody its bonus once, over many batches", async () => {
    await crowd(2_345);
    const campaign = randomUUID();
    const first = await give({ campaign });
    expect(first.json).toMatchObject({
      success: true,
      users_updated: 2_345,
      total_credits_distributed: 23_450,
      bonus_amount: 10,
      message: "Gave 10 credits to 2345 users.",
    });
    expect((await give({ campaign })).json).toMatchObject({ users_updated: 0, total_credits_distributed: 0 });
    const { rows } = await pool().query("SELECT DISTINCT credits, user_version FROM users");
    expect(rows).toEqual([{ credits: 11, user_version: 2 }]);
    expect(await broken()).toEqual([]);
  });

  it("that was broken off gives the rest, and nobody twice", async () => {
    const campaign = randomUUID();
    const { rows } = await pool().query<{ id: string }>("SELECT id FROM users ORDER BY id LIMIT 1000");
    const everybody = (await pool().query("SELECT count(*) AS n FROM users")).rows[0] as { n: number };
    // As far as a first run came before its server died: one committed batch.
    await give({ campaign, bonus_amount: 3, user_ids: rows.map((row) => row.id) });
    const rest = await give({ campaign, bonus_amount: 3 });
    expect(rest.json.users_updated).toBe(everybody.n - 1_000);
    const twice = await pool().query(
      "SELECT user_id FROM credit_transactions WHERE campaign = $1 GROUP BY user_id HAVING count(*) > 1",
      [campaign],
    );
    expect(twice.rows).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  it("for some gives to them alone, once for each however often they are named", async () => {
    const [a, b, c] = [await newPerson(0), await newPerson(0), await newPerson(0)];
    const told = await give({ campaign: randomUUID(), bonus_amount: 7, user_ids: [a, b, a, "nobody"] });
    expect(told.json).toMatchObject({ users_updated: 2, total_credits_distributed: 14 });
    expect([await creditsOf(a), await creditsOf(b), await creditsOf(c)]).toEqual([7, 7, 0]);
  });

  it("that runs while its people spend loses neither: every ledger adds up", async () => {
    const people = await Promise.all(Array.from({ length: 120 }, () => newPerson(5)));
    const spend = (user: string) =>
      callDoor(deductCredits, {
        path: "/api/unified/deduct-credits",
        body: { user_id: user, amount: 5, app_name: "imagegene" },
      });
    const campaign = randomUUID();
    const [given] = await Promise.all([
      give({ campaign, bonus_amount: 2, user_ids: people }),
      give({ campaign, bonus_amount: 2, user_ids: people }),
      ...people.map(spend),
    ]);
    expect(given.status).toBe(200);
    expect(await Promise.all(people.map(creditsOf))).toEqual(people.map(() => 2));
    expect(await broken()).toEqual([]);
  });

  it("for nobody gives nothing", async () => {
    const told = await give({ campaign: randomUUID(), user_ids: [] });
    expect(told.json).toMatchObject({ users_updated: 0, message: "Gave 10 credits to 0 users." });
  });

  it("reaches those who came later when it is asked for again", async () => {
    const campaign = randomUUID();
    await give({ campaign });
    const late = await newPerson(0);
    expect((await give({ campaign })).json.users_updated).toBe(1);
    expect(await creditsOf(late)).toBe(10);
  });

  it("takes numbers for ids while they have all their digits", async () => {
    const user = await newPerson(0, "104729000077");
    expect((await give({ campaign: randomUUID(), user_ids: [Number(user)] })).json.users_updated).toBe(1);
  });

  it.each<[string, object]>([
    ["campaign", { campaign: "x".repeat(65) }],
    ["campaign", { campaign: "a\0" }],
    ["bonus_amount", { bonus_amount: 0 }],
    ["bonus_amount", { bonus_amount: -5 }],
    ["bonus_amount", { bonus_amount: 1.5 }],
    ["user_ids", { user_ids: "everybody" }],
    ["user_ids.1", { user_ids: ["a", 118234567890123456789] }],
    ["user_ids.0", { user_ids: [""] }],
  ])("with a wrong %s gives nothing", async (field, change) => {
    const told = await give({ campaign: randomUUID(), ...change });
    expect(told.json).toMatchObject({ code: "invalid_request", details: { field } });
  });

  it("needs a name, and the scope admin", async () => {
    expect((await give({})).json.error).toBe("Missing required fields: campaign");
    const { key } = await newKey(["credits:add"]);
    expect((await give({ campaign: "x" }, key)).json.code).toBe("insufficient_scope");
  });
});
