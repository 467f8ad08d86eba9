import "server-only";
import { MAX_ACTIVE_GENERATIONS } from "@/lib/contract/studio";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";
import { LEASE } from "./runner-statements";

// Locks are taken in one order everywhere: the person, then the generation, then its hold.

/** The person of a command: from here on everything of theirs that moves money waits. $1 user */
export const LOCK_PERSON = statement(`
  SELECT id, credits, held_credits, credits <= low_balance_threshold AS low_balance, user_version, storage_used_bytes, storage_limit_bytes, project_count
  FROM users WHERE id = $1 FOR NO KEY UPDATE`);

/** The lowest of a person's places that no text under way has. */
const FREE_PLACE = `
  SELECT place FROM generate_series(1, ${MAX_ACTIVE_GENERATIONS}) AS place
  WHERE NOT EXISTS (SELECT 1 FROM generations g WHERE g.user_id = $4 AND g.slot = place)
  ORDER BY place LIMIT 1`;

const STARTED = `jsonb_build_object('generation_id', id, 'quoted_credits', quoted_credits,
  'credits', $6::bigint, 'held_credits', $7::bigint, 'user_version', $8::bigint,
  'low_balance', $6::bigint <= (SELECT low_balance_threshold FROM users WHERE id = $4))`;

/**
 * Begins a generation. Its first hold is there already; no row: the person writes three texts as it is.
 * What a piece has already is told to those who follow before anything is added to it.
 * $4 user · $5 id · $6 credits · $7 held_credits · $8 user_version · $9 kind · $10 input · $11 model ·
 * $12 pieces: [{nth, title, chapter_id, target_words, draft, free, text, words, bytes, chargeable_words, charged_credits}] ·
 * $13 quote · $14 hold (null where it costs nothing) · $15 what is held · $16 the unit that it is held for ·
 * $17 runner (null: the next request claims it) · $18 lease, seconds · $19 label · $20 story
 */
export const START = recordedStatement({
  effect: `
    free AS (${FREE_PLACE}),
    laid AS (
      SELECT * FROM jsonb_to_recordset($12::jsonb) AS p (nth int, title text, chapter_id uuid, target_words int,
        draft int, free boolean, text text, words int, bytes int, chargeable_words int, charged_credits bigint)
    ),
    standing AS (SELECT nth, text, 1 + row_number() OVER (ORDER BY nth) AS seq FROM laid WHERE text <> ''),
    begun AS (
      INSERT INTO generations
        (id, user_id, kind, input, model, pages, status, slot, quoted_credits, hold_id, held_credits, open_unit,
         runner_id, lease_expires_at, label, story_id, last_seq)
      SELECT $5::uuid, $4, $9, $10::jsonb, $11, (SELECT count(*) FROM laid), 'writing', free.place, $13::bigint,
        $14::uuid, $15::bigint, $16::int, $17::uuid, ${LEASE("$18")}, $19, $20::uuid,
        1 + (SELECT count(*) FROM standing)
      FROM free WHERE ${NOT_KNOWN}
      RETURNING id, quoted_credits
    ),
    pieces AS (
      INSERT INTO generation_pieces (generation_id, nth, user_id, title, chapter_id, target_words, draft, free, text,
        words, bytes, words_before, chargeable_words, charged_credits)
      SELECT begun.id, laid.nth, $4, laid.title, laid.chapter_id, laid.target_words, laid.draft, laid.free,
        laid.text, laid.words, laid.bytes, laid.words, laid.chargeable_words, laid.charged_credits
      FROM begun, laid
    ),
    event AS (
      INSERT INTO generation_events (generation_id, seq, user_id, kind, data)
      SELECT id, 1, $4, 'start', jsonb_build_object('round', 1, 'quoted', quoted_credits) FROM begun
      UNION ALL
      SELECT id, seq, $4, 'text', jsonb_build_object('nth', nth, 'text', text) FROM begun, standing
    )`,
  result: STARTED,
  from: "begun",
});

/**
 * Begins another round. What stands in the pieces now is where it goes on, and is not paid for again.
 * $4 user · $5 id · $6 credits · $7 held_credits · $8 user_version · $9 quote · $10 hold (null where it costs nothing) ·
 * $11 runner (null: the next request claims it) · $12 lease, seconds · $13 label
 */
export const CONTINUE = recordedStatement({
  effect: `
    free AS (${FREE_PLACE}),
    begun AS (
      UPDATE generations g SET status = 'writing', slot = free.place, round = g.round + 1, quoted_credits = $9::bigint,
        open_unit = 0, hold_id = $10::uuid, held_credits = $9::bigint, runner_id = $11::uuid,
        lease_expires_at = ${LEASE("$12")}, stop_requested_at = NULL, label = COALESCE(g.label, $13), error = NULL,
        last_seq = g.last_seq + 1, log_cleared_at = NULL, finished_at = NULL, updated_at = now()
      FROM free
      WHERE g.id = $5::uuid AND g.user_id = $4 AND g.status IN ('stopped', 'failed', 'interrupted') AND ${NOT_KNOWN}
      RETURNING g.id, g.round, g.quoted_credits, g.last_seq
    ),
    pieces AS (
      UPDATE generation_pieces p SET words_before = p.words
      FROM begun WHERE p.generation_id = begun.id AND p.user_id = $4
    ),
    event AS (
      INSERT INTO generation_events (generation_id, seq, user_id, kind, data)
      SELECT id, last_seq, $4, 'start', jsonb_build_object('round', round, 'quoted', quoted_credits) FROM begun
    )`,
  result: STARTED,
  from: "begun",
});

