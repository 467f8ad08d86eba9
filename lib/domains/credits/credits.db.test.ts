import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { GET as listTransactions } from "@/app/api/unified/transactions/route";
import { GET as userInfo } from "@/app/api/unified/user-info/route";
import { POST as addCredits } from "@/app/api/unified/add-credits/route";
import { POST as deductCredits } from "@/app/api/unified/deduct-credits/route";
import { pool } from "@/lib/database/client";
import { callDoor } from "@/lib/testing/call-door";
import { newPerson } from "@/lib/testing/builders";
import { broken } from "@/lib/testing/invariant";

const deduct = (body: object, headers?: Record<string, string>) =>
  callDoor(deductCredits, { path: "/api/unified/deduct-credits", body, ...(headers ? { headers } : {}) });
const add = (body: object, headers?: Record<string, string>) =>
  callDoor(addCredits, { path: "/api/unified/add-credits", body, ...(headers ? { headers } : {}) });
const info = (id: string, headers?: Record<string, string>) =>
  callDoor(userInfo, {
    path: `/api/unified/user-info?user_id=${encodeURIComponent(id)}`,
    ...(headers ? { headers } : {}),
  });

describe("deduct-credits", () => {
  it("spends, writes one row of the ledger and one of usage, and says what is left", async () => {
    const user = await newPerson(10);
    const told = await deduct({ user_id: user, amount: 3, app_name: "ImageGene", action: "draw" });
    expect(told.status).toBe(200);
    expect(told.json).toMatchObject({
      success: true,
      credits_deducted: 3,
      new_balance: 7,
      app_name: "imagegene",
      user_version: 2,
    });
    const ledger = await pool().query("SELECT * FROM credit_transactions WHERE id = $1", [
      told.json.transaction_id,
    ]);
    expect(ledger.rows).toMatchObject([
      { amount: -3, balance_after: 7, transaction_type: "used", description: "Credit usage" },
    ]);
    const usage = await pool().query(
      "SELECT action, credits_used, app_name FROM app_usage WHERE user_id = $1",
      [user],
    );
    expect(usage.rows).toEqual([{ action: "draw", credits_used: 3, app_name: "imagegene" }]);
  });

  it("refuses what the balance does not cover, in the exact words, and changes nothing", async () => {
    const user = await newPerson(1);
    const told = await deduct({ user_id: user, amount: 2, app_name: "imagegene" });
    expect(told.status).toBe(402);
    expect(told.json).toMatchObject({
      success: false,
      error: "Insufficient credits or deduction failed",
      code: "insufficient_credits",
      details: "User has 1 credit but needs 2",
      credits: 1,
      held_credits: 0,
      required: 2,
      shortfall: 1,
    });
    expect((await info(user)).json.credits).toBe(1);
  });

  it("lists the missing fields in their order", async () => {
    const told = await deduct({});
    expect(told.status).toBe(400);
    expect(told.json.error).toBe("Missing required fields: user_id, amount, app_name");
  });

  it("cuts a long description and accepts it", async () => {
    const user = await newPerson(5);
    const told = await deduct({
      user_id: user,
      amount: 1,
      app_name: "imagegene",
      description: "😀".repeat(900),
    });
    expect(told.status).toBe(200);
    const row = await pool().query<{ description: string }>(
      "SELECT description FROM credit_transactions WHERE id = $1",
      [told.json.transaction_id],
    );
    expect(row.rows[0]?.description).toBe("😀".repeat(250));
  });

  it("gives the first answer again to the same key, byte for byte", async () => {
    const user = await newPerson(5);
    const body = { user_id: user, amount: 2, app_name: "imagegene" };
    const key = { "Idempotency-Key": randomUUID() };
    const first = await deduct(body, key);
    const again = await deduct(body, key);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect(first.headers.get("Idempotent-Replayed")).toBeNull();
    expect((await info(user)).json.credits).toBe(3);
  });

  it("gives the first answer to the same key on the last credit, where a new judgement would refuse", async () => {
    const user = await newPerson(1);
    const body = { user_id: user, amount: 1, app_name: "imagegene", idempotency_key: randomUUID() };
    const first = await deduct(body);
    const again = await deduct(body);
    expect(first.json.new_balance).toBe(0);
    expect(again.json).toEqual(first.json);
  });

  it("refuses the same key for another request, also for another path", async () => {
    const user = await newPerson(9);
    const key = { "Idempotency-Key": randomUUID() };
    await deduct({ user_id: user, amount: 2, app_name: "imagegene" }, key);
    const other = await deduct({ user_id: user, amount: 3, app_name: "imagegene" }, key);
    const elsewhere = await add({ user_id: user, amount: 2 }, key);
    expect([other.status, elsewhere.status]).toEqual([422, 422]);
    expect(other.json.code).toBe("idempotency_key_reused");
  });

  it("does not record a refusal: the same key is judged anew", async () => {
    const user = await newPerson(1);
    const key = { "Idempotency-Key": randomUUID() };
    const body = { user_id: user, amount: 2, app_name: "imagegene" };
    expect((await deduct(body, key)).status).toBe(402);
    await add({ user_id: user, amount: 1 });
    expect((await deduct(body, key)).json.new_balance).toBe(0);
  });

  it("takes a key anew after 72 hours", async () => {
    const user = await newPerson(9);
    const key = randomUUID();
    const body = { user_id: user, amount: 2, app_name: "imagegene", idempotency_key: key };
    await deduct(body);
    await pool().query(
      "UPDATE idempotency_keys SET created_at = now() - interval '73 hours' WHERE key = $1",
      [key],
    );
    const later = await deduct(body);
    expect(later.json.new_balance).toBe(5);
    expect(later.headers.get("Idempotent-Replayed")).toBeNull();
  });

  it("takes back holds past their time before it refuses", async () => {
    const user = await newPerson(5);
    await pool().query(
      `WITH h AS (INSERT INTO holds (user_id, app_name, amount, expires_at) VALUES ($1, 'imagegene', 5, now() - interval '1 second'))
       UPDATE users SET credits = 0, held_credits = 5 WHERE id = $1`,
      [user],
    );
    expect((await info(user)).json).toMatchObject({ credits: 5, held_credits: 0 });
    const told = await deduct({ user_id: user, amount: 5, app_name: "imagegene" });
    expect(told.json.new_balance).toBe(0);
  });

  const wrong: [string, object | string, string][] = [
    ["a fraction", { amount: 1.5 }, "amount"],
    ["a negative amount", { amount: -1 }, "amount"],
    ["zero", { amount: 0 }, "amount"],
    ["an amount past the bound", { amount: 1_000_001 }, "amount"],
    ["an amount in words", { amount: "3" }, "amount"],
    ["an amount past every number", { amount: 1e308 }, "amount"],
    ["a user id of another type", { user_id: ["x"] }, "user_id"],
    ["a user id that has lost digits", { user_id: 12345678901234567890 }, "user_id"],
    ["a user id that is too long", { user_id: "x".repeat(129) }, "user_id"],
    ["a NUL", { description: "a\0b" }, "description"],
    ["half a surrogate pair", { description: "\ud800" }, "description"],
    ["an app name with a space", { app_name: "image gene" }, "app_name"],
    ["metadata that is a list", { metadata: [1] }, "metadata"],
    ["metadata with NUL", { metadata: { deep: ["\0"] } }, "metadata"],
    ["metadata past 4 kB", { metadata: { x: "y".repeat(4100) } }, "metadata"],
  ];
  it.each(wrong)("refuses %s, names the field and changes nothing", async (_what, change, field) => {
    const user = await newPerson(50);
    const told = await deduct({ user_id: user, amount: 1, app_name: "imagegene", ...(change as object) });
    expect(told.status).toBe(400);
    expect(told.json).toMatchObject({ code: "invalid_request", details: { field } });
    expect(told.json.error).toContain(field);
    expect((await info(user)).json.credits).toBe(50);
  });

  it("serves a numeric user id as its digits", async () => {
    const id = 104729000011;
    await newPerson(3, String(id));
    expect((await deduct({ user_id: id, amount: 1, app_name: "imagegene" })).json.new_balance).toBe(2);
  });
});

