import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { createKey } from "@/lib/domains/api-keys/manage-keys";
import { type Answer, type DoorServer, startDoorServers } from "@/lib/testing/door-servers";

const LIMIT = { requests_per_second: 50, burst: 300 };
const ME = "/api/unified/me";

let servers: DoorServer[];

beforeAll(async () => {
  servers = await startDoorServers(3);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

async function limitedKey(): Promise<string> {
  const wanted = { app: `app-${randomUUID()}`, scopes: ["credits:read"], expiresAt: null };
  return (await createKey({ ...wanted, rateLimit: LIMIT })).key;
}

const server = (i: number) => servers[i % servers.length] as DoorServer; // there are three
const ask = (key: string, times: number, over: (i: number) => DoorServer) =>
  Promise.all(Array.from({ length: times }, (_, i) => over(i).get(ME, key)));
const admitted = (told: readonly Answer[]) => told.filter(({ status }) => status === 200).length;

describe("a key that asks three server processes at once", () => {
  it("is admitted what its limit gives and at most one share more, and all of it, cold and warm", async () => {
    for (let round = 0; round < 6; round++) {
      const key = await limitedKey();
      const began = performance.now();
      let sum = 0;
      // Shares are settled between the waves: what one process gave back another may take.
      for (let wave = 0; wave < 4; wave++) {
        const told = await ask(key, 300, server);
        sum += admitted(told);
        const refused = told.filter(({ status }) => status !== 200);
        expect(refused.every(({ status, json }) => status === 429 && json.code === "rate_limited")).toBe(
          true,
        );
        expect(refused.every(({ retryAfter }) => retryAfter === "1")).toBe(true);
      }
      const budget = LIMIT.burst + (LIMIT.requests_per_second * (performance.now() - began)) / 1_000;
      expect(sum).toBeLessThanOrEqual(budget + LIMIT.burst / servers.length);
      expect(sum).toBeGreaterThanOrEqual(LIMIT.burst);
    }
  });

  it("goes on at its rate when the burst is spent, whichever processes it asks", async () => {
    const key = await limitedKey();
    await ask(key, 400, server);
    const began = performance.now();
    let sum = 0;
    // It asks until what the rate gives in three seconds was admitted: that this comes at all is the promise.
    while (sum < 3 * LIMIT.requests_per_second) sum += admitted(await ask(key, 30, server));
    const seconds = (performance.now() - began) / 1_000;
    expect(sum).toBeLessThanOrEqual(LIMIT.requests_per_second * (seconds + 1) + LIMIT.burst / servers.length);
  });

  it("leaves its budget to the others where a process is killed", async () => {
    const key = await limitedKey();
    const [doomed] = (await startDoorServers(1)) as [DoorServer];
    await ask(key, 30, () => doomed);
    await doomed.stop();
    // The dead one's share grows back, at the rate, once it has been silent for a while.
    let sum = 0;
    while (sum < LIMIT.burst) sum += admitted(await ask(key, 30, server));
    const { rows } = await pool().query<{ holders: object }>(
      "SELECT holders FROM key_budgets b JOIN api_keys k ON k.id = b.api_key_id WHERE k.key_hash = encode(sha256(convert_to($1, 'UTF8')), 'hex')",
      [key],
    );
    expect(Object.keys(rows[0]?.holders ?? {}).length).toBeLessThanOrEqual(4);
  });

  it("writes nothing for a request: its budget's row changes once a second, and seldom in between", async () => {
    await pool().query(`
      CREATE SEQUENCE budget_writes;
      CREATE FUNCTION count_budget_write() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM nextval('budget_writes'); RETURN NULL; END $$;
      CREATE TRIGGER counted AFTER INSERT OR UPDATE ON key_budgets FOR EACH ROW EXECUTE FUNCTION count_budget_write()`);
    const key = await limitedKey();
    const began = performance.now();
    await ask(key, 1_200, () => server(0));
    const { rows } = await pool().query<{ last_value: number }>("SELECT last_value FROM budget_writes");
    // Other keys of this file may still be given back meanwhile: a write or two a second for each.
    const seconds = (performance.now() - began) / 1_000;
    expect(rows[0]?.last_value).toBeGreaterThanOrEqual(2);
    expect(rows[0]?.last_value).toBeLessThanOrEqual(30 + 10 * seconds);
  });
});
