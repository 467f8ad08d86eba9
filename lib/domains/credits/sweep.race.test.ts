import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { CHORES } from "@/lib/server/background";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { until } from "@/lib/testing/generations";
import { broken } from "@/lib/testing/invariant";
import { holdCredits, sweepExpiredHolds } from "./holds";

const PEOPLE = 60;

let servers: DoorServer[];

beforeAll(async () => {
  servers = await startDoorServers(3, { DOOR_SERVER_CHORES: "true" });
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

/** Sixty people with a hold each, whose time passes now. */
async function expired(): Promise<string[]> {
  const users = await Promise.all(Array.from({ length: PEOPLE }, () => newPerson(10)));
  for (const user of users)
    await holdCredits({ user_id: user, amount: 7, app_name: "imagegene", caller: ROOT_CALLER });
  await pool().query("UPDATE holds SET expires_at = now() WHERE user_id = ANY($1)", [users]);
  return users;
}

/** Waits for the sweep; nobody asks for anything meanwhile. Then each hold has ended once: its version rose by one. */
async function sweptOnce(users: string[]): Promise<void> {
  const open = "SELECT count(*) AS n FROM holds WHERE user_id = ANY($1) AND status = 'open'";
  await until(async () => (await pool().query<{ n: number }>(open, [users])).rows[0]?.n === 0);
  const { rows } = await pool().query(
    `SELECT u.credits, u.held_credits, u.user_version, h.status, count(*) AS people
     FROM users u JOIN holds h ON h.user_id = u.id WHERE u.id = ANY($1) GROUP BY 1, 2, 3, 4`,
    [users],
  );
  expect(rows).toEqual([
    { credits: 10, held_credits: 0, user_version: 3, status: "expired", people: PEOPLE },
  ]);
  expect(await broken()).toEqual([]);
}

describe("holds past their time, where processes live", () => {
  it("are swept by themselves, every 5 seconds, and each once, though three processes sweep", async () => {
    expect(CHORES.find(({ work }) => work === sweepExpiredHolds)?.everySeconds).toBe(5);
    await sweptOnce(await expired());
  });

  it("are swept by those who are left when a process is killed in between", async () => {
    const [doomed] = servers as [DoorServer, ...DoorServer[]];
    const users = await expired();
    const ended = once(doomed.process, "exit");
    doomed.process.kill("SIGKILL");
    await ended;
    await sweptOnce(users);
  });

  it("are swept by the next process, when all have crashed", async () => {
    await Promise.all(servers.map((server) => server.stop()));
    const users = await expired();
    servers = await startDoorServers(1, { DOOR_SERVER_CHORES: "true" });
    await sweptOnce(users);
  });
});
