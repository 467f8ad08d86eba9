import "server-only";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

/**
 * Deducts for many requests in one statement, in their order, each judged alone.
 *
 * The purses are locked in the order of their ids, so that two such statements never wait for each other in a circle.
 * A request is admitted where all that came before it and itself fit the balance. One that was refused although it
 * would fit what is left (`certain` false) is to be asked again alone. What is judged and written comes from the locked
 * row, which nobody else changes meanwhile, never from `u`, which is as it was when the statement began (decision
 * *locked-rows-not-snapshots*). The ledger's numbers are drawn before its rows are written, in the requests' order: the
 * answers need no joining with what an INSERT returns, which for many requests costs the square of their number.
 *
 * $1 nth · $2 user_id · $3 amount · $4 app · $5 description · $6 project_code · $7 action · $8 metadata ·
 * $9 api_key_id · $10 scope · $11 key · $12 request hash, all arrays of one length.
 */
export const DEDUCT = statement(`
  WITH request AS (
    SELECT * FROM unnest(
      $1::int[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::text[], $8::jsonb[],
      $9::text[], $10::text[], $11::text[], $12::text[]
    ) AS r (nth, user_id, amount, app, description, project_code, action, metadata, api_key_id, scope, key, hash)
  ),
  known AS (
    SELECT r.nth, k.request_hash, k.result, k.created_at
    FROM request r JOIN idempotency_keys k ON k.scope = r.scope AND k.key = r.key
  ),
  fresh AS (SELECT * FROM request r WHERE NOT EXISTS (SELECT 1 FROM known WHERE known.nth = r.nth)),
  purse AS (
    SELECT id, credits, held_credits, user_version, low_balance_threshold FROM users
    WHERE id IN (SELECT user_id FROM fresh) ORDER BY id FOR NO KEY UPDATE
  ),
  judged AS (
    SELECT f.*, p.credits, p.held_credits, p.user_version, p.low_balance_threshold,
      sum(f.amount) OVER earlier AS spent, row_number() OVER earlier AS turn
    FROM fresh f JOIN purse p ON p.id = f.user_id
    WINDOW earlier AS (PARTITION BY f.user_id ORDER BY f.nth)
  ),
  admitted AS (SELECT * FROM judged WHERE spent <= credits),
  total AS (
    SELECT user_id, max(spent) AS amount, max(credits) - max(spent) AS credits_left,
      max(user_version) + count(*) AS new_version
    FROM admitted GROUP BY user_id
  ),
  moved AS (
    UPDATE users u SET credits = t.credits_left, user_version = t.new_version, updated_at = now()
    FROM total t WHERE u.id = t.user_id
    RETURNING u.id
  ),
  paid AS (
    SELECT a.*, a.credits - a.spent AS credits_after, a.user_version + a.turn AS new_version
    FROM admitted a JOIN moved m ON m.id = a.user_id ORDER BY a.nth
  ),
  numbered AS (SELECT *, nextval('credit_transactions_id_seq') AS transaction_id FROM paid),
  ledger AS (
    INSERT INTO credit_transactions
      (id, user_id, app_name, amount, transaction_type, description, balance_after, credits_after, user_version,
       project_code, metadata, api_key_id, created_at)
    SELECT transaction_id, user_id, app, -amount, 'used', description, credits_after + held_credits,
      credits_after, new_version, project_code, metadata, api_key_id, now()::timestamptz(3)
    FROM numbered
  ),
  done AS (
    SELECT *, jsonb_build_object(
      'credits_deducted', amount, 'new_balance', credits_after, 'app_name', app,
      'transaction_id', transaction_id::text, 'low_balance', credits_after <= low_balance_threshold,
      'user_version', new_version
    ) AS result
    FROM numbered
  ),
  usage AS (
    INSERT INTO app_usage (user_id, app_name, action, credits_used, details, transaction_id)
    SELECT user_id, app, action, amount, metadata, transaction_id FROM done
  ),
  record AS (
    INSERT INTO idempotency_keys (scope, key, request_hash, result, created_at)
    SELECT scope, key, hash, result, now()::timestamptz(3) FROM done WHERE key IS NOT NULL ORDER BY scope, key
  )
  SELECT nth, 'known' AS outcome, request_hash, result, created_at, NULL::bigint AS held, true AS certain,
    NULL::text AS changed
  FROM known
  UNION ALL
  SELECT nth, 'done', NULL, result, now()::timestamptz(3), NULL, true, user_id FROM done
  UNION ALL
  SELECT j.nth, 'refused', NULL, NULL, NULL, j.held_credits, j.amount > j.credits - COALESCE(t.amount, 0), NULL
  FROM judged j LEFT JOIN total t ON t.user_id = j.user_id WHERE j.spent > j.credits
  UNION ALL
  SELECT nth, 'nobody', NULL, NULL, NULL, NULL, true, NULL FROM fresh f
  WHERE NOT EXISTS (SELECT 1 FROM purse WHERE purse.id = f.user_id)`);