/** $1 user · $2 id */
export const REQUEST_STOP = statement(`
  UPDATE generations SET stop_requested_at = COALESCE(stop_requested_at, now()), updated_at = now()
  WHERE user_id = $1 AND id = $2::uuid AND status = 'writing'
  RETURNING runner_id`);

/** The text as its owner left it. $1 user · $2 project */
export const PROJECT_TEXT = statement(`
  SELECT content, metadata FROM projects WHERE user_id = $1 AND code = $2 AND deleted_at IS NULL`);

/** What the workspace holds of the text now. $1 user · $2 id · $3 project · $4 bytes */
export const SAVED = statement(`
  UPDATE generations SET project_code = $3::text, saved_bytes = $4::int, updated_at = now()
  WHERE user_id = $1 AND id = $2::uuid`);

/**
 * Settles what is open: its line in the history, once, and what it has cost. Of a generation that is locked.
 * $1 user · $2 id · $3 unit · $4 charged · $5 released · $6 words that are paid for · $7 why
 */
export const SETTLE = statement(`
  WITH open AS (
    SELECT id, user_id, round, hold_id, held_credits FROM generations
    WHERE user_id = $1 AND id = $2::uuid AND status = 'writing' AND open_unit = $3::int
  ),
  settled AS (
    UPDATE generations g SET open_unit = NULL, hold_id = NULL, held_credits = 0,
      charged_credits = g.charged_credits + $4::bigint, updated_at = now()
    FROM open WHERE g.id = open.id AND g.user_id = open.user_id
    RETURNING g.id
  ),
  piece AS (
    UPDATE generation_pieces p SET charged_credits = p.charged_credits + $4::bigint
    FROM open WHERE p.generation_id = open.id AND p.user_id = open.user_id AND p.nth = $3::int
    RETURNING p.chapter_id, p.user_id, p.draft
  ),
  chapter AS (
    UPDATE story_chapters c SET charged_credits = c.charged_credits + $4::bigint
    FROM piece WHERE c.id = piece.chapter_id AND c.user_id = piece.user_id AND c.draft = piece.draft
  )
  INSERT INTO generation_settlements (generation_id, round, nth, user_id, hold_id, quoted, charged, released, words, why)
  SELECT id, round, $3::int, user_id, hold_id, held_credits, $4::bigint, $5::bigint, $6::int, $7::text FROM open
  RETURNING nth`);

/**
 * Ends a round in which nothing is open any more: pieces, state and the last event, all of a generation that is locked.
 * $1 user · $2 id · $3 status · $4 error · $5 data of the event ·
 * $6 nth, $7 status, $8 words that are paid for: arrays of one length
 */
export const END = statement(`
  WITH ended AS (
    UPDATE generations g SET status = $3::text, slot = NULL, runner_id = NULL, lease_expires_at = NULL, error = $4::text,
      last_seq = g.last_seq + 1, finished_at = now(), updated_at = now()
    WHERE g.user_id = $1 AND g.id = $2::uuid AND g.status = 'writing'
    RETURNING g.id, g.user_id, g.last_seq
  ),
  pieces AS (
    UPDATE generation_pieces p SET status = e.status, chargeable_words = e.paid
    FROM ended, unnest($6::int[], $7::text[], $8::int[]) AS e (nth, status, paid)
    WHERE p.generation_id = ended.id AND p.user_id = ended.user_id AND p.nth = e.nth
  )
  INSERT INTO generation_events (generation_id, seq, user_id, kind, data)
  SELECT id, last_seq, user_id, 'end', $5::jsonb FROM ended
  RETURNING seq`);

/** Across people: what nobody gives a sign of life for any more. $1 limit */
export const ABANDONED = statement(`
  SELECT user_id, id FROM generations WHERE status = 'writing' AND lease_expires_at <= now()
  ORDER BY lease_expires_at LIMIT $1`);

/** The same of one person. $1 user */
export const ABANDONED_BY = statement(`
  SELECT id FROM generations WHERE user_id = $1 AND status = 'writing' AND lease_expires_at <= now()`);

/** Across people: clears the logs of what ended a day ago. $1 limit */
export const CLEAR_LOGS = statement(`
  WITH old AS (
    SELECT id FROM generations
    WHERE log_cleared_at IS NULL AND finished_at < now() - interval '1 day'
    ORDER BY finished_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED
  ),
  cleared AS (DELETE FROM generation_events e USING old WHERE e.generation_id = old.id)
  UPDATE generations g SET log_cleared_at = now() FROM old WHERE g.id = old.id
  RETURNING g.id`);
