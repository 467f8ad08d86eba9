import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { listActions } from "@/lib/database/operator-log";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { broken } from "@/lib/testing/invariant";
import { debitByHand, grantByHand } from "./by-hand";
import { holdCredits } from "./holds";
import { showPurse } from "./show-purse";

const WHY = { reason: "A picture came out empty", by: "Ada", type: "adjustment" } as const;

const linesOf = async (user: string) =>
  (
    await pool().query(
      "SELECT app_name, transaction_type, amount, description, reference FROM credit_transactions WHERE user_id = $1 AND app_name = 'penora' AND transaction_type <> 'initial' ORDER BY id",
      [user],
    )
  ).rows as unknown[];

describe("a grant by hand", () => {
  it("stands in the ledger with its reason, and in the operators' log with who and what came of it", async () => {
    const user = await newPerson(7);
    const { result, replayed } = await grantByHand({ ...WHY, user_id: user, amount: 5 });
    expect(result).toMatchObject({ credits_added: 5, new_balance: 12, user_id: user });
    expect(replayed).toBe(false);
    expect(await linesOf(user)).toEqual([
      {
        app_name: "penora",
        transaction_type: "adjustment",
        amount: 5,
        description: WHY.reason,
        reference: null,
      },
    ]);
    expect(await listActions({ subject: user, limit: 9 })).toMatchObject([
      {
        who: "Ada",
        command: "credits grant",
        subject: user,
        reason: WHY.reason,
        result: "done",
        details: { amount: 5, new_balance: 12, transaction_id: result.transaction_id },
      },
    ]);
    expect(await broken()).toEqual([]);
  });

  it("is given once for a reference, and each repeat is written down as one", async () => {
    const user = await newPerson(0);
    const wish = { ...WHY, user_id: user, amount: 5, reference: randomUUID() };
    const first = await grantByHand(wish);
    const again = await grantByHand(wish);
    expect(again).toMatchObject({ replayed: true, result: first.result });
    await expect(grantByHand({ ...wish, amount: 6 })).rejects.toMatchObject({ code: "reference_reused" });
    expect((await listActions({ subject: user, limit: 9 })).map(({ result }) => result)).toEqual([
      "reference_reused",
      "repeated",
      "done",
    ]);
    expect(await linesOf(user)).toHaveLength(1);
  });

  it("to nobody changes nothing, and is written down", async () => {
    const user = randomUUID();
    await expect(grantByHand({ ...WHY, user_id: user, amount: 5 })).rejects.toMatchObject({
      code: "user_not_found",
    });
    expect(await listActions({ subject: user, limit: 9 })).toMatchObject([{ result: "user_not_found" }]);
  });

  it("is undone whole where it can't be written down", async () => {
    const user = await newPerson(7);
    await expect(grantByHand({ ...WHY, by: "x".repeat(201), user_id: user, amount: 5 })).rejects.toThrow(
      /say_who/,
    );
    expect(await linesOf(user)).toEqual([]);
    expect((await showPurse(user)).user.credits).toBe(7);
  });
});

describe("a debit by hand", () => {
  it("is an adjustment that takes away, never what is held and never below zero", async () => {
    const user = await newPerson(10);
    await holdCredits({ user_id: user, amount: 4, app_name: "imagegene", caller: ROOT_CALLER });
    await expect(debitByHand({ ...WHY, user_id: user, amount: 7 })).rejects.toMatchObject({
      code: "insufficient_credits",
    });
    const { result } = await debitByHand({ ...WHY, user_id: user, amount: 6 });
    expect(result).toMatchObject({ credits_added: -6, new_balance: 0 });
    expect(await linesOf(user)).toMatchObject([{ transaction_type: "adjustment", amount: -6 }]);
    expect((await listActions({ subject: user, limit: 9 })).map(({ result: told }) => told)).toEqual([
      "done",
      "insufficient_credits",
    ]);
    expect(await broken()).toEqual([]);
  });
});

describe("a purse that is shown", () => {
  it("has the balance, the newest lines first, and the holds that are open", async () => {
    const user = await newPerson(10);
    await holdCredits({ user_id: user, amount: 4, app_name: "imagegene", caller: ROOT_CALLER });
    await grantByHand({ ...WHY, user_id: user, amount: 5 });
    const { user: info, holds, transactions } = await showPurse(user);
    expect(info).toMatchObject({ credits: 11, held_credits: 4, user_version: 3 });
    expect(transactions.map(({ amount }) => amount)).toEqual([5, 10]);
    expect(holds).toMatchObject([{ app_name: "imagegene", amount: 4 }]);
    await expect(showPurse(randomUUID())).rejects.toMatchObject({ code: "user_not_found" });
  });
});
