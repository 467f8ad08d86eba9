import "server-only";
import { statement } from "@/lib/database/client";

/**
 * Credits used in each interval, UTC, of each app or action. One row without a start where nothing was used; none where
 * there is no such person. $1 user · $2 from (null: ever) · $3 to, not included (null: now) · $4 interval · $5 `app` or `action`
 */
export const USAGE = statement(`
  SELECT to_char(a.start, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS start, a.grouped AS "group", a.credits_used, a.count
  FROM users u
  LEFT JOIN LATERAL (
    SELECT date_trunc($4::text, created_at AT TIME ZONE 'UTC') AS start,
      CASE $5::text WHEN 'app' THEN app_name ELSE action END AS grouped,
      sum(credits_used)::bigint AS credits_used, count(*) FILTER (WHERE credits_used > 0) AS count
    FROM app_usage
    WHERE user_id = u.id AND ($2::timestamptz IS NULL OR created_at >= $2)
      AND ($3::timestamptz IS NULL OR created_at < $3)
    GROUP BY 1, 2
  ) a ON true
  WHERE u.id = $1
  ORDER BY a.start, a.grouped`);

/**
 * Across people: counts again what `$2` people behind `$1` have, and tells of each who differs. One statement sees one
 * moment, so that whoever spends meanwhile does not differ.
 */
export const RECONCILE = statement(`
  WITH batch AS (
    SELECT id, credits, held_credits, storage_used_bytes, project_count FROM users
    WHERE id > $1 ORDER BY id LIMIT $2
  ),
  counted AS (
    SELECT b.id AS user_id, b.credits, b.held_credits, l.total AS ledger_total, h.amount AS open_holds,
      l.used AS ledger_used, a.used AS usage_total, b.storage_used_bytes, p.bytes AS project_bytes, b.project_count,
      p.projects
    FROM batch b
    CROSS JOIN LATERAL (
      SELECT COALESCE(sum(amount), 0)::bigint AS total,
        COALESCE(-sum(amount) FILTER (WHERE transaction_type IN ('used', 'refund')), 0)::bigint AS used
      FROM credit_transactions t WHERE t.user_id = b.id
    ) l
    CROSS JOIN LATERAL (
      SELECT COALESCE(sum(amount), 0)::bigint AS amount FROM holds WHERE user_id = b.id AND status = 'open'
    ) h
    CROSS JOIN LATERAL (
      SELECT COALESCE(sum(credits_used), 0)::bigint AS used FROM app_usage WHERE user_id = b.id
    ) a
    CROSS JOIN LATERAL (
      SELECT COALESCE(sum(size_bytes), 0)::bigint AS bytes, count(*) AS projects
      FROM projects WHERE user_id = b.id AND deleted_at IS NULL
    ) p
  )
  SELECT (SELECT max(id) FROM batch) AS last_id, (SELECT count(*) FROM batch) AS checked,
    (SELECT COALESCE(jsonb_agg(to_jsonb(c) ORDER BY c.user_id), '[]') FROM counted c
     WHERE c.credits + c.held_credits <> c.ledger_total OR c.held_credits <> c.open_holds
       OR c.ledger_used <> c.usage_total OR c.storage_used_bytes <> c.project_bytes OR c.project_count <> c.projects
    ) AS differences`);
