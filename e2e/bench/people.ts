import type pg from "pg";

/** Ids are this and a number from 1. */
export const PERSON = "bench-";
/** As many rows as a grown table has: a plan that is only good for a small one shows here. */
export const PEOPLE = 100_000;
/** Those who spend while it is measured. */
export const ACTIVE = 10_000;
const CREDITS = 1_000_000_000;

/** Fills the tables in two statements; the ledger agrees with the balances from the first row on. */
export async function makePeople(client: pg.ClientBase): Promise<void> {
  await client.query(`
    INSERT INTO users (id, username, email, credits)
    SELECT '${PERSON}' || n, 'Person ' || n, 'person' || n || '@example.com', ${CREDITS}
    FROM generate_series(1, ${PEOPLE}) AS n`);
  await client.query(`
    INSERT INTO credit_transactions
      (user_id, app_name, amount, transaction_type, description, balance_after, credits_after, user_version)
    SELECT id, 'penora', credits, 'initial', 'Opening balance', credits, credits, user_version FROM users`);
  await client.query(`
    INSERT INTO idempotency_keys (scope, key, request_hash, result)
    SELECT 'app:earlier', 'earlier-' || n, 'earlier', '{}' FROM generate_series(1, ${PEOPLE}) AS n`);
}

/** One of the first `of` people, at random. */
export function somebody(of: number = ACTIVE): string {
  return PERSON + (1 + Math.floor(Math.random() * of));
}
