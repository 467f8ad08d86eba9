import "server-only";
import type { PoolClient } from "pg";
import { changedBy, changeNews, type Connection, pool, runStatement, type Statement } from "./client";
import { isDeadlock, isKeyConflict, toDatabaseError } from "./database-error";

const ATTEMPTS = 4;

/**
 * Runs `work` in one READ COMMITTED transaction on one connection: all of it happens, or nothing.
 * For what needs several statements; what moves money alone is one statement and needs none.
 * No call to the outside may be made in `work`, and it may be run again from its beginning: where PostgreSQL undid it so
 * that another could go on, or where two requests with one idempotency key met.
 */
export async function inTransaction<T>(work: (transaction: Connection) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await runOnce(work);
    } catch (error) {
      if (attempt < ATTEMPTS && (isDeadlock(error) || isKeyConflict(error))) continue;
      throw toDatabaseError(error);
    }
  }
}

async function runOnce<T>(work: (transaction: Connection) => Promise<T>): Promise<T> {
  const client = await connect();
  let broken: Error | undefined;
  const changed: string[] = [];
  const afterCommit: (() => void)[] = [];
  // Without a listener a connection that is lost between two statements would end the process.
  const lost = (error: Error): void => void (broken = error);
  client.on("error", lost);
  try {
    await client.query("BEGIN");
    const result = await work({
      async query<Row>(statement: Statement, values: readonly unknown[]) {
        const rows = await runStatement<Row>(client, statement, values);
        changed.push(...changedBy(statement, rows));
        return rows;
      },
      afterCommit: (told) => void afterCommit.push(told),
    });
    await client.query("COMMIT");
    changeNews().tell(changed);
    for (const told of afterCommit) told();
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch(lost);
    throw error;
  } finally {
    client.off("error", lost);
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
