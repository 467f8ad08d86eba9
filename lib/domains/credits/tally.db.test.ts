import { describe, expect, it } from "vitest";
import { database, pool } from "@/lib/database/client";
import { erasePerson } from "@/lib/domains/accounts/erase-person";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { deductCredits } from "./deduct-credits";
import { listTransactions } from "./list-transactions";
import { refundCredits } from "./refund-credits";
import { creditsSpent, listLedgerApps, tallyByApp, usageByDay } from "./tally";
import { FOLD } from "./tally-statements";

const spend = async (user_id: string, amount: number, app_name = "penora") =>
  (
    await deductCredits({
      user_id,
      amount,
      app_name,
      description: "Work",
      action: "deduct",
      caller: ROOT_CALLER,
    })
  ).result;

/** Counted from the rows themselves. */
async function recount(userId: string) {
  const { rows } = await pool().query(
    `SELECT app_name, count(*) AS rows,
       COALESCE(-sum(amount) FILTER (WHERE transaction_type IN ('used', 'refund')), 0)::bigint AS credits_used
     FROM credit_transactions WHERE user_id = $1 GROUP BY 1 ORDER BY 1`,
    [userId],
  );
  return rows as unknown[];
}
const tally = async (userId: string) =>
  (await tallyByApp(userId)).map(({ app_name, rows, credits_used }) => ({ app_name, rows, credits_used }));
const folded = async (userId: string) =>
  (
    await pool().query("SELECT COALESCE(sum(rows), 0)::bigint AS n FROM ledger_days WHERE user_id = $1", [
      userId,
    ])
  ).rows[0].n as number;
const total = async (userId: string, more: object = {}) =>
  (await listTransactions({ user_id: userId, limit: 1, ...more })).total_count;

/** Days that lie behind: `created_at` is the one thing that the ledger lets a test choose. */
const addRows = (userId: string, many: number, app: string, daysAgo: number) =>
  pool().query(
    `INSERT INTO credit_transactions
       (user_id, app_name, amount, transaction_type, balance_after, credits_after, user_version, created_at)
     SELECT $1, $3, -2, 'used', 1, 1, 1, now() - make_interval(days => $4) FROM generate_series(1, $2)`,
    [userId, many, app, daysAgo],
  );

describe("the tally of a ledger", () => {
  it("is the same before it is folded, after, and with new rows behind the fold", async () => {
    const user = await newPerson(100);
    const spent = await spend(user, 7, "imagegene");
    await spend(user, 5);
    expect(await tally(user)).toEqual(await recount(user));
    await database.query(FOLD, [user]);
    expect(await folded(user)).toBe(3);
    expect(await tally(user)).toEqual(await recount(user));
    await refundCredits({
      user_id: user,
      transaction_id: spent.transaction_id,
      amount: 3,
      description: "Back",
      caller: ROOT_CALLER,
    });
    await spend(user, 1, "third");
    expect(await tally(user)).toEqual(await recount(user));
    expect(await creditsSpent(user)).toBe(10);
    expect(await listLedgerApps(user)).toEqual((await tally(user)).map(({ app_name }) => app_name));
    for (let i = 0; i < 3; i++) await database.query(FOLD, [user]);
    expect(await folded(user)).toBe(5);
    expect(await tally(user)).toEqual(await recount(user));
  });

  it("folds by itself when the ledger grows long, and counts every filter right", async () => {
    const user = await newPerson(100);
    await addRows(user, 900, "penora", 40);
    await addRows(user, 300, "imagegene", 2);
    expect(await total(user)).toBe(1_201);
    expect(await folded(user)).toBe(1_201);
    await addRows(user, 10, "imagegene", 0);
    expect([await total(user), await total(user, { app: "imagegene" })]).toEqual([1_211, 310]);
    expect([await total(user, { app: "nobodys" }), await total(user, { type: "initial" })]).toEqual([0, 1]);
    expect(await total(user, { from: new Date(Date.now() - 86_400_000) })).toBe(11);
  });

  it("tells each of the last days, those without use too", async () => {
    const user = await newPerson(0);
    await addRows(user, 600, "penora", 1);
    await addRows(user, 600, "imagegene", 1);
    await addRows(user, 5, "penora", 3);
    await addRows(user, 5, "penora", 4);
    const expected = [10, 0, 2_400, 0];
    for (let i = 0; i < 2; i++)
      expect((await usageByDay(user, 4)).map((day) => day.creditsUsed)).toEqual(expected);
    expect(await folded(user)).toBeGreaterThan(1_200);
  });

  it("goes with the person", async () => {
    const user = await newPerson(5);
    await database.query(FOLD, [user]);
    const stranger = await erasePerson(user);
    expect(await tallyByApp(user)).toEqual([]);
    expect(await tally(stranger)).toEqual(await recount(stranger));
  });
});
