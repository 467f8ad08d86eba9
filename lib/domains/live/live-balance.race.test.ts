import { afterEach, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { otherDatabase } from "@/prisma/local/scratch";
import { newPerson } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { until } from "@/lib/testing/generations";
import { type OpenStream, openStream } from "@/lib/testing/many-streams";
import { signedIn } from "@/lib/testing/signed-in";

const servers: DoorServer[] = [];
const streams: OpenStream[] = [];
afterEach(async () => {
  for (const stream of streams.splice(0)) stream.leave();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(count: number, environment?: Record<string, string>): Promise<DoorServer[]> {
  const started = await startDoorServers(count, environment);
  servers.push(...started);
  return started;
}

async function follow(server: DoorServer, user: string): Promise<OpenStream> {
  const stream = await openStream(server.url, user);
  streams.push(stream);
  return stream;
}

const spend = async (server: DoorServer, user: string, amount: number) => {
  const told = await server.post("/api/unified/deduct-credits", {
    user_id: user,
    amount,
    app_name: "imagegene",
  });
  expect(told.status).toBe(200);
};

const all = (some: readonly OpenStream[], credits: number) =>
  until(async () => some.every((stream) => stream.credits() === credits));

describe("streams of a balance over several processes", () => {
  it("five thousand on one process all hear what another process does, over one connection that listens", async () => {
    const [here, there] = (await start(2)) as [DoorServer, DoorServer];
    const known = await newPerson(100);
    const others = await Promise.all(Array.from({ length: 250 }, () => newPerson(100)));
    const wanted = [
      ...Array<string>(4_000).fill(known),
      ...others.flatMap((user) => Array<string>(4).fill(user)),
    ];
    while (wanted.length > 0) await Promise.all(wanted.splice(0, 250).map((user) => follow(here, user)));
    expect(streams).toHaveLength(5_000);
    const followers = streams.filter(({ userId }) => userId === known);
    const strangers = streams.filter(({ userId }) => userId !== known);

    await spend(there, known, 7);
    await all(followers, 93);
    expect(strangers.every((stream) => stream.credits() === 100)).toBe(true);

    // No stream holds a connection of the pool: two pools of twelve, one that listens, and this test's own pool.
    const { rows } = await pool().query<{ held: number; listening: number }>(
      `SELECT count(*) FILTER (WHERE state LIKE 'idle in%')::int AS held,
         count(*) FILTER (WHERE query ~ '^(LISTEN|SELECT 1$)')::int AS listening
       FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    expect(rows).toEqual([{ held: 0, listening: 1 }]);

    const given = await there.post("/api/unified/give-bonus-credits", { campaign: "all", bonus_amount: 5 });
    expect(given.json.users_updated).toBe(251);
    await all(followers, 98);
    await all(strangers, 105);
    expect(streams.every((stream) => stream.isOpen())).toBe(true);
  });

  it("two processes that both spend leave every stream with the true balance, whichever it hangs on", async () => {
    const both = (await start(2)) as [DoorServer, DoorServer];
    const user = await newPerson(1_000);
    const mine = await Promise.all(
      both.flatMap((server) => Array.from({ length: 10 }, () => follow(server, user))),
    );
    await Promise.all(Array.from({ length: 300 }, (_, nth) => spend(both[nth % 2]!, user, 1)));
    await all(mine, 700);
  });

  it("signing out everywhere at one process ends the streams at the others, and no one else's", async () => {
    const [here, there] = (await start(2)) as [DoorServer, DoorServer];
    const [user, other] = [await newPerson(5), await newPerson(6)];
    const open = async (person: string) => {
      const stream = await openStream(here.url, person, await signedIn(person), "/api/events");
      streams.push(stream);
      return stream;
    };
    const [first, second, strange] = [await open(user), await open(user), await open(other)];
    const headers = await signedIn(user);
    const told = await fetch(`${there.url}/api/session/end`, {
      method: "POST",
      headers,
      body: '{"everywhere":true}',
    });
    expect(told.status).toBe(200);
    await until(async () => !first.isOpen() && !second.isOpen());
    await spend(there, other, 1);
    await all([strange], 5);
    expect(strange.isOpen()).toBe(true);
  });

  it("go on after the server of the database has thrown everybody out", async () => {
    const [here, there] = (await start(2)) as [DoorServer, DoorServer];
    const user = await newPerson(50);
    const stream = await follow(here, user);
    await pool().query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
    );
    await until(async () => (await there.get("/api/unified/me")).status === 200);
    await until(async () => {
      const told = await there.post(
        "/api/unified/deduct-credits",
        { user_id: user, amount: 1, app_name: "imagegene" },
        "once",
      );
      return told.status === 200;
    });
    await all([stream], 49);
    expect(stream.isOpen()).toBe(true);
  });

  it.each([
    ["refused", "postgresql://nobody@127.0.0.1:9/nowhere"],
    ["accepted and silent, as behind a transaction pooler", "another database"],
  ])("where listening is %s they look for themselves", async (_why, direct) => {
    const DIRECT_DATABASE_URL =
      direct === "another database" ? otherDatabase(process.env.DATABASE_URL!, "postgres") : direct;
    const [deaf] = (await start(1, { DIRECT_DATABASE_URL })) as [DoorServer];
    const [there] = (await start(1)) as [DoorServer];
    const user = await newPerson(50);
    const stream = await follow(deaf, user);
    await spend(there, user, 4);
    await all([stream], 46);
    // What the process does itself it need not hear from anybody.
    await spend(deaf, user, 4);
    await all([stream], 42);
  });
});
