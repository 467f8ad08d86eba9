import "server-only";
import type { PoolClient } from "pg";
import { type Connection, pool, runStatement } from "./client";
import { toDatabaseError } from "./database-error";

/**
 * Runs `work` in one READ COMMITTED transaction on one connection: all of it happens, or nothing.
 * For what needs several statements; what moves money alone is one statement and needs none.
 * No call to the outside may be made in `work`.
 */
export async function inTransaction<T>(work: (transaction: Connection) => Promise<T>): Promise<T> {
  const client = await connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work({ query: (statement, values) => runStatement(client, statement, values) });
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((lost: Error) => {
      broken = lost;
    });
    throw toDatabaseError(error);
  } finally {
    client.release(broken);
  }
}

async function connect(): Promise<PoolClient> {
  try {
    return await pool().connect();
  } catch (error) {
    throw toDatabaseError(error);
  }
}
