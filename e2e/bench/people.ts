import type pg from "pg";

/** Ids are this and a number from 1. */
export const PERSON = "bench-";
/** As many rows as grown tables have: a plan that is only good for a small one shows here. */
export const PEOPLE = 100_000;
/** Those who spend while it is measured. */
export const ACTIVE = 10_000;
const CREDITS = 1_000_000_000;

/** Everybody has an opening balance and one project, and one request was made with a key: all of it agrees. */
export async function makePeople(client: pg.ClientBase): Promise<void> {
  await client.query(`
    INSERT INTO users (id, username, email, credits, storage_used_bytes, project_count)
    SELECT '${PERSON}' || n, 'Person ' || n, 'person' || n || '@example.com', ${CREDITS}, 400, 1
    FROM generate_series(1, ${PEOPLE}) AS n`);
  await client.query(`
    INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count)
    SELECT 'bench-' || n, '${PERSON}' || n, 'A page', repeat('word', 100), 'bench', 'text', 400, 1
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