describe("add-credits", () => {
  it("counts a reference once for ever, and tells the first result again", async () => {
    const user = await newPerson(0);
    const reference = randomUUID();
    const first = await add({ user_id: user, amount: 100, app_name: "hub", reference });
    await deduct({ user_id: user, amount: 30, app_name: "imagegene" });
    const again = await add({ user_id: user, amount: 100, app_name: "hub", reference });
    expect(first.json.new_balance).toBe(100);
    expect(again.json).toEqual(first.json);
    expect((await info(user)).json.credits).toBe(70);
    const other = await add({ user_id: user, amount: 99, app_name: "hub", reference });
    expect([other.status, other.json.code]).toEqual([409, "reference_reused"]);
  });

  it("takes away as an adjustment, never below zero", async () => {
    const user = await newPerson(5);
    const body = { user_id: user, transaction_type: "adjustment", direction: "debit" };
    expect((await add({ ...body, amount: 3 })).json).toMatchObject({ credits_added: -3, new_balance: 2 });
    expect((await add({ ...body, amount: 3 })).status).toBe(402);
  });

  it("answers 404 for a person who is not known, saying what to do", async () => {
    const told = await add({ user_id: randomUUID(), amount: 1 });
    expect(told.json).toMatchObject({ code: "user_not_found", error: "User not found" });
    expect(told.json.details).toContain("create-user");
  });
});