const ADD = `
    referred AS (SELECT 1 FROM credit_transactions WHERE app_name = $8 AND reference = $9),
    purse AS (
      UPDATE users SET credits = credits + $5::bigint, user_version = user_version + 1, updated_at = now()
      WHERE id = $4 AND credits + $5::bigint >= 0 AND ${NOT_KNOWN} AND NOT EXISTS (SELECT 1 FROM referred)
      RETURNING id, credits, held_credits, user_version, low_balance_threshold
    ),
    ledger AS (
      INSERT INTO credit_transactions
        (user_id, app_name, amount, transaction_type, description, balance_after, credits_after, user_version,
         reference, metadata, api_key_id)
      SELECT p.id, $8, $5, $6, $7, p.credits + p.held_credits, p.credits, p.user_version, $9, $10::jsonb, $11
      FROM purse p
      RETURNING id, user_id, amount, credits_after, user_version,
        (SELECT p.credits <= p.low_balance_threshold FROM purse p) AS low_balance
    ),
    usage AS (
      INSERT INTO app_usage (user_id, app_name, action, credits_used, details, transaction_id)
      SELECT user_id, $8, 'refund', -amount, $10::jsonb, id FROM ledger WHERE $6 = 'refund'
    )`;

const ADDED = `jsonb_build_object('user_id', user_id, 'amount', amount, 'new_balance', credits_after,
    'transaction_id', id::text, 'low_balance', low_balance, 'user_version', user_version)`;

/**
 * Adds to a purse, or takes from it (`$5` negative: an adjustment), if enough is there. A refund is use taken back.
 * $4 user · $5 signed amount · $6 type · $7 description · $8 app · $9 reference · $10 metadata · $11 api key
 */
export const GRANT = recordedStatement({ effect: ADD, result: ADDED, from: "ledger" });

/** As `GRANT`, by an operator's hand, and written down as that. Beside: $12 who · $13 command; $7 is the reason. */
export const GRANT_BY_HAND = recordedStatement({
  effect: `${ADD},
    noted AS (
      INSERT INTO operator_actions (who, reason, command, subject, result, details)
      SELECT $12, $7, $13, user_id, 'done', ${ADDED} - 'user_id'
        || CASE WHEN $9::text IS NULL THEN '{}' ELSE jsonb_build_object('reference', $9::text) END
      FROM ledger
    )`,
  result: ADDED,
  from: "ledger",
});

/** The row that a reference stands for. $1 app · $2 reference */
export const FIND_REFERENCE = statement(`
  SELECT t.id::text AS transaction_id, t.user_id, t.amount, t.transaction_type, t.credits_after AS new_balance,
    COALESCE(t.credits_after <= u.low_balance_threshold, false) AS low_balance, t.user_version, t.created_at
  FROM credit_transactions t LEFT JOIN users u ON u.id = t.user_id WHERE t.app_name = $1 AND t.reference = $2`);

/** People with their balance; `past` is what lies in holds that are past their time. $1 ids */
export const USER_INFO = statement(`
  SELECT u.id, u.username, u.email, u.credits, u.held_credits, u.user_version, u.subscription_status,
    u.storage_used_bytes, u.storage_limit_bytes, u.project_count, u.low_balance_threshold,
    u.credits <= u.low_balance_threshold AS low_balance,
    CASE WHEN u.held_credits > 0 THEN EXISTS (
      SELECT 1 FROM holds h WHERE h.user_id = u.id AND h.status = 'open' AND h.expires_at <= now()
        AND h.generation_id IS NULL
    ) ELSE false END AS past
  FROM users u WHERE u.id = ANY($1::text[])`);
