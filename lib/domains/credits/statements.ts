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

/**
 * Sets credits aside.
 * $4 user · $5 amount · $6 app · $7 description · $8 project_code · $9 action · $10 seconds · $11 api key · $12 generation
 */
export const HOLD = recordedStatement({
  effect: `
    purse AS (
      UPDATE users SET credits = credits - $5::bigint, held_credits = held_credits + $5::bigint,
        user_version = user_version + 1, updated_at = now()
      WHERE id = $4 AND credits >= $5::bigint AND ${NOT_KNOWN}
      RETURNING id, credits, held_credits, user_version, low_balance_threshold
    ),
    held AS (
      INSERT INTO holds
        (user_id, app_name, amount, description, project_code, action, expires_at, api_key_id, generation_id)
      SELECT p.id, $6, $5, $7, $8, $9, now()::timestamptz(3) + make_interval(secs => $10::int), $11, $12::uuid
      FROM purse p
      RETURNING id, amount, expires_at
    )`,
  result: `jsonb_build_object('hold_id', h.id, 'amount', h.amount, 'new_balance', p.credits,
    'held_credits', p.held_credits, 'low_balance', p.credits <= p.low_balance_threshold, 'user_version', p.user_version,
    'expires_at', to_char(h.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
  from: "held h, purse p",
});

/**
 * Ends a hold: `$7` of it is charged (null: all of it), the rest goes back. One conditional row decides
 * between capture, release and expiry: whoever locks it open has ended it.
 * $4 hold · $5 app (null: any) · $6 'captured' or 'released' · $7 amount · $8 description · $9 project_code ·
 * $10 user (null: any)
 */
export const END_HOLD = recordedStatement({
  effect: `
    claimed AS (
      SELECT id, user_id, app_name, amount, description, project_code, action, api_key_id, generation_id,
        CASE $6::text WHEN 'captured' THEN COALESCE($7::bigint, amount) ELSE 0 END AS charge
      FROM holds
      WHERE id = $4::uuid AND status = 'open' AND ($5::text IS NULL OR app_name = $5)
        AND ($10::text IS NULL OR user_id = $10)
        AND (expires_at > now() OR generation_id IS NOT NULL)
        AND COALESCE($7::bigint, amount) <= amount AND ${NOT_KNOWN}
      FOR UPDATE
    ),
    purse AS (
      UPDATE users u SET credits = u.credits + c.amount - c.charge, held_credits = u.held_credits - c.amount,
        user_version = u.user_version + 1, updated_at = now()
      FROM claimed c WHERE u.id = c.user_id
      RETURNING u.id, u.credits, u.held_credits, u.user_version, u.low_balance_threshold
    ),
    ledger AS (
      INSERT INTO credit_transactions
        (user_id, app_name, amount, transaction_type, description, balance_after, credits_after, user_version,
         project_code, api_key_id, hold_id, generation_id)
      SELECT c.user_id, c.app_name, -c.charge, 'used', COALESCE($8, c.description), p.credits + p.held_credits,
        p.credits, p.user_version, COALESCE($9, c.project_code), c.api_key_id, c.id, c.generation_id
      FROM claimed c JOIN purse p ON p.id = c.user_id WHERE c.charge > 0
      RETURNING id
    ),
    usage AS (
      INSERT INTO app_usage (user_id, app_name, action, credits_used, transaction_id)
      SELECT c.user_id, c.app_name, c.action, c.charge, l.id FROM claimed c, ledger l
    ),
    facts AS (
      SELECT c.id, c.charge, jsonb_build_object(
        'hold_id', c.id, 'credits_deducted', c.charge, 'credits_released', c.amount - c.charge,
        'new_balance', p.credits, 'low_balance', p.credits <= p.low_balance_threshold,
        'user_version', p.user_version, 'transaction_id', (SELECT id::text FROM ledger)
      ) AS result
      FROM claimed c JOIN purse p ON p.id = c.user_id
    ),
    ended AS (
      UPDATE holds h SET status = $6, captured_amount = f.charge, resolved_at = now(), result = f.result
      FROM facts f WHERE h.id = f.id AND h.status = 'open'
      RETURNING h.result AS facts, h.user_id
    )`,
  result: "facts",
  from: "ended",
  person: "NULL", // amounts only
  changed: "user_id",
});

export interface HoldRow {
  id: string;
  user_id: string;
  app_name: string;
  amount: number;
  status: "open" | "captured" | "released" | "expired";
  captured_amount: number;
  description: string;
  project_code: string | null;
  action: string;
  created_at: Date;
  expires_at: Date;
  resolved_at: Date | null;
  result: unknown;
  past: boolean;
}

/** $1 hold · $2 app (null: any) · $3 user (null: any) */
export const FIND_HOLD = statement(`
  SELECT id, user_id, app_name, amount, status, captured_amount, description, project_code, action, created_at,
    expires_at, resolved_at, result, (status = 'open' AND expires_at <= now() AND generation_id IS NULL) AS past
  FROM holds
  WHERE id = $1::uuid AND ($2::text IS NULL OR app_name = $2) AND ($3::text IS NULL OR user_id = $3)`);

/** Gives back a person's holds that are past their time. $1 user */
export const RECLAIM = statement(`
  WITH past AS (
    SELECT id, amount FROM holds
    WHERE user_id = $1 AND status = 'open' AND expires_at <= now() AND generation_id IS NULL
    ORDER BY id FOR UPDATE
  ),
  ended AS (
    UPDATE holds h SET status = 'expired', resolved_at = now() FROM past WHERE h.id = past.id AND h.status = 'open'
    RETURNING h.amount
  ),
  total AS (SELECT sum(amount)::bigint AS amount FROM ended)
  UPDATE users u SET credits = u.credits + t.amount, held_credits = u.held_credits - t.amount,
    user_version = u.user_version + 1, updated_at = now()
  FROM total t WHERE u.id = $1 AND t.amount > 0
  RETURNING u.id AS changed`);

/**
 * Across people: the sweep. Claims up to `$1` holds that are past their time, leaving to others what they have
 * claimed; a generation settles its own.
 */
export const SWEEP = statement(`
  WITH past AS (
    SELECT id, user_id FROM holds
    WHERE status = 'open' AND expires_at <= now() AND generation_id IS NULL
    ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
  ),
  purse AS (SELECT id FROM users WHERE id IN (SELECT user_id FROM past) ORDER BY id FOR NO KEY UPDATE),
  ended AS (
    UPDATE holds h SET status = 'expired', resolved_at = now()
    FROM past JOIN purse ON purse.id = past.user_id WHERE h.id = past.id AND h.status = 'open'
    RETURNING h.user_id, h.amount
  ),
  total AS (SELECT user_id, sum(amount)::bigint AS amount, count(*) AS holds FROM ended GROUP BY user_id)
  UPDATE users u SET credits = u.credits + t.amount, held_credits = u.held_credits - t.amount,
    user_version = u.user_version + 1, updated_at = now()
  FROM total t WHERE u.id = t.user_id
  RETURNING t.holds, u.id AS changed`);

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