describe("user-info", () => {
  it("answers 304 while the version is the same", async () => {
    const user = await newPerson(5);
    const first = await info(user);
    const etag = first.headers.get("ETag") ?? "";
    expect(etag).toBe('W/"1"');
    expect((await info(user, { "If-None-Match": etag })).status).toBe(304);
    await deduct({ user_id: user, amount: 1, app_name: "imagegene" });
    expect((await info(user, { "If-None-Match": etag })).status).toBe(200);
  });
});

describe("transactions", () => {
  it("pages through the ledger without a gap or a repeat while rows are added", async () => {
    const user = await newPerson(100);
    for (let i = 0; i < 9; i++)
      await deduct({ user_id: user, amount: 1, app_name: i % 2 ? "penora" : "imagegene" });
    const seen: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const told = await callDoor(listTransactions, {
        path: `/api/unified/transactions?user_id=${user}&limit=4${cursor ? `&cursor=${cursor}` : ""}`,
      });
      seen.push(...told.json.all_transactions.map((item: { id: string }) => item.id));
      cursor = told.json.next_cursor as string | null;
      if (seen.length === 4) await deduct({ user_id: user, amount: 1, app_name: "penora" });
    }
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
  });

  it("adds up: each balance_after is the one before plus its amount", async () => {
    const user = await newPerson(60);
    for (const amount of [5, 7, 11]) await deduct({ user_id: user, amount, app_name: "imagegene" });
    const { json } = await callDoor(listTransactions, { path: `/api/unified/transactions?user_id=${user}` });
    const rows = [...json.all_transactions].reverse() as { amount: number; balance_after: number }[];
    let sum = 0;
    for (const row of rows) expect(row.balance_after).toBe((sum += row.amount));
    expect(sum).toBe(37);
  });
});

describe("the database itself", () => {
  it("refuses to change, delete or truncate the ledger", async () => {
    const user = await newPerson(5);
    for (const sql of [
      `UPDATE credit_transactions SET amount = 9 WHERE user_id = '${user}'`,
      `UPDATE credit_transactions SET description = '' WHERE user_id = '${user}'`,
      `DELETE FROM credit_transactions WHERE user_id = '${user}'`,
      "TRUNCATE credit_transactions CASCADE",
    ]) {
      await expect(pool().query(sql)).rejects.toThrow("append-only");
    }
  });

  it("refuses a balance, a hold or bytes below zero", async () => {
    const user = await newPerson(5);
    for (const column of ["credits", "held_credits", "storage_used_bytes"]) {
      await expect(pool().query(`UPDATE users SET ${column} = -1 WHERE id = $1`, [user])).rejects.toThrow(
        "check",
      );
    }
  });

  it("keeps every invariant after all of this", async () => {
    expect(await broken()).toEqual([]);
  });
});
