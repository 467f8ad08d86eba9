import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { captureHold, holdCredits, releaseHold, sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { broken } from "@/lib/testing/invariant";

let servers: DoorServer[];

beforeAll(async () => {
  servers = await startDoorServers(3);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

/** Sends `count` requests at once, spread over all servers. */
function storm(
  count: number,
  ask: (i: number) => { path: string; body: object; key?: string },
  over: readonly DoorServer[] = servers,
) {
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const server = over[i % over.length] as DoorServer; // there are three
      const { path, body, key } = ask(i);
      return server.post(path, body, key);
    }),
  );
}

/** 300 requests on 100 credits. */
async function sellOut(over: readonly DoorServer[]): Promise<void> {
  const user = await newPerson(100);
  const body = { user_id: user, amount: 1, app_name: "imagegene" };
  const told = await storm(300, () => ({ path: "/api/unified/deduct-credits", body }), over);
  const admitted = told.filter((one) => one.status === 200);
  expect(admitted).toHaveLength(100);
  expect(told.filter((one) => one.status === 402)).toHaveLength(200);
  // Each saw a balance of its own: no credit was sold twice.
  expect(new Set(admitted.map((one) => one.json.new_balance)).size).toBe(100);
  // Each answer says of its own balance whether it is low: six of them are at 5 or below.
  const low = admitted.filter((one) => one.json.low_balance === true);
  expect(low.map((one) => Number(one.json.new_balance)).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  const { rows } = await pool().query<{ credits: number; n: number }>(
    "SELECT credits, (SELECT count(*) FROM credit_transactions t WHERE t.user_id = u.id AND transaction_type = 'used') AS n FROM users u WHERE id = $1",
    [user],
  );
  expect(rows).toEqual([{ credits: 0, n: 100 }]);
}

describe("many at once, from three server processes", () => {
  it("admits exactly 100 of 300 deductions on 100 credits, 20 times", async () => {
    for (let round = 0; round < 20; round++) await sellOut(servers);
    expect(await broken()).toEqual([]);
  });

  it("admits exactly 100 of 300 also where they are the first that the processes are asked, 20 times", async () => {
    // Sixty processes are started one after the other: on a slow machine that alone takes minutes.
    for (let round = 0; round < 20; round++) {
      const cold = await startDoorServers(3);
      await sellOut(cold).finally(() => Promise.all(cold.map((server) => server.stop())));
    }
    expect(await broken()).toEqual([]);
  }, 600_000);

  it("admits as many mixed amounts as fit, and never goes below zero", async () => {
    const user = await newPerson(500);
    const amounts = Array.from({ length: 240 }, (_, i) => 1 + ((i * 7) % 11));
    const told = await storm(240, (i) => ({
      path: "/api/unified/deduct-credits",
      body: { user_id: user, amount: amounts[i], app_name: "imagegene" },
    }));
    const spent = told.reduce((sum, one, i) => sum + (one.status === 200 ? (amounts[i] ?? 0) : 0), 0);
    const { rows } = await pool().query<{ credits: number }>("SELECT credits FROM users WHERE id = $1", [
      user,
    ]);
    expect(rows[0]?.credits).toBe(500 - spent);
    // What is left is less than the smallest refused amount: nobody was refused who would have fitted in the end.
    const refused = amounts.filter((_, i) => told[i]?.status !== 200);
    expect(500 - spent).toBeLessThan(Math.min(...refused));
    expect(await broken()).toEqual([]);
  });

  it("answers 50 equal idempotency keys with one row and 50 equal answers", async () => {
    const user = await newPerson(100);
    const body = { user_id: user, amount: 7, app_name: "imagegene" };
    const key = randomUUID();
    const told = await storm(50, () => ({ path: "/api/unified/deduct-credits", body, key }));
    expect(new Set(told.map((one) => one.text)).size).toBe(1);
    expect(told.filter((one) => one.replayed)).toHaveLength(49);
    expect(told[0]?.json.new_balance).toBe(93);
    const { rows } = await pool().query(
      "SELECT 1 FROM credit_transactions WHERE user_id = $1 AND transaction_type = 'used'",
      [user],
    );
    expect(rows).toHaveLength(1);
  });

  it("gives the last credit once, and the same answer to everyone who asked with its key", async () => {
    for (let round = 0; round < 20; round++) {
      const user = await newPerson(1);
      const body = { user_id: user, amount: 1, app_name: "imagegene" };
      const key = randomUUID();
      const told = await storm(12, () => ({ path: "/api/unified/deduct-credits", body, key }));
      expect(new Set(told.map((one) => `${one.status} ${one.text}`)).size).toBe(1);
      expect(told[0]?.status).toBe(200);
    }
  });

  it("counts one reference once, whoever brings it", async () => {
    const user = await newPerson(0);
    const reference = randomUUID();
    const told = await storm(30, () => ({
      path: "/api/unified/add-credits",
      body: { user_id: user, amount: 100, app_name: "hub", reference },
    }));
    expect(new Set(told.map((one) => one.text)).size).toBe(1);
    expect(told[0]?.json.new_balance).toBe(100);
    expect(await broken()).toEqual([]);
  });

  it("gives a campaign's bonus once to each, though three servers run it", async () => {
    const users = await Promise.all(Array.from({ length: 25 }, () => newPerson(1)));
    const campaign = randomUUID();
    const told = await storm(3, () => ({
      path: "/api/unified/give-bonus-credits",
      body: { campaign, user_ids: users, bonus_amount: 4 },
    }));
    expect(told.reduce((sum, one) => sum + Number(one.json.users_updated), 0)).toBe(25);
    expect(await broken()).toEqual([]);
  });

  it("welcomes a person once, though many make them at once", async () => {
    const user = randomUUID();
    const told = await storm(24, () => ({
      path: "/api/unified/create-user",
      body: { user_id: user, username: "New", email: "new@example.com" },
    }));
    expect(told.filter((one) => one.json.created === true)).toHaveLength(1);
    expect(told.every((one) => one.json.user.credits === 60)).toBe(true);
    expect(await broken()).toEqual([]);
  });
});

describe("a hold ends once", () => {
  const code = (error: unknown): string => (error instanceof AppError ? error.code : String(error));

  it("has one winner among capture, release and expiry, 1,000 times", async () => {
    const winners: Record<string, number> = { captured: 0, released: 0, expired: 0 };
    for (let round = 0; round < 1_000; round++) {
      const user = await newPerson(10);
      const { result: hold } = await holdCredits({
        user_id: user,
        amount: 10,
        app_name: "imagegene",
        expires_in: 60,
        caller: ROOT_CALLER,
      });
      // The time of a third of them passes at this very moment.
      const expire = async () => {
        if (round % 3 !== 0) return;
        await pool().query("UPDATE holds SET expires_at = now() WHERE id = $1", [hold.hold_id]);
        await sweepExpiredHolds();
      };
      const ends = [
        () => captureHold({ holdId: hold.hold_id, app: "imagegene", amount: 4 }),
        () => releaseHold({ holdId: hold.hold_id, app: "imagegene" }),
        () => captureHold({ holdId: hold.hold_id, app: "imagegene", amount: 4 }),
        expire,
      ];
      if (round % 2) ends.reverse();
      const settled = await Promise.allSettled(ends.map((end) => end()));
      for (const one of settled) {
        if (one.status === "rejected") {
          expect(["hold_already_captured", "hold_already_released", "hold_expired"]).toContain(
            code(one.reason),
          );
        }
      }
      // A sweep passes over what another request has locked at that moment; the next one takes it.
      await sweepExpiredHolds();
      const { rows } = await pool().query<{ status: string; credits: number; held_credits: number }>(
        "SELECT h.status, u.credits, u.held_credits FROM holds h JOIN users u ON u.id = h.user_id WHERE h.id = $1",
        [hold.hold_id],
      );
      const status = rows[0]?.status ?? "";
      winners[status] = (winners[status] ?? 0) + 1;
      expect(rows[0]).toMatchObject({ credits: status === "captured" ? 6 : 10, held_credits: 0 });
    }
    expect(Object.values(winners).reduce((a, b) => a + b)).toBe(1_000);
    expect(winners.open).toBeUndefined();
    expect(await broken()).toEqual([]);
  });

  it("is swept once, though several sweep", async () => {
    const users = await Promise.all(Array.from({ length: 40 }, () => newPerson(3)));
    for (const user of users) {
      const { result } = await holdCredits({ user_id: user, amount: 3, app_name: "x", caller: ROOT_CALLER });
      await pool().query("UPDATE holds SET expires_at = now() WHERE id = $1", [result.hold_id]);
    }
    const swept = await Promise.all(Array.from({ length: 6 }, () => sweepExpiredHolds()));
    expect(swept.reduce((a, b) => a + b)).toBe(40);
    expect(await broken()).toEqual([]);
  });
});
