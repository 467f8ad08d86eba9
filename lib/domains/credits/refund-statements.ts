import "server-only";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

/**
 * Gives back `$6` of what a row of the ledger spent (null: what is left). The guard is the row that counts what was
 * given back already: ON CONFLICT judges and writes the newest one, locked, while a sum over the ledger would be as it
 * was when the statement began.
 * $4 user · $5 transaction · $6 amount · $7 app (null: any) · $8 description · $9 api key
 */
export const REFUND = recordedStatement({
  effect: `
    spent AS (
      SELECT id, user_id, app_name, -amount AS amount, project_code, generation_id FROM credit_transactions
      WHERE id = $5::bigint AND user_id = $4 AND transaction_type = 'used' AND ($7::text IS NULL OR app_name = $7)
    ),
    counted AS (
      INSERT INTO refund_totals AS r (transaction_id, original, refunded, latest)
      SELECT id, amount, COALESCE($6::bigint, amount), COALESCE($6::bigint, amount) FROM spent
      WHERE COALESCE($6::bigint, amount) <= amount AND ${NOT_KNOWN}
      ON CONFLICT (transaction_id) DO UPDATE
        SET refunded = r.refunded + COALESCE($6::bigint, r.original - r.refunded),
          latest = COALESCE($6::bigint, r.original - r.refunded)
        WHERE r.refunded < r.original AND r.refunded + COALESCE($6::bigint, 0) <= r.original
      RETURNING r.transaction_id, r.latest, r.original - r.refunded AS left_over
    ),
    purse AS (
      UPDATE users u SET credits = u.credits + c.latest, user_version = u.user_version + 1, updated_at = now()
      FROM counted c WHERE u.id = $4
      RETURNING u.id, u.credits, u.held_credits, u.user_version, u.low_balance_threshold
    ),
    ledger AS (
      INSERT INTO credit_transactions
        (user_id, app_name, amount, transaction_type, description, balance_after, credits_after, user_version,
         project_code, metadata, api_key_id, generation_id)
      SELECT p.id, s.app_name, c.latest, 'refund', $8, p.credits + p.held_credits, p.credits, p.user_version,
        s.project_code, jsonb_build_object('refunded_transaction_id', s.id::text), $9, s.generation_id
      FROM purse p, counted c, spent s
      RETURNING id, user_id, app_name, amount, credits_after, user_version, metadata,
        (SELECT p.credits <= p.low_balance_threshold FROM purse p) AS low_balance
    ),
    usage AS (
      INSERT INTO app_usage (user_id, app_name, action, credits_used, details, transaction_id)
      SELECT user_id, app_name, 'refund', -amount, metadata, id FROM ledger
    )`,
  result: `jsonb_build_object('credits_refunded', l.amount, 'refundable_left', c.left_over,
    'new_balance', l.credits_after, 'transaction_id', l.id::text, 'low_balance', l.low_balance,
    'user_version', l.user_version)`,
  from: "ledger l, counted c",
});

export interface RefundableRow {
  transaction_type: string;
  amount: number;
  refunded: number;
}

/** A row of the ledger and what was given back of it. $1 transaction · $2 user · $3 app (null: any) */
export const FIND_REFUNDABLE = statement(`
  SELECT t.transaction_type, t.amount, COALESCE(r.refunded, 0)::bigint AS refunded
  FROM credit_transactions t LEFT JOIN refund_totals r ON r.transaction_id = t.id
  WHERE t.id = $1::bigint AND t.user_id = $2 AND ($3::text IS NULL OR t.app_name = $3)`);
