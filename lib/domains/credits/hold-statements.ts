import "server-only";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

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
