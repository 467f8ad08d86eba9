import "server-only";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

// Every command locks the person first: nothing of theirs changes beside it.

/** Of each chapter so many earlier texts are kept, of a person so many bytes; the oldest go first. */
const VERSIONS_OF_A_CHAPTER = 20;
const VERSION_BYTES_OF_A_PERSON = 5 * 1024 * 1024;

const STORY = `id, user_id, title, idea, bible, version, project_code, project_version, label, created_at, updated_at`;
const CHAPTER = `id, position, title, point_of_view, beats, target_words, status, text, words, chargeable_words,
  charged_credits, draft, free, free_rewrite_used, out_of_date, warnings, memory, saved_text`;

/** $4 user · $5 id · $6 title · $7 idea */
export const CREATE_STORY = recordedStatement({
  effect: `
    created AS (
      INSERT INTO stories (id, user_id, title, idea)
      SELECT $5::uuid, $4, $6, $7::jsonb WHERE ${NOT_KNOWN}
      RETURNING id, version
    )`,
  result: "jsonb_build_object('story_id', id, 'version', version)",
  from: "created",
});

/** $1 user · $2 id */
export const FIND_STORY = statement(`SELECT ${STORY} FROM stories WHERE user_id = $1 AND id = $2::uuid`);

/** In order. $1 user · $2 story */
export const CHAPTERS = statement(`
  SELECT ${CHAPTER} FROM story_chapters WHERE user_id = $1 AND story_id = $2::uuid ORDER BY position`);

/** How many earlier texts each chapter has. $1 user · $2 story */
export const VERSION_COUNTS = statement(`
  SELECT v.chapter_id, count(*) AS versions FROM story_chapter_versions v
  JOIN story_chapters c ON c.id = v.chapter_id
  WHERE v.user_id = $1 AND c.story_id = $2::uuid GROUP BY v.chapter_id`);

/** Newest first, without what is written in them. $1 user · $2 limit · $3, $4 behind this time and id */
export const LIST_STORIES = statement(`
  SELECT ${STORY.split(", ")
    .map((column) => `s.${column}`)
    .join(", ")}, c.chapters, c.done, c.words, c.target_words, c.unsaved,
    EXISTS (SELECT 1 FROM generations g WHERE g.story_id = s.id AND g.user_id = $1 AND g.status = 'writing') AS active
  FROM stories s, LATERAL (
    SELECT count(*) AS chapters, count(*) FILTER (WHERE status = 'done') AS done, COALESCE(sum(words), 0) AS words,
      COALESCE(sum(target_words), 0) AS target_words, COALESCE(bool_or(text <> saved_text), false) AS unsaved
    FROM story_chapters WHERE user_id = $1 AND story_id = s.id
  ) c
  WHERE s.user_id = $1 AND ($3::timestamptz IS NULL OR (s.updated_at, s.id) < ($3::timestamptz, $4::uuid))
  ORDER BY s.updated_at DESC, s.id DESC LIMIT $2`);

/** The generation of a story that is under way, or the last. $1 user · $2 story */
export const LAST_GENERATION = statement(`
  SELECT id, kind, status, quoted_credits FROM generations WHERE user_id = $1 AND story_id = $2::uuid
  ORDER BY (status = 'writing') DESC, created_at DESC LIMIT 1`);

/** The chapters that a generation writes. $1 user · $2 generation */
export const CHAPTERS_OF = statement(`
  SELECT chapter_id, draft, status FROM generation_pieces WHERE user_id = $1 AND generation_id = $2::uuid`);

/**
 * What its writer changed; null stays. No row: another version is stored.
 * $4 user · $5 id · $6 version · $7 title · $8 idea · $9 bible · $10 the bible is meant
 */
export const UPDATE_STORY = recordedStatement({
  effect: `
    changed AS (
      UPDATE stories SET title = COALESCE($7::text, title), idea = COALESCE($8::jsonb, idea),
        bible = CASE WHEN $10::boolean THEN $9::jsonb ELSE bible END, version = version + 1, updated_at = now()
      WHERE user_id = $4 AND id = $5::uuid AND version = $6::int AND ${NOT_KNOWN}
      RETURNING id, version
    )`,
  result: "jsonb_build_object('story_id', id, 'version', version)",
  from: "changed",
});

