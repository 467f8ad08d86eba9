import "server-only";
import { statement } from "@/lib/database/client";

/** Across people: which version each of those is at whom somebody follows. $1 ids */
export const VERSIONS = statement("SELECT id, user_version FROM users WHERE id = ANY($1::text[])");

/**
 * Across people: what each of those has whom somebody follows, with the newest row of their ledger; `past` says that
 * something lies in holds that are past their time. $1 ids
 */
export const BALANCES = statement(`
  SELECT u.id, u.credits, u.held_credits, u.credits <= u.low_balance_threshold AS low_balance, u.user_version, u.storage_used_bytes, u.storage_limit_bytes, u.project_count,
    CASE WHEN u.held_credits > 0 THEN EXISTS (
      SELECT 1 FROM holds h WHERE h.user_id = u.id AND h.status = 'open' AND h.expires_at <= now()
        AND h.generation_id IS NULL
    ) ELSE false END AS past,
    t.user_version AS moved_at_version, t.id::text AS transaction_id, t.app_name, t.transaction_type, t.amount,
    t.balance_after, t.description, t.project_code, t.metadata, t.created_at
  FROM users u
  LEFT JOIN LATERAL (
    SELECT * FROM credit_transactions c WHERE c.user_id = u.id ORDER BY c.id DESC LIMIT 1
  ) t ON true
  WHERE u.id = ANY($1::text[])`);
