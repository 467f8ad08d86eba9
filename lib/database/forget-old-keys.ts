import "server-only";
import { database, statement } from "./client";
import { IDEMPOTENCY_HOURS } from "./recorded-statement";

const BATCH = 5_000;

/** Across people: idempotency keys whose time is over, in small batches so that nobody waits for them. */
const FORGET_OLD = statement(`
  DELETE FROM idempotency_keys k USING (
    SELECT scope, key FROM idempotency_keys WHERE created_at < now() - interval '${IDEMPOTENCY_HOURS} hours'
    ORDER BY created_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  ) old
  WHERE k.scope = old.scope AND k.key = old.key
  RETURNING 1`);

/** Deletes every idempotency key whose time is over. Answers how many. */
export async function forgetOldKeys(): Promise<number> {
  for (let forgotten = 0; ;) {
    const rows = await database.query(FORGET_OLD, []);
    forgotten += rows.length;
    if (rows.length < BATCH) return forgotten;
  }
}