/**
 * The plans of all chapters, in their new order: those that are named stay the chapters that they are, others are new, and
 * what is not among them goes. What is remembered up to a chapter is forgotten where others stand before it now.
 * $1 user · $2 story · $3 [{id, position, title, point_of_view, beats, target_words, stale, moved}]
 */
export const PUT_OUTLINE = statement(`
  WITH wanted AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS w (id uuid, position int, title text, point_of_view text, beats jsonb,
      target_words int, stale boolean, moved boolean)
  ),
  gone AS (
    DELETE FROM story_chapters c WHERE c.user_id = $1 AND c.story_id = $2::uuid
      AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.id = c.id)
  ),
  kept AS (
    UPDATE story_chapters c SET position = w.position, title = w.title, point_of_view = w.point_of_view, beats = w.beats,
      target_words = CASE WHEN c.text = '' THEN w.target_words ELSE c.target_words END,
      out_of_date = c.out_of_date OR (w.stale AND c.text <> ''), memory = CASE WHEN w.moved THEN NULL ELSE c.memory END
    FROM wanted w WHERE c.id = w.id AND c.user_id = $1 AND c.story_id = $2::uuid
  )
  INSERT INTO story_chapters (id, story_id, user_id, position, title, point_of_view, beats, target_words)
  SELECT w.id, $2::uuid, $1, w.position, w.title, w.point_of_view, w.beats, w.target_words FROM wanted w
  WHERE NOT EXISTS (SELECT 1 FROM story_chapters c WHERE c.id = w.id)`);

/** Chapters that are not begun follow the length that the idea asks for. $1 user · $2 story · $3 words */
export const SET_TARGETS = statement(`
  UPDATE story_chapters SET target_words = $3::int
  WHERE user_id = $1 AND story_id = $2::uuid AND text = '' AND status = 'waiting'`);

/** A model's bible. $1 user · $2 story · $3 bible · $4 label */
export const PUT_BIBLE = statement(`
  UPDATE stories SET bible = $3::jsonb, label = COALESCE(label, $4), version = version + 1, updated_at = now()
  WHERE user_id = $1 AND id = $2::uuid`);

/** The outline was changed by a model. $1 user · $2 story · $3 label */
export const TOUCH_STORY = statement(`
  UPDATE stories SET label = COALESCE(label, $3), version = version + 1, updated_at = now()
  WHERE user_id = $1 AND id = $2::uuid`);

/**
 * How a piece left its chapter. Another draft takes the place of the one before, which is kept as a version; one that
 * brought no word leaves everything as it was. What stands behind it was written for another text.
 * $1 user · $2 chapter · $3 draft · $4 status · $5 text · $6 words · $7 paid words · $8 charged · $9 free · $10 warnings ·
 * $11 label
 */
export const KEEP_CHAPTER = statement(`
  WITH old AS (
    SELECT * FROM story_chapters WHERE user_id = $1 AND id = $2::uuid AND NOT ($3::int > draft AND $6::int = 0)
  ),
  version AS (
    INSERT INTO story_chapter_versions (id, chapter_id, user_id, draft, text, words, reason)
    SELECT gen_random_uuid(), id, user_id, draft, text, words, 'rewritten' FROM old WHERE $3::int > draft AND text <> ''
  ),
  kept AS (
    UPDATE story_chapters c SET draft = $3::int, status = $4, text = $5, words = $6::int, chargeable_words = $7::int,
      charged_credits = $8::bigint, free = $9::boolean, warnings = $10::jsonb, memory = NULL,
      out_of_date = c.out_of_date AND old.draft = $3::int AND old.text <> ''
    FROM old WHERE c.id = old.id AND c.user_id = old.user_id
    RETURNING c.id, c.story_id, c.position, old.text <> c.text AS changed
  ),
  later AS (
    UPDATE story_chapters c SET out_of_date = true FROM kept
    WHERE kept.changed AND c.user_id = $1 AND c.story_id = kept.story_id AND c.position > kept.position AND c.text <> ''
  )
  UPDATE stories s SET label = COALESCE(s.label, $11), updated_at = now() FROM kept
  WHERE s.id = kept.story_id AND s.user_id = $1`);

/** The one free rewrite, taken once. $1 user · $2 chapter */
export const TAKE_FREE_REWRITE = statement(`
  UPDATE story_chapters SET free_rewrite_used = true
  WHERE user_id = $1 AND id = $2::uuid AND NOT free_rewrite_used RETURNING id`);

