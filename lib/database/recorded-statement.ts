import "server-only";
import { AppError } from "@/lib/foundation/app-error";
import type { Idempotency } from "@/lib/foundation/caller";
import { Recorded } from "@/lib/foundation/recorded";
import { type Connection, database, statement, type Statement, writesPeople } from "./client";
import { isDeadlock, isKeyConflict, isLockTimeout } from "./database-error";

/** For this long the same key gives the first result again (contract, section 2). */
export const IDEMPOTENCY_HOURS = 72;

/** Values of a command's own begin at `$4`; `$1` to `$3` are the scope, key and hash of the idempotency key. */
interface RecordedCommand {
  /** Common table expressions that have the effect. The first to write must hold `${NOT_KNOWN}` in its WHERE. */
  readonly effect: string;
  /** A jsonb expression: the result, as facts. */
  readonly result: string;
  /** Where `result` is selected from. No row means that the effect was refused. */
  readonly from: string;
  /** Whose answer it is, in SQL: it goes when they are erased. Left out: `$4`. */
  readonly person?: string;
  /** Of an effect that writes people: whose row, in SQL, as `result` is selected. Left out: `person`. */
  readonly changed?: string;
}

/** Guards an effect: nothing happens where the key has its answer already. */
export const NOT_KNOWN = "NOT EXISTS (SELECT 1 FROM known)";

/** A statement that has an effect and records its result under the idempotency key, both or neither. */
export function recordedStatement(command: RecordedCommand): Statement {
  const { effect, result, from, person = "$4", changed = person } = command;
  const told = writesPeople(effect);
  if (told && changed === "NULL") throw new Error(`Whom does this change? ${effect.trim().slice(0, 200)}`);
  return statement(`
    WITH known AS (
      SELECT request_hash, result, created_at FROM idempotency_keys WHERE scope = $1 AND key = $2
    ),
    ${effect},
    outcome AS (SELECT ${result} AS result${told ? `, ${changed}::text AS changed` : ""} FROM ${from}),
    record AS (
      INSERT INTO idempotency_keys (scope, key, request_hash, result, user_id, created_at)
      SELECT $1, $2, $3::text, result, ${person}::text, now()::timestamptz(3) FROM outcome WHERE $2::text IS NOT NULL
    )
    SELECT request_hash, result, created_at, true AS replayed${told ? ", NULL::text AS changed" : ""} FROM known
    UNION ALL
    SELECT NULL, result, now()::timestamptz(3), false${told ? ", changed" : ""} FROM outcome`);
}

export interface RecordedRow<T> {
  request_hash: string | null;
  result: T;
  created_at: Date;
  replayed: boolean;
}

/**
 * Runs a recorded statement. Answers null where it was refused: nothing changed, and the key has no answer.
 * Repeats of a key get the first result, also while the first is under way and also where a new judgement would refuse.
 *
 * @throws `idempotency_key_reused` where the key was used for another request,
 *   `idempotency_in_progress` where the first request with the key does not end in time.
 */
export async function runRecorded<T>(
  command: Statement,
  idempotency: Idempotency | null,
  values: readonly unknown[],
  connection: Connection = database,
): Promise<Recorded<T> | null> {
  const all = [
    idempotency?.scope ?? null,
    idempotency?.key ?? null,
    idempotency?.requestHash ?? null,
    ...values,
  ];
  for (let attempt = 1; ; attempt++) {
    try {
      const [row] = await connection.query<RecordedRow<T>>(command, all);
      if (row === undefined) return idempotency && findRecorded<T>(idempotency, connection);
      if (row.replayed && (await forgetIfOld(row, idempotency, connection))) continue;
      return toRecorded(row, idempotency);
    } catch (error) {
      const again = isKeyConflict(error) || isDeadlock(error);
      // In a transaction of several statements the whole of it is run again, by `inTransaction`.
      if (again && attempt < 4 && connection === database) continue;
      throw idempotencyError(error, idempotency);
    }
  }
}

/** The answer that a key has already, or null. For refusals: a key that has an answer is always answered from it. */
export async function findRecorded<T>(
  idempotency: Idempotency,
  connection: Connection = database,
): Promise<Recorded<T> | null> {
  const [row] = await connection.query<RecordedRow<T>>(FIND, [idempotency.scope, idempotency.key]);
  return row === undefined ? null : toRecorded(row, idempotency);
}

const FIND = statement(`
  SELECT request_hash, result, created_at, true AS replayed FROM idempotency_keys
  WHERE scope = $1 AND key = $2 AND created_at > now() - interval '${IDEMPOTENCY_HOURS} hours'`);

const FORGET = statement(`
  DELETE FROM idempotency_keys
  WHERE scope = $1 AND key = $2 AND created_at <= now() - interval '${IDEMPOTENCY_HOURS} hours'
  RETURNING 1`);

/** Forgets a key whose time is over, so that it can be used anew. True if it was. */
export async function forgetIfOld(
  row: { created_at: Date },
  idempotency: Idempotency | null,
  connection: Connection = database,
): Promise<boolean> {
  if (idempotency === null || Date.now() - row.created_at.getTime() < IDEMPOTENCY_HOURS * 3_600_000)
    return false;
  // The database's clock decides: by ours alone the key might be too old here and still young there.
  return (await connection.query(FORGET, [idempotency.scope, idempotency.key])).length > 0;
}

/** Holds a recorded row against the request that found it. */
export function toRecorded<T>(row: RecordedRow<T>, idempotency: Idempotency | null): Recorded<T> {
  if (row.replayed && row.request_hash !== idempotency?.requestHash)
    throw new AppError("idempotency_key_reused");
  return new Recorded(row.result, row.created_at, row.replayed);
}

/** A lock that was not had in time: with a key, the first request is still under way. */
export function idempotencyError(error: unknown, idempotency: Idempotency | null): unknown {
  if (!isLockTimeout(error)) return error;
  return new AppError(idempotency === null ? "unavailable" : "idempotency_in_progress", {
    retryAfterSeconds: 1,
    cause: error,
  });
}
