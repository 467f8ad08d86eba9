import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { holdCredits } from "@/lib/domains/credits/holds";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { broken } from "@/lib/testing/invariant";
import { startPostgresProxy } from "@/lib/testing/postgres-proxy";

const SAVE = "/api/unified/save-project";
let servers: DoorServer[];

beforeAll(async () => {
  servers = await startDoorServers(3);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const server = (i: number) => servers[i % servers.length] as DoorServer; // there are three

async function order(amount = 10) {
  const user = await newPerson(20);
  const { result } = await holdCredits({ user_id: user, amount, app_name: "imagegene", caller: ROOT_CALLER });
  const body = {
    ...{
      user_id: user,
      app_source: "imagegene",
      project_type: "text",
      title: "Paid",
      content: "x".repeat(50),
    },
    ...{ hold_id: result.hold_id, capture_amount: 4 },
  };
  return { user, hold: result.hold_id, body };
}

async function stateOf(user: string) {
  const { rows } = await pool().query(
    "SELECT credits, held_credits AS held, project_count AS projects FROM users WHERE id = $1",
    [user],
  );
  return rows[0] as { credits: number; held: number; projects: number };
}

describe("a save that a hold pays for", () => {
  it("is one save for one hold, whichever of many comes first, 10 times", async () => {
    for (let round = 0; round < 10; round++) {
      const { user, body } = await order();
      const told = await Promise.all(Array.from({ length: 12 }, (_, i) => server(i).post(SAVE, body)));
      expect(told.map((one) => one.status).sort()).toEqual([200, ...Array<number>(11).fill(409)]);
      expect(told.every(({ status, json }) => status === 200 || json.code === "hold_already_captured")).toBe(
        true,
      );
      expect(await stateOf(user)).toEqual({ credits: 16, held: 0, projects: 1 });
    }
    expect(await broken()).toEqual([]);
  });

  it("is answered once to many with one key", async () => {
    const { user, body } = await order();
    const key = randomUUID();
    const told = await Promise.all(Array.from({ length: 12 }, (_, i) => server(i).post(SAVE, body, key)));
    expect(new Set(told.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(told[0]).toMatchObject({ status: 200, json: { credits_deducted: 4, new_balance: 16 } });
    expect(await stateOf(user)).toEqual({ credits: 16, held: 0, projects: 1 });
  });

  it("races release and other saves: paid exactly when stored, 20 times", async () => {
    for (let round = 0; round < 20; round++) {
      const { user, hold, body } = await order();
      const { hold_id: _hold, capture_amount: _amount, ...free } = body;
      const asks = [
        () => server(0).post(SAVE, body),
        () => server(1).post(`/api/unified/holds/${hold}/release`, {}),
        () => server(2).post(SAVE, { ...free, content: "y" }),
      ];
      if (round % 2) asks.reverse();
      const told = await Promise.all(asks.map((ask) => ask()));
      expect(told.filter((one) => one.status === 200)).toHaveLength(2);
      const state = await stateOf(user);
      expect([
        { credits: 16, held: 0, projects: 2 },
        { credits: 20, held: 0, projects: 1 },
      ]).toContainEqual(state);
    }
    expect(await broken()).toEqual([]);
  });

  it.each([
    ["before COMMIT: neither happened, and the repeat does both", "'payment'", false],
    ["behind COMMIT: both happened, and the repeat says so", "COMMIT", true],
  ])("killed %s", async (_when, marker, done) => {
    const { user, body } = await order();
    const proxy = await startPostgresProxy(process.env.DATABASE_URL as string);
    const [doomed] = (await startDoorServers(1, { DATABASE_URL: proxy.url })) as [DoorServer];
    try {
      const key = randomUUID();
      const reached = proxy.keepBackAnswerTo(marker);
      const lost = doomed.post(SAVE, body, key).catch((error: unknown) => error);
      await reached;
      const before = await stateOf(user);
      const ended = once(doomed.process, "exit");
      doomed.process.kill("SIGKILL");
      await ended;
      expect(await lost).toBeInstanceOf(Error);
      const paid = { credits: 16, held: 0, projects: 1 };
      expect(before).toEqual(done ? paid : { credits: 10, held: 10, projects: 0 });
      const again = await server(0).post(SAVE, body, key);
      expect(again).toMatchObject({ status: 200, replayed: done, json: { credits_deducted: 4 } });
      expect(await stateOf(user)).toEqual(paid);
      expect(await broken()).toEqual([]);
    } finally {
      await doomed.stop();
      await proxy.close();
    }
  });
});
