import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { deployMigrations } from "@/prisma/migrations-runner";
import { startLocalPostgres } from "@/prisma/local";
import { findPostmaster } from "@/prisma/local/postmaster";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { type Answer, type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { broken } from "@/lib/testing/invariant";
import { startPostgresProxy } from "@/lib/testing/postgres-proxy";

const DEDUCT = "/api/unified/deduct-credits";

describe("a server killed between COMMIT and answer", () => {
  it("has charged once, and the same request to another server gets that answer", async () => {
    const user = await newPerson(10);
    const proxy = await startPostgresProxy(process.env.DATABASE_URL as string);
    const [doomed] = (await startDoorServers(1, { DATABASE_URL: proxy.url })) as [DoorServer];
    const [heir] = (await startDoorServers(1)) as [DoorServer];
    try {
      const body = { user_id: user, amount: 10, app_name: "imagegene" };
      const key = randomUUID();
      const committed = proxy.keepBackAnswerTo(key);
      const lost = doomed.post(DEDUCT, body, key).catch((error: unknown) => error);
      await committed;
      const ended = once(doomed.process, "exit");
      doomed.process.kill("SIGKILL");
      await ended;
      expect(await lost).toBeInstanceOf(Error);

      const again = await heir.post(DEDUCT, body, key);
      expect(again).toMatchObject({ status: 200, replayed: true, json: { new_balance: 0 } });
      const { rows } = await pool().query(
        "SELECT 1 FROM credit_transactions WHERE user_id = $1 AND transaction_type = 'used'",
        [user],
      );
      expect(rows).toHaveLength(1);
      expect(await broken()).toEqual([]);
    } finally {
      await Promise.all([doomed.stop(), heir.stop()]);
      await proxy.close();
    }
  });

  it("answers 503 where only the database's answer was lost, and the repeat tells the truth", async () => {
    const user = await newPerson(10);
    const proxy = await startPostgresProxy(process.env.DATABASE_URL as string);
    const [server] = (await startDoorServers(1, { DATABASE_URL: proxy.url })) as [DoorServer];
    const [heir] = (await startDoorServers(1)) as [DoorServer];
    try {
      const body = { user_id: user, amount: 4, app_name: "imagegene" };
      const key = randomUUID();
      const committed = proxy.keepBackAnswerTo(key);
      const told = server.post(DEDUCT, body, key);
      await committed;
      await proxy.close();
      expect(await told).toMatchObject({ status: 503, json: { code: "unavailable" } });
      expect(await heir.post(DEDUCT, body, key)).toMatchObject({ replayed: true, json: { new_balance: 6 } });
    } finally {
      await Promise.all([server.stop(), heir.stop()]);
    }
  });
});

describe("PostgreSQL killed under load", () => {
  it("loses nothing that was acknowledged, and the server goes on by itself when it is back", async () => {
    const dir = mkdtempSync(path.resolve(".penora", "fault-"));
    let local = await startLocalPostgres({ dir });
    const { url, dataDir } = local;
    await deployMigrations(url);
    const [server] = (await startDoorServers(1, { DATABASE_URL: url })) as [DoorServer];
    const user = randomUUID();
    const told: Answer[] = [];
    try {
      await server.post("/api/unified/create-user", {
        user_id: user,
        username: "x",
        email: "x@x.x",
        initial_credits: 1_000_000,
      });
      const ask = async () =>
        told.push(await server.post(DEDUCT, { user_id: user, amount: 1, app_name: "x" }, randomUUID()));
      const loads = Array.from({ length: 20 }, async () => {
        while (told.filter((one) => one.status === 503).length < 20) await ask();
      });
      await waitFor(() => told.length > 300);
      const postmaster = findPostmaster(dataDir);
      expect(postmaster).not.toBeNull();
      process.kill(postmaster?.pid ?? 0, "SIGKILL");
      await Promise.all(loads);

      const acknowledged = told.filter((one) => one.status === 200);
      expect(told.every((one) => one.status === 200 || one.json.code === "unavailable")).toBe(true);
      local = await startLocalPostgres({ dir });
      expect(local.url).toBe(url);
      await waitFor(
        async () => (await server.post(DEDUCT, { user_id: user, amount: 1, app_name: "x" })).status === 200,
      );

      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const ids = acknowledged.map((one) => one.json.transaction_id as string);
      const kept = await client.query("SELECT 1 FROM credit_transactions WHERE id = ANY($1::bigint[])", [
        ids,
      ]);
      const sum = await client.query(
        "SELECT u.credits - (SELECT sum(amount) FROM credit_transactions t WHERE t.user_id = u.id) AS off FROM users u",
      );
      await client.end();
      expect(kept.rowCount).toBe(acknowledged.length);
      expect(sum.rows).toEqual([{ off: "0" }]);
    } finally {
      await server.stop();
      await local.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

async function waitFor(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