/** A free rewrite that brought nothing was none. $1 user · $2 chapters */
export const GIVE_BACK_REWRITES = statement(`
  UPDATE story_chapters SET free_rewrite_used = false WHERE user_id = $1 AND id = ANY($2::uuid[])`);

/** What is remembered up to the end of a chapter, as long as its text is the one that was read. $1 user · $2 chapter · $3 draft · $4 words · $5 memory */
export const REMEMBER = statement(`
  UPDATE story_chapters SET memory = $5::jsonb
  WHERE user_id = $1 AND id = $2::uuid AND draft = $3::int AND words = $4::int`);

/** $1 user */
export const TRIM_VERSIONS = statement(`
  WITH kept AS (
    SELECT id, row_number() OVER (PARTITION BY chapter_id ORDER BY created_at DESC, id) AS nth,
      sum(octet_length(text)) OVER (ORDER BY created_at DESC, id) AS bytes
    FROM story_chapter_versions WHERE user_id = $1
  )
  DELETE FROM story_chapter_versions v USING kept
  WHERE v.id = kept.id AND v.user_id = $1
    AND (kept.nth > ${VERSIONS_OF_A_CHAPTER} OR kept.bytes > ${VERSION_BYTES_OF_A_PERSON})`);

/** Newest first. $1 user · $2 chapter */
export const VERSIONS = statement(`
  SELECT id, draft, text, words, reason, created_at FROM story_chapter_versions
  WHERE user_id = $1 AND chapter_id = $2::uuid ORDER BY created_at DESC, id`);

/**
 * An earlier text takes the place of the one that stands, which is kept in its turn. It was paid for when it was written.
 * $4 user · $5 story · $6 chapter · $7 version · $8 id of the new version
 */
export const RESTORE_VERSION = recordedStatement({
  effect: `
    wanted AS (
      SELECT v.text, v.words, c.id, c.story_id, c.position, c.draft, c.text AS standing, c.words AS standing_words,
        v.id AS version_id
      FROM story_chapter_versions v JOIN story_chapters c ON c.id = v.chapter_id AND c.user_id = v.user_id
      WHERE v.user_id = $4 AND c.story_id = $5::uuid AND c.id = $6::uuid AND v.id = $7::uuid AND ${NOT_KNOWN}
    ),
    kept AS (
      INSERT INTO story_chapter_versions (id, chapter_id, user_id, draft, text, words, reason)
      SELECT $8::uuid, id, $4, draft, standing, standing_words, 'restored' FROM wanted WHERE standing <> ''
    ),
    used AS (DELETE FROM story_chapter_versions v USING wanted WHERE v.id = wanted.version_id AND v.user_id = $4),
    restored AS (
      UPDATE story_chapters c SET text = wanted.text, words = wanted.words, status = 'done', draft = c.draft + 1,
        chargeable_words = 0, charged_credits = 0, free = false, warnings = '[]', memory = NULL, out_of_date = false
      FROM wanted WHERE c.id = wanted.id AND c.user_id = $4
      RETURNING c.id
    ),
    later AS (
      UPDATE story_chapters c SET out_of_date = true FROM wanted
      WHERE c.user_id = $4 AND c.story_id = wanted.story_id AND c.position > wanted.position AND c.text <> ''
    )`,
  result: "jsonb_build_object('chapter_id', id)",
  from: "restored",
});

/** The text as its owner left it, and its version. $1 user · $2 project */
export const STORY_PROJECT = statement(`
  SELECT content, metadata, version FROM projects WHERE user_id = $1 AND code = $2 AND deleted_at IS NULL`);

/** The project as it was written now, and the chapters that it has. $1 user · $2 story · $3 code · $4 version · $5 chapters */
export const STORY_SAVED = statement(`
  WITH placed AS (
    UPDATE story_chapters SET saved_text = text
    WHERE user_id = $1 AND story_id = $2::uuid AND id = ANY($5::uuid[]) AND saved_text <> text
  )
  UPDATE stories SET project_code = $3, project_version = $4::int WHERE user_id = $1 AND id = $2::uuid`);

/** $4 user · $5 id */
export const DELETE_STORY = recordedStatement({
  effect: `
    gone AS (DELETE FROM stories WHERE user_id = $4 AND id = $5::uuid AND ${NOT_KNOWN} RETURNING id)`,
  result: "jsonb_build_object('deleted', true)",
  from: "gone",
});
