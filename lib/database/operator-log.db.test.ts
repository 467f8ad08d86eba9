import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { erasePerson } from "@/lib/domains/accounts/erase-person";
import { debitByHand, grantByHand } from "@/lib/domains/credits/by-hand";
import { newPerson } from "@/lib/testing/builders";
import { pool } from "./client";
import { listActions, noteAction } from "./operator-log";

const ACTION = { command: "credits grant", subject: "somebody", result: "done", details: { amount: 1 } };

describe("what operators did", () => {
  it.each([
    ["changed", "UPDATE operator_actions SET reason = 'other'"],
    ["given to somebody else", "UPDATE operator_actions SET who = 'other'"],
    ["made to look erased", "UPDATE operator_actions SET subject = 'erased', reason = ''"],
    ["deleted", "DELETE FROM operator_actions"],
    ["cleared", "TRUNCATE operator_actions"],
    ["cleared with all that hangs on it", "TRUNCATE operator_actions CASCADE"],
  ])("can't be %s", async (_how, sql) => {
    await noteAction({ who: "Ada", reason: "because" }, ACTION);
    await expect(pool().query(sql)).rejects.toThrow(/append-only/);
  });

  it("needs somebody who did it", async () => {
    await expect(noteAction({ who: "", reason: "x" }, ACTION)).rejects.toThrow(/say_who/);
  });

  it("is told newest first, of one subject and of one kind", async () => {
    const subject = randomUUID();
    for (const command of ["credits grant", "keys create", "credits debit"])
      await noteAction({ who: "Ada", reason: command }, { ...ACTION, command, subject });
    const told = await listActions({ kind: "credits", subject, limit: 10 });
    expect(told.map(({ command }) => command)).toEqual(["credits debit", "credits grant"]);
    expect(await listActions({ subject, limit: 1 })).toMatchObject([
      { command: "credits debit", who: "Ada" },
    ]);
  });

  it("loses the id and every word about a person who is erased, and keeps who did what", async () => {
    const user = await newPerson(5);
    const words = { reason: `said of ${user}`, by: "Ada" };
    await grantByHand({ ...words, user_id: user, amount: 3, type: "bonus", reference: `for ${user}` });
    await expect(debitByHand({ ...words, user_id: user, amount: 99 })).rejects.toMatchObject({
      code: "insufficient_credits",
    });
    await erasePerson(user);
    const { rows } = await pool().query(
      "SELECT * FROM operator_actions WHERE subject = 'erased' ORDER BY id",
    );
    expect(rows).toMatchObject([
      { who: "Ada", command: "credits grant", reason: "", result: "done", details: { amount: 3 } },
      { who: "Ada", command: "credits debit", reason: "", result: "insufficient_credits" },
    ]);
    expect(JSON.stringify(rows)).not.toContain(user);
  });
});
