import { expect, it } from "vitest";
import { inTransaction } from "./transaction";
import { database, pool, statement } from "./client";

const ONE = statement("SELECT 1 AS one");

it("a connection that is lost while nobody listens to it ends no process, and the next statement has another", async () => {
  const client = await pool().connect();
  // Not `once` of node:events: it would listen for errors too.
  const lost = new Promise<void>((resolve) => client.once("end", resolve));
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  await pool().query("SELECT pg_terminate_backend($1)", [rows[0]?.pid]);
  await lost;
  client.release();
  expect(await database.query(ONE, [])).toEqual([{ one: 1 }]);
  expect(await inTransaction((transaction) => transaction.query(ONE, []))).toEqual([{ one: 1 }]);
});
