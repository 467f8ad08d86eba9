import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as refundDoor } from "@/app/api/unified/refund-credits/route";
import { pool } from "@/lib/database/client";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";
import { deductCredits } from "./deduct-credits";

const refund = (body: object, how: { key?: string; headers?: Record<string, string> } = {}) =>
  callDoor(refundDoor, { path: "/api/unified/refund-credits", body, ...how });

async function spent(amount = 10, app = "imagegene") {
  const user = await newPerson(20);
  const { result } = await deductCredits({
    ...{ user_id: user, amount, app_name: app, description: "A picture", action: "draw" },
    caller: ROOT_CALLER,
  });
  return { user_id: user, transaction_id: result.transaction_id };
}

describe("refund-credits", () => {
  it("gives back a part, then what is left, and counts both as use taken back", async () => {
    const sale = await spent(10);
    const part = await refund({ ...sale, amount: 4, description: "One failed" });
    expect(part.json).toMatchObject({
      ...{ credits_refunded: 4, refundable_left: 6, new_balance: 14, user_version: 3 },
    });
    const rest = await refund(sale);
    expect(rest.json).toMatchObject({ credits_refunded: 6, refundable_left: 0, new_balance: 20 });
    const { rows } = await pool().query(
      `SELECT t.amount, t.transaction_type, t.app_name, t.metadata, a.credits_used, a.action
       FROM credit_transactions t JOIN app_usage a ON a.transaction_id = t.id WHERE t.id = $1`,
      [part.json.transaction_id],
    );
    expect(rows).toEqual([
      {
        ...{
          amount: 4,
          transaction_type: "refund",
          app_name: "imagegene",
          credits_used: -4,
          action: "refund",
        },
        metadata: { refunded_transaction_id: sale.transaction_id },
      },
    ]);
  });

  it("never gives back more than was spent, and says what is left", async () => {
    const sale = await spent(10);
    const over = await refund({ ...sale, amount: 11 });
    expect([over.status, over.json]).toMatchObject([
      422,
      { code: "refund_exceeds_original", refundable_left: 10 },
    ]);
    await refund({ ...sale, amount: 7 });
    expect((await refund({ ...sale, amount: 4 })).json).toMatchObject({ refundable_left: 3 });
    await refund(sale);
    for (const told of [await refund(sale), await refund({ ...sale, amount: 1 })])
      expect(told.json).toMatchObject({ code: "refund_exceeds_original", refundable_left: 0 });
  });

  it("gives one key one answer, and serves no other request with it", async () => {
    const sale = await spent(10);
    const how = { headers: { "Idempotency-Key": randomUUID() } };
    const first = await refund(sale, how);
    expect((await refund(sale, how)).json).toEqual(first.json);
    expect((await refund({ ...sale, amount: 1 }, how)).json.code).toBe("idempotency_key_reused");
  });

  it("knows only what the person's own row and the key's own app spent; who may do all may do all", async () => {
    const { key, app } = await newKey(["credits:deduct"]);
    const [mine, other] = [await spent(5, app), await spent(5)];
    for (const told of [
      await refund(other, { key }),
      await refund({ ...mine, user_id: other.user_id }),
      await refund({ ...mine, transaction_id: "999999999999" }),
      await refund({ ...mine, transaction_id: "1; DROP" }),
      await refund({ ...mine, transaction_id: "9".repeat(40) }),
    ]) {
      expect([told.status, told.json.code]).toEqual([404, "transaction_not_found"]);
    }
    expect((await refund(mine, { key })).status).toBe(200);
    expect((await refund({ ...other, transaction_id: Number(other.transaction_id) })).status).toBe(200);
  });

  it("refunds nothing but what was spent, and no refund", async () => {
    const sale = await spent(5);
    const back = await refund({ ...sale, amount: 1 });
    const { rows } = await pool().query<{ id: number }>(
      "SELECT id FROM credit_transactions WHERE user_id = $1 AND amount > 0",
      [sale.user_id],
    );
    expect(rows.length).toBeGreaterThan(1);
    for (const { id } of rows) {
      const told = await refund({ ...sale, transaction_id: String(id) });
      expect([told.status, told.json.code]).toEqual([422, "not_refundable"]);
    }
    expect(rows.map((row) => String(row.id))).toContain(back.json.transaction_id);
  });

  it("leaves every invariant as it was, and no total past its original in the database either", async () => {
    expect(await broken()).toEqual([]);
    const sale = await spent(5);
    await refund({ ...sale, amount: 5 });
    await expect(
      pool().query("UPDATE refund_totals SET refunded = 6 WHERE transaction_id = $1", [sale.transaction_id]),
    ).rejects.toMatchObject({ constraint: "refund_totals_within_original" });
  });
});
