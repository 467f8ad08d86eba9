import "server-only";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

/** The same threshold again is no change. $4 user · $5 threshold */
export const SET_LOW_BALANCE = recordedStatement({
  effect: `
    chosen AS (
      UPDATE users u SET low_balance_threshold = $5::int, updated_at = now(),
        user_version = u.user_version + (u.low_balance_threshold <> $5::int)::int
      WHERE u.id = $4 AND ${NOT_KNOWN}
      RETURNING u.id, u.credits, u.low_balance_threshold, u.user_version
    )`,
  result: `jsonb_build_object('user_id', id, 'credits', credits, 'low_balance', credits <= low_balance_threshold,
    'low_balance_threshold', low_balance_threshold, 'user_version', user_version)`,
  from: "chosen",
});
