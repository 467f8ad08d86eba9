import "server-only";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

/**
 * Renews the lease of a hold that is open and not past its time; never shortens it. Whoever locks the row first decides
 * between this and its ending: the other finds it changed and moves nothing.
 * $4 hold · $5 app (null: any) · $6 seconds
 */
export const EXTEND_HOLD = recordedStatement({
  effect: `
    renewed AS (
      UPDATE holds h SET expires_at = GREATEST(h.expires_at, now()::timestamptz(3) + make_interval(secs => $6::int))
      WHERE h.id = $4::uuid AND h.status = 'open' AND ($5::text IS NULL OR h.app_name = $5)
        AND (h.expires_at > now() OR h.generation_id IS NOT NULL) AND ${NOT_KNOWN}
      RETURNING h.id, h.user_id, h.expires_at
    )`,
  result: `jsonb_build_object('hold_id', r.id, 'low_balance', u.credits <= u.low_balance_threshold, 'user_version', u.user_version,
    'expires_at', to_char(r.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))`,
  from: "renewed r JOIN users u ON u.id = r.user_id",
  person: "NULL", // a time only
});

/** Whole seconds until the first of a person's open holds is past its time, at least 1; null where none is open. $1 user */
export const FIRST_EXPIRY = statement(`
  SELECT GREATEST(1, ceil(extract(epoch FROM min(expires_at) - now())))::int AS seconds
  FROM holds WHERE user_id = $1 AND status = 'open'`);

export interface OpenHold {
  id: string;
  app_name: string;
  amount: number;
  description: string;
  expires_at: Date;
  /** A text settles its own hold, also past this time. */
  generation_id: string | null;
}

/** A person's open holds, the first to end first. $1 user */
export const OPEN_HOLDS = statement(`
  SELECT id, app_name, amount, description, expires_at, generation_id FROM holds
  WHERE user_id = $1 AND status = 'open' ORDER BY expires_at, id`);
