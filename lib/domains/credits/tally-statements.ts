import "server-only";
import { statement } from "@/lib/database/client";

const DAY = "(t.created_at AT TIME ZONE 'UTC')::date";
const USED = "CASE WHEN t.transaction_type IN ('used', 'refund') THEN -t.amount ELSE 0 END";

/** A person's ledger by day and app: what is folded, and each row behind it. `fresh` is 1 for what is not folded. */
const LEDGER = `
  ledger AS (
    SELECT day, app_name, rows, credits_used, 0 AS fresh FROM ledger_days WHERE user_id = $1
    UNION ALL
    SELECT ${DAY}, t.app_name, 1, ${USED}, 1 FROM credit_transactions t
    WHERE t.user_id = $1 AND t.id > COALESCE((SELECT up_to FROM ledger_folds WHERE user_id = $1), 0)
  )`;

/** How many rows of each app a person's ledger has, and what they used. $1 user */
export const TALLY_BY_APP = statement(`
  WITH ${LEDGER}
  SELECT app_name, sum(rows)::bigint AS rows, sum(credits_used)::bigint AS credits_used, sum(fresh)::bigint AS fresh
  FROM ledger GROUP BY app_name ORDER BY app_name`);

/** Credits used on each day, UTC, days without use left out. $1 user · $2 days back */
export const TALLY_BY_DAY = statement(`
  WITH ${LEDGER}
  SELECT to_char(day, 'YYYY-MM-DD') AS day, sum(credits_used)::bigint AS credits_used, sum(fresh)::bigint AS fresh
  FROM ledger WHERE day > (now() AT TIME ZONE 'UTC')::date - $2::int
  GROUP BY day ORDER BY day`);

/**
 * Folds what is not folded yet. Whoever locks the fold's row first adds its rows; the next begins behind them, for
 * ON CONFLICT judges the newest row. Nothing slips in below: a person's rows get their numbers while their purse is
 * locked, and so in the order in which they are there for others. $1 user
 */
export const FOLD = statement(`
  WITH newest AS (SELECT max(id) AS id FROM credit_transactions WHERE user_id = $1),
  fold AS (
    INSERT INTO ledger_folds AS f (user_id, up_to, before)
    SELECT $1, id, 0 FROM newest WHERE id IS NOT NULL
    ON CONFLICT (user_id) DO UPDATE SET before = f.up_to, up_to = GREATEST(f.up_to, excluded.up_to)
    RETURNING before, up_to
  ),
  tail AS (
    SELECT ${DAY} AS day, t.app_name, count(*) AS rows, sum(${USED})::bigint AS credits_used
    FROM credit_transactions t, fold
    WHERE t.user_id = $1 AND t.id > fold.before AND t.id <= fold.up_to
    GROUP BY 1, 2
  )
  INSERT INTO ledger_days AS d (user_id, day, app_name, rows, credits_used)
  SELECT $1, day, app_name, rows, credits_used FROM tail ORDER BY day, app_name
  ON CONFLICT (user_id, day, app_name)
    DO UPDATE SET rows = d.rows + excluded.rows, credits_used = d.credits_used + excluded.credits_used`);
