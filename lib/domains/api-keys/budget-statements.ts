import "server-only";
import { statement } from "@/lib/database/client";

/** A process that said nothing for so long is gone, and what it held is no longer counted. */
const GONE_SECONDS = 3;

/** Keys that were never asked for begin with a full burst. $1 keys · $2 bursts */
export const OPEN_BUDGETS = statement(`
  INSERT INTO key_budgets (api_key_id, tokens, filled_at)
  SELECT id, burst, clock_timestamp() FROM unnest($1::text[], $2::float8[]) AS a (id, burst) ORDER BY id
  ON CONFLICT (api_key_id) DO NOTHING`);

/**
 * Across people: keys belong to apps. A process gives back what it still holds of each key's budget, and takes anew.
 *
 * A budget grows by its rate, and never so far that it and what the living hold are more than a burst: whatever the
 * processes do, no more is admitted than one would. Where there is too little for all, each gets in proportion to what
 * it wants; never less than what it keeps (the lesser of `back` and `want`), which it may be spending at this moment.
 * Keys without a row have no answer.
 *
 * $1 keys · $2 a second · $3 bursts · $4 given back · $5 wanted, all arrays of one length · $6 process
 */
export const TAKE_SHARES = statement(`
  WITH asked AS (
    SELECT * FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[], $5::float8[])
      AS a (id, per_second, burst, back, want)
  ),
  budget AS (
    SELECT api_key_id AS id, tokens, filled_at, holders FROM key_budgets
    WHERE api_key_id = ANY($1::text[]) ORDER BY api_key_id FOR UPDATE
  ),
  clocked AS (SELECT *, GREATEST(filled_at, clock_timestamp()) AS at FROM budget),
  others AS (
    SELECT c.id, COALESCE(sum((h.value ->> 0)::float8), 0) AS held, COALESCE(sum((h.value ->> 1)::float8), 0) AS want,
      COALESCE(jsonb_object_agg(h.key, h.value) FILTER (WHERE h.key IS NOT NULL), '{}') AS holders
    FROM clocked c
    LEFT JOIN LATERAL jsonb_each(c.holders) h
      ON h.key <> $6 AND (h.value ->> 2)::float8 > extract(epoch FROM c.at) - ${GONE_SECONDS}
    GROUP BY c.id
  ),
  filled AS (
    SELECT a.id, a.back, a.want, c.at, o.held, o.want AS others_want, o.holders,
      LEAST(
        a.burst - o.held,
        c.tokens + a.back + a.per_second * extract(epoch FROM c.at - c.filled_at)::float8
      ) AS tokens
    FROM asked a JOIN clocked c USING (id) JOIN others o USING (id)
  ),
  shared AS (
    SELECT *, GREATEST(0, floor(LEAST(
      want, tokens,
      GREATEST(back, CASE WHEN want > 0 THEN (tokens + held) * want / (want + others_want) ELSE 0 END)
    ))) AS granted
    FROM filled
  )
  UPDATE key_budgets b SET tokens = s.tokens - s.granted, filled_at = s.at,
    holders = s.holders || CASE WHEN s.want = 0 THEN '{}'
      ELSE jsonb_build_object($6::text, jsonb_build_array(s.granted, s.want, extract(epoch FROM s.at))) END
  FROM shared s WHERE b.api_key_id = s.id
  RETURNING s.id, s.granted`);
