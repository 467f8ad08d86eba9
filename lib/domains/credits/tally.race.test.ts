import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database, pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { tallyByApp } from "./tally";
import { FOLD } from "./tally-statements";

let servers: DoorServer[];
beforeAll(async () => void (servers = await startDoorServers(3)));
afterAll(() => Promise.all(servers.map((server) => server.stop())));

describe("a ledger that is folded while three servers write to it", () => {
  it("counts every row once, also where many fold at the same time", async () => {
    const user = await newPerson(10_000);
    for (let round = 0; round < 10; round++) {
      const spend = (nth: number) =>
        servers[nth % 3]?.post("/api/unified/deduct-credits", {
          user_id: user,
          amount: 1,
          app_name: nth % 2 ? "imagegene" : "penora",
        });
      const told = await Promise.all([
        ...Array.from({ length: 24 }, (_, nth) => spend(nth)),
        ...Array.from({ length: 4 }, () => database.query(FOLD, [user])),
      ]);
      expect(told.slice(0, 24).map((one) => (one as { status: number }).status)).toEqual(Array(24).fill(200));
    }
    await database.query(FOLD, [user]);
    const { rows } = await pool().query(
      "SELECT app_name, count(*) AS rows FROM credit_transactions WHERE user_id = $1 GROUP BY 1 ORDER BY 1",
      [user],
    );
    const tallies = await tallyByApp(user);
    expect(tallies.map(({ app_name, rows: count }) => ({ app_name, rows: count }))).toEqual(rows);
    expect(tallies.reduce((sum, { credits_used }) => sum + credits_used, 0)).toBe(240);
  });
});
