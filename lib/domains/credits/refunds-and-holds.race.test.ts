import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { newPerson } from "@/lib/testing/builders";
import { type Answer, type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { broken } from "@/lib/testing/invariant";
import { replayable, SEED } from "@/lib/testing/seed";

let servers: DoorServer[];

beforeAll(async () => {
  servers = await startDoorServers(3);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const server = (i: number) => servers[i % servers.length] as DoorServer; // there are three

async function creditsOf(user: string): Promise<number> {
  const { rows } = await pool().query<{ credits: number }>("SELECT credits FROM users WHERE id = $1", [user]);
  return rows[0]?.credits ?? -1;
}

async function sale(amount: number): Promise<{ user_id: string; transaction_id: string }> {
  const user = await newPerson(amount);
  const told = await server(0).post("/api/unified/deduct-credits", { user_id: user, amount, app_name: "x" });
  return { user_id: user, transaction_id: told.json.transaction_id as string };
}

describe("refunds of one transaction at once, from three server processes", () => {
  it.each([
    ["all of it", 50, undefined, 1],
    ["3 of 50", 50, 3, 16],
    ["1 of 50", 50, 1, 50],
  ])("50 that each want %s give back what was spent and no more, 5 times", async (_of, amount, part, fit) => {
    for (let round = 0; round < 5; round++) {
      const one = await sale(amount);
      const told = await Promise.all(
        Array.from({ length: 50 }, (_, i) =>
          server(i).post("/api/unified/refund-credits", { ...one, ...(part ? { amount: part } : {}) }),
        ),
      );
      const given = told.filter((answer) => answer.status === 200);
      expect(given).toHaveLength(fit);
      expect(new Set(given.map((answer) => answer.json.refundable_left)).size).toBe(fit);
      expect(
        told.every(({ status, json }) => status === 200 || json.code === "refund_exceeds_original"),
      ).toBe(true);
      expect(await creditsOf(one.user_id)).toBe(fit * (part ?? amount));
      await server(round).post("/api/unified/refund-credits", one);
      expect(await creditsOf(one.user_id)).toBe(amount);
    }
    expect(await broken()).toEqual([]);
  });

  it("one key refunds once, and everybody gets that answer", async () => {
    const one = await sale(50);
    const key = randomUUID();
    const told = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        server(i).post("/api/unified/refund-credits", { ...one, amount: 7 }, key),
      ),
    );
    expect(new Set(told.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await creditsOf(one.user_id)).toBe(7);
  });
});

/** What happens to one hold of the storm: these acts at once, each over another server. */
const fate = fc.record({
  amount: fc.nat({ max: 20 }),
  acts: fc.shuffledSubarray(["capture", "release", "extend", "expire", "capture again"] as const, {
    minLength: 1,
  }),
});

describe("a storm of 500 holds over three server processes", () => {
  it("ends each hold once, and every balance is what the answers say", () =>
    replayable(async () => {
      const PEOPLE = 25;
      const users = await Promise.all(Array.from({ length: PEOPLE }, () => newPerson(1_000)));
      const charged = new Map(users.map((user) => [user, 0]));
      const ends = { captured: 0, released: 0, expired: 0 };
      const unexpected: Answer[] = [];
      const fates = fc.sample(fate, { seed: SEED, numRuns: 500 });

      const settle = async ({ amount, acts }: (typeof fates)[number], nth: number) => {
        const user = users[nth % PEOPLE] as string; // within the list
        const held = await server(nth).post("/api/unified/holds", {
          user_id: user,
          amount: 20,
          app_name: "x",
        });
        expect(held.status, held.text).toBe(200);
        const path = `/api/unified/holds/${held.json.hold_id as string}`;
        const ask = (verb: string, i: number, body: object = {}) => server(i).post(`${path}/${verb}`, body);
        const does = {
          capture: () => ask("capture", nth, { amount }),
          release: () => ask("release", nth + 1),
          extend: () => ask("extend", nth + 2, { expires_in: 3_600 }),
          expire: async () => {
            const past = "UPDATE holds SET expires_at = now() WHERE id = $1 AND status = 'open'";
            await pool().query(past, [held.json.hold_id]);
            await sweepExpiredHolds();
          },
          "capture again": () => ask("capture", nth + 1, { amount }),
        };
        const told = await Promise.all(acts.map((act) => does[act]()));
        unexpected.push(...told.flatMap((one) => (one && ![200, 409].includes(one.status) ? [one] : [])));
        // Whatever is open now ends here, one way or the other; what has ended says how.
        await Promise.all([ask("release", nth), ask("capture", nth + 2, { amount })]);
        await sweepExpiredHolds();
        const { json } = await server(nth).get(path);
        ends[json.status as keyof typeof ends]++;
        charged.set(user, (charged.get(user) ?? 0) + Number(json.captured_amount));
        if (json.status === "captured") expect(json.captured_amount).toBe(amount);
      };
      // A hundred at once, five times: more would be a trial of the pool's time-out for a connection, not of the holds.
      for (let wave = 0; wave < 500; wave += 100) {
        await Promise.all(fates.slice(wave, wave + 100).map((one, nth) => settle(one, wave + nth)));
      }

      expect(unexpected).toEqual([]);
      expect(ends.captured + ends.released + ends.expired).toBe(500);
      await sweepExpiredHolds();
      const { rows } = await pool().query<{ id: string; credits: number; held_credits: number }>(
        "SELECT id, credits, held_credits FROM users WHERE id = ANY($1)",
        [users],
      );
      for (const { id, credits, held_credits } of rows)
        expect([credits, held_credits]).toEqual([1_000 - (charged.get(id) ?? 0), 0]);
      const open = await pool().query("SELECT 1 FROM holds WHERE status = 'open'");
      expect(open.rows).toEqual([]);
      expect(await broken()).toEqual([]);
    }));
});
