import "server-only";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

/**
 * Across people: one batch of a campaign. People who have had it are passed over.
 * $1 campaign · $2 amount · $3 ids (null: everybody) · $4 begin behind this id · $5 app · $6 api key
 */
export const GIVE_BONUS = statement(`
  WITH batch AS (
    SELECT id FROM users WHERE id > $4 AND ($3::text[] IS NULL OR id = ANY($3)) ORDER BY id LIMIT 1000
  ),
  purse AS (
    SELECT id FROM users u
    WHERE id IN (SELECT id FROM batch)
      AND NOT EXISTS (SELECT 1 FROM credit_transactions t WHERE t.campaign = $1 AND t.user_id = u.id)
    ORDER BY id FOR NO KEY UPDATE
  ),
  moved AS (
    UPDATE users u SET credits = u.credits + $2::bigint, user_version = u.user_version + 1, updated_at = now()
    FROM purse WHERE u.id = purse.id
    RETURNING u.id, u.credits, u.held_credits, u.user_version
  ),
  ledger AS (
    INSERT INTO credit_transactions
      (user_id, app_name, amount, transaction_type, description, balance_after, credits_after, user_version,
       campaign, api_key_id)
    SELECT id, $5, $2, 'bonus', 'Bonus: ' || $1, credits + held_credits, credits, user_version, $1, $6 FROM moved
    RETURNING 1
  )
  SELECT (SELECT max(id) FROM batch) AS last_id, (SELECT count(*) FROM ledger) AS given,
    (SELECT array_agg(id) FROM moved) AS changed`);

/** Records what a campaign gave, once it is through. $4 the answer, as jsonb */
export const BONUS_GIVEN = recordedStatement({
  effect: `told AS (SELECT $4::jsonb AS answer WHERE ${NOT_KNOWN})`,
  result: "answer",
  from: "told",
  person: "NULL",
});
