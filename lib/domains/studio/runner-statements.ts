import "server-only";
import { statement } from "@/lib/database/client";
import { COLUMNS } from "./find-statements";

/** When a lease of so many seconds runs out. */
export const LEASE = (seconds: string) => `now()::timestamptz(3) + make_interval(secs => ${seconds}::int)`;

/** Takes over what waits for somebody to go on with it. $1 user · $2 id · $3 runner · $4 lease, seconds */
export const CLAIM = statement(`
  UPDATE generations SET runner_id = $3::uuid, lease_expires_at = ${LEASE("$4")}, updated_at = now()
  WHERE user_id = $1 AND id = $2::uuid AND status = 'writing' AND runner_id IS NULL AND lease_expires_at > now()
  RETURNING ${COLUMNS}`);

/** Leaves the next page to the next request. $1 user · $2 id · $3 runner · $4 seconds to wait for it */
export const LET_GO = statement(`
  UPDATE generations SET runner_id = NULL, lease_expires_at = ${LEASE("$4")}, updated_at = now()
  WHERE user_id = $1 AND id = $2::uuid AND status = 'writing' AND runner_id = $3::uuid
  RETURNING id`);

/** A sign of life. $1 user · $2 id · $3 runner · $4 lease, seconds */
export const BEAT = statement(`
  UPDATE generations SET lease_expires_at = ${LEASE("$4")}
  WHERE user_id = $1 AND id = $2::uuid AND status = 'writing' AND runner_id = $3::uuid
  RETURNING stop_requested_at IS NOT NULL AS stop`);

/** Tells a runner that lost an answer whether its event was written after all. $1 user · $2 id · $3 runner */
export const LAST_SEQ = statement(`
  SELECT last_seq, stop_requested_at IS NOT NULL AS stop FROM generations
  WHERE user_id = $1 AND id = $2::uuid AND status = 'writing' AND runner_id = $3::uuid`);

/**
 * One event of the runner that has the lease, numbered behind the last one: a sign of life, too. `$5` is the number that
 * it expects before, so that the same event is never written twice.
 */
function event(kind: string, data: string, effect: string, also = ""): string {
  return `
    WITH mine AS (
      UPDATE generations SET last_seq = last_seq + 1, lease_expires_at = ${LEASE("$4")}, updated_at = now()${also}
      WHERE user_id = $1 AND id = $2::uuid AND status = 'writing' AND runner_id = $3::uuid AND last_seq = $5::bigint
      RETURNING id, user_id, last_seq, stop_requested_at
    ),
    effect AS (${effect}),
    event AS (
      INSERT INTO generation_events (generation_id, seq, user_id, kind, data)
      SELECT id, last_seq, user_id, '${kind}', ${data} FROM mine
    )
    SELECT last_seq, stop_requested_at IS NOT NULL AS stop FROM mine`;
}

const PIECE_BEGINS = `UPDATE generation_pieces p SET status = 'writing' FROM mine
     WHERE p.generation_id = mine.id AND p.user_id = mine.user_id AND p.nth = $6::int`;

/** A piece begins. $1 user · $2 id · $3 runner · $4 lease, seconds · $5 last number · $6 piece */
export const BEGIN_PIECE = statement(event("piece", "jsonb_build_object('nth', $6::int)", PIECE_BEGINS));

/**
 * One begins that is paid for by itself: from here on it is what is held for.
 * As `BEGIN_PIECE`; $7 hold (null where it costs nothing) · $8 what is held
 */
export const BEGIN_UNIT = statement(
  event(
    "piece",
    "jsonb_build_object('nth', $6::int)",
    PIECE_BEGINS,
    ", open_unit = $6::int, hold_id = $7::uuid, held_credits = $8::bigint",
  ),
);

/** $1 user · $2 id · $3 runner · $4 lease, seconds · $5 last number · $6 piece · $7 text · $8 words of the piece */
export const APPEND_TEXT = statement(
  event(
    "text",
    "jsonb_build_object('nth', $6::int, 'text', $7::text)",
    `UPDATE generation_pieces p SET text = p.text || $7::text, words = $8::int, bytes = p.bytes + octet_length($7::text)
     FROM mine WHERE p.generation_id = mine.id AND p.user_id = mine.user_id AND p.nth = $6::int`,
  ),
);

/**
 * $1 user · $2 id · $3 runner · $4 lease, seconds · $5 last number · $6 piece · $7 words that are paid for · $8 data
 */
export const END_PIECE = statement(
  event(
    "piece-end",
    "$8::jsonb",
    `UPDATE generation_pieces p SET status = 'done', chargeable_words = $7::int FROM mine
     WHERE p.generation_id = mine.id AND p.user_id = mine.user_id AND p.nth = $6::int`,
  ),
);
