import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { listActions } from "@/lib/database/operator-log";
import { type AppError } from "@/lib/foundation/app-error";
import { newPerson } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { broken } from "@/lib/testing/invariant";
import { debitByHand, grantByHand } from "./by-hand";

const WHY = { reason: "a race", by: "Ada", type: "adjustment" } as const;

it("one reference is granted once, though 40 operators bring it at once, 10 times", async () => {
  for (let round = 0; round < 10; round++) {
    const user = await newPerson(0);
    const wish = { ...WHY, user_id: user, amount: 9, reference: randomUUID() };
    const told = await Promise.all(Array.from({ length: 40 }, () => grantByHand(wish)));
    expect(new Set(told.map(({ result }) => JSON.stringify(result))).size).toBe(1);
    expect(told.filter(({ replayed }) => !replayed)).toHaveLength(1);
    const noted = await listActions({ subject: user, limit: 100 });
    expect(noted.filter(({ result }) => result === "done")).toHaveLength(1);
    expect(noted.filter(({ result }) => result === "repeated")).toHaveLength(39);
  }
  expect(await broken()).toEqual([]);
});

it("debits by hand and an app's deductions sell no coin twice, and every one that was done is written down", async () => {
  const [server] = (await startDoorServers(1)) as [DoorServer];
  try {
    const user = await newPerson(100);
    const spend = { user_id: user, amount: 1, app_name: "imagegene" };
    const [taken, spent] = await Promise.all([
      Promise.all(
        Array.from({ length: 80 }, () =>
          debitByHand({ ...WHY, user_id: user, amount: 1 }).then(
            () => 1,
            (error: unknown) => {
              expect((error as AppError).code).toBe("insufficient_credits");
              return 0;
            },
          ),
        ),
      ),
      Promise.all(Array.from({ length: 80 }, () => server.post("/api/unified/deduct-credits", spend))),
    ]);
    const debits = taken.reduce<number>((sum, one) => sum + one, 0);
    expect(debits + spent.filter(({ status }) => status === 200).length).toBe(100);
    const { rows } = await pool().query("SELECT result FROM operator_actions WHERE subject = $1", [user]);
    expect(rows.filter(({ result }) => result === "done")).toHaveLength(debits);
    expect(rows).toHaveLength(80);
    expect(await broken()).toEqual([]);
  } finally {
    await server.stop();
  }
});
