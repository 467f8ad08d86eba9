import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as createUser } from "@/app/api/unified/create-user/route";
import { POST as deductCredits } from "@/app/api/unified/deduct-credits/route";
import { pool } from "@/lib/database/client";
import { holdCredits } from "@/lib/domains/credits/holds";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";
import { erasePerson } from "./erase-person";
import { upsertFromToken } from "./upsert-from-token";

const SECRET = "a very private word";

/** A person who has left traces everywhere. */
async function personWithTraces(): Promise<string> {
  const user = `u-${randomUUID()}`;
  const headers = { "Idempotency-Key": randomUUID() };
  await callDoor(createUser, {
    path: "/api/unified/create-user",
    body: { user_id: user, username: SECRET, email: `${user}@example.com`, bio: SECRET },
    headers,
  });
  await callDoor(deductCredits, {
    path: "/api/unified/deduct-credits",
    body: {
      user_id: user,
      amount: 7,
      app_name: "imagegene",
      description: SECRET,
      project_code: SECRET,
      metadata: { prompt: SECRET },
    },
    headers: { "Idempotency-Key": randomUUID() },
  });
  await holdCredits({ user_id: user, amount: 3, app_name: "x", description: SECRET, caller: ROOT_CALLER });
  await pool().query(
    `INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count)
     VALUES ($1, $2, $3, $3, 'penora', 'text', octet_length($3), 4)`,
    [randomUUID(), user, SECRET],
  );
  await pool().query(
    `INSERT INTO project_versions
       (project_code, number, user_id, title, content, size_bytes, word_count, reason, before_app)
     SELECT code, 1, user_id, title, content, size_bytes, word_count, 'checkpoint', 'penora' FROM projects WHERE user_id = $1`,
    [user],
  );
  await pool().query("INSERT INTO sessions (id, user_id) VALUES (gen_random_uuid(), $1)", [user]);
  await pool().query(
    `INSERT INTO idempotency_keys (scope, key, request_hash, result, user_id)
     VALUES ('user:' || $1, 'k', 'h', '{}', NULL), ('app:x', $1, 'h', jsonb_build_object('title', $2::text), $1)`,
    [user, SECRET],
  );
  return user;
}

/** Every table in which a text stands, in whatever column. */
async function tablesWith(text: string): Promise<string[]> {
  const { rows } = await pool().query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hit = await pool().query(`SELECT 1 FROM "${name}" t WHERE t::text LIKE '%' || $1 || '%' LIMIT 1`, [
      text,
    ]);
    if (hit.rowCount) found.push(name);
  }
  return found;
}

describe("erasing a person", () => {
  it("leaves no word and no id of theirs in any table", async () => {
    const user = await personWithTraces();
    expect((await tablesWith(user)).length).toBeGreaterThan(5);
    await erasePerson(user);
    expect(await tablesWith(user)).toEqual([]);
    expect(await tablesWith(SECRET)).toEqual([]);
  });

  it("keeps the ledger's amounts, types, apps and times under a random id, and blanks its words", async () => {
    const user = await personWithTraces();
    const ledger = `SELECT id, app_name, amount, transaction_type, balance_after, created_at
      FROM credit_transactions WHERE user_id = $1 ORDER BY id`;
    const before = (await pool().query(ledger, [user])).rows;
    const usage = "SELECT app_name, action, credits_used, created_at FROM app_usage WHERE user_id = $1";
    const usedBefore = (await pool().query(usage, [user])).rows;
    const stranger = await erasePerson(user);
    expect(stranger).toMatch(/^erased_[0-9a-f-]{36}$/);
    expect((await pool().query(ledger, [stranger])).rows).toEqual(before);
    expect((await pool().query(usage, [stranger])).rows).toEqual(usedBefore);
    expect(before.map((row: { amount: number }) => row.amount)).toEqual([50, 10, -7]);
    const words = await pool().query(
      "SELECT DISTINCT description, metadata, project_code FROM credit_transactions WHERE user_id = $1",
      [stranger],
    );
    expect(words.rows).toEqual([{ description: "", metadata: null, project_code: null }]);
  });

  it("does not touch anybody else", async () => {
    const [user, neighbour] = [await personWithTraces(), await newPerson(9)];
    const shot = async () =>
      (await pool().query("SELECT to_jsonb(u) AS u FROM users u WHERE id = $1", [neighbour])).rows;
    const before = await shot();
    await erasePerson(user);
    expect(await shot()).toEqual(before);
    expect(await broken()).toEqual([]);
  });

  it("brings no second welcome, by whichever door they come back", async () => {
    const [a, b] = [await personWithTraces(), await personWithTraces()];
    await erasePerson(a);
    await erasePerson(b);
    const told = await callDoor(createUser, {
      path: "/api/unified/create-user",
      body: { user_id: a, username: "Back", email: "back@example.com" },
    });
    expect(told.json).toMatchObject({ created: true, user: { credits: 0 } });
    const profile = { email: "b@example.com", username: null, profileImage: null, bio: null, website: null };
    const created = await upsertFromToken({
      ...profile,
      userId: b,
      subscriptionStatus: null,
      openingCredits: 500,
      issuedAt: new Date(),
    });
    expect(created).toBe(true);
    const { rows } = await pool().query("SELECT credits FROM users WHERE id = $1", [b]);
    expect(rows).toEqual([{ credits: 0 }]);
    expect(await broken()).toEqual([]);
  });

  it("opens no way to change anybody else's ledger", async () => {
    const [user, neighbour] = [await personWithTraces(), await newPerson(9)];
    await erasePerson(user);
    await expect(
      pool().query("UPDATE credit_transactions SET description = '' WHERE user_id = $1", [neighbour]),
    ).rejects.toThrow("append-only");
  });

  it("answers user_not_found where there is nobody, also the second time", async () => {
    const user = await newPerson(1);
    await erasePerson(user);
    await expect(erasePerson(user)).rejects.toMatchObject({ code: "user_not_found" });
  });
});

describe("somebody who signs in at the very moment that they are erased", () => {
  it("is not welcomed a second time", async () => {
    const user = await newPerson(5);
    const erasing = await pool().connect();
    try {
      await erasing.query("BEGIN");
      await erasing.query("SELECT erase_person($1)", [user]);
      const back = upsertFromToken({
        userId: user,
        email: "back@example.com",
        username: "Back",
        profileImage: null,
        bio: null,
        website: null,
        subscriptionStatus: null,
        openingCredits: 500,
        issuedAt: new Date(),
      });
      const waits =
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
      while ((await pool().query(waits)).rowCount === 0);
      await erasing.query("COMMIT");
      await back;
    } finally {
      erasing.release();
    }
    const { rows } = await pool().query("SELECT credits FROM users WHERE id = $1", [user]);
    expect(rows).toEqual([{ credits: 0 }]);
    expect(await broken()).toEqual([]);
  });
});
