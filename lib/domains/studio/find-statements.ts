import "server-only";
import { statement } from "@/lib/database/client";

/** A generation without its pieces. */
export const COLUMNS = `id, user_id, kind, input, story_id, model, pages, status, round, quoted_credits, open_unit, hold_id,
  held_credits, charged_credits, stop_requested_at, runner_id, label, project_code, saved_bytes, error, last_seq, created_at, finished_at`;

/** $1 user · $2 id */
export const FIND = statement(`SELECT ${COLUMNS} FROM generations WHERE user_id = $1 AND id = $2::uuid`);

/** $1 user · $2 id */
export const LOCK = statement(`
  SELECT ${COLUMNS} FROM generations WHERE user_id = $1 AND id = $2::uuid FOR NO KEY UPDATE`);

/** With the lease of a runner that writes it. $1 user · $2 id · $3 runner */
export const LOCK_MINE = statement(`
  SELECT ${COLUMNS} FROM generations
  WHERE user_id = $1 AND id = $2::uuid AND runner_id = $3::uuid AND status = 'writing' FOR NO KEY UPDATE`);

/** Waiting for a request that goes on with it. $1 user · $2 id */
export const LOCK_UNCLAIMED = statement(`
  SELECT ${COLUMNS} FROM generations
  WHERE user_id = $1 AND id = $2::uuid AND runner_id IS NULL AND status = 'writing' FOR NO KEY UPDATE`);

/** Given up by whoever wrote it; left to another who has locked it for the same. $1 user · $2 id */
export const LOCK_ABANDONED = statement(`
  SELECT ${COLUMNS} FROM generations
  WHERE user_id = $1 AND id = $2::uuid AND status = 'writing' AND lease_expires_at <= now()
  FOR NO KEY UPDATE SKIP LOCKED`);

const PIECE_COLUMNS = `nth, status, title, chapter_id, target_words, draft, free, words, bytes, words_before, chargeable_words,
  charged_credits`;

/** $1 user · $2 id */
export const PIECES = statement(`
  SELECT ${PIECE_COLUMNS}, text
  FROM generation_pieces WHERE user_id = $1 AND generation_id = $2::uuid ORDER BY nth`);

/** Without the text. $1 user · $2 ids */
export const PIECE_COUNTS = statement(`
  SELECT generation_id, ${PIECE_COLUMNS}
  FROM generation_pieces WHERE user_id = $1 AND generation_id = ANY($2::uuid[]) ORDER BY generation_id, nth`);

/** The last round of each, the lines of its pieces put together. */
const LAST_ROUND = `
  SELECT s.generation_id, s.round, sum(s.quoted)::bigint AS quoted, sum(s.charged)::bigint AS charged,
    sum(s.released)::bigint AS released, (array_agg(s.why ORDER BY s.created_at DESC, s.nth DESC))[1] AS why
  FROM generation_settlements s JOIN generations g ON g.id = s.generation_id AND g.round = s.round
  WHERE s.user_id = $1`;

/** $1 user · $2 ids */
export const LAST_SETTLEMENTS = statement(`
  ${LAST_ROUND} AND s.generation_id = ANY($2::uuid[]) GROUP BY s.generation_id, s.round`);

/** A person's lines, the newest first, with what each was for. $1 user · $2 limit */
export const SETTLEMENT_LINES = statement(`
  SELECT s.generation_id, s.round, s.nth, s.quoted, s.charged, s.released, s.why, s.created_at, g.kind, g.input, g.pages,
    p.title
  FROM generation_settlements s
  JOIN generations g ON g.id = s.generation_id AND g.user_id = s.user_id
  LEFT JOIN generation_pieces p ON p.generation_id = s.generation_id AND p.user_id = s.user_id AND p.nth = s.nth
  WHERE s.user_id = $1
  ORDER BY s.created_at DESC, s.generation_id, s.round DESC, s.nth DESC LIMIT $2`);

/** With pieces and last settlement, all of one moment: a stream can go on exactly behind it. $1 user · $2 id */
export const FIND_WHOLE = statement(`
  SELECT ${COLUMNS}, (
    SELECT jsonb_agg(to_jsonb(p) - 'generation_id' - 'user_id' ORDER BY p.nth) FROM generation_pieces p
    WHERE p.user_id = $1 AND p.generation_id = $2::uuid
  ) AS pieces, (
    SELECT to_jsonb(s) FROM (
      ${LAST_ROUND} AND s.generation_id = $2::uuid GROUP BY s.generation_id, s.round
    ) s
  ) AS settlement
  FROM generations WHERE user_id = $1 AND id = $2::uuid`);

/** $1 user · $2 limit · $3, $4 behind this time and id (null: from the newest) · $5 kind (null: any) */
export const LIST = statement(`
  SELECT ${COLUMNS} FROM generations
  WHERE user_id = $1 AND ($5::text IS NULL OR kind = $5) AND ($3::timestamptz IS NULL OR (created_at, id) < ($3::timestamptz, $4::uuid))
  ORDER BY created_at DESC, id DESC LIMIT $2`);

/** What happened behind an event, and how things stand, as one picture. $1 user · $2 id · $3 behind this number */
export const EVENTS = statement(`
  SELECT g.status, g.last_seq, g.runner_id IS NULL AS unclaimed, (
    SELECT COALESCE(jsonb_agg(jsonb_build_object('seq', e.seq, 'kind', e.kind, 'data', e.data) ORDER BY e.seq), '[]')
    FROM (
      SELECT seq, kind, data FROM generation_events
      WHERE user_id = $1 AND generation_id = $2::uuid AND seq > $3::bigint ORDER BY seq LIMIT 500
    ) e
  ) AS events
  FROM generations g WHERE g.user_id = $1 AND g.id = $2::uuid`);
