import "server-only";
import { statement } from "@/lib/database/client";
import { recordedStatement } from "@/lib/database/recorded-statement";
import { facts, isPicture, OWNER, SPACE } from "./statements";

/*
 * Versions are kept by the statement that writes over a text, here and in UPDATE_PROJECT. Numbers and contents come from
 * the locked row of the project; triggers hold the bounds of what is kept.
 */

const COLUMNS = "project_code, number, user_id, title, content, size_bytes, word_count, reason, before_app";

/**
 * Makes a version the text again, keeping what it replaces.
 * $4 user · $5 code · $6 number · $7 version that must be stored (null: any) · $8 the app that does it
 */
export const RESTORE_VERSION = recordedStatement({
  effect: `
    ${OWNER},
    old AS (
      SELECT p.code, p.user_id, p.title, p.content, p.size_bytes, p.word_count, p.kept_number,
        v.content AS next, v.size_bytes AS next_bytes, v.word_count AS next_words, p.content <> v.content AS differs
      FROM owner JOIN projects p ON p.user_id = owner.id
      JOIN project_versions v ON v.project_code = p.code AND v.user_id = owner.id AND v.number = $6
      WHERE p.code = $5 AND p.deleted_at IS NULL AND ($7::int IS NULL OR p.version = $7)
        AND NOT ${isPicture("p.project_type")}
      FOR UPDATE OF p
    ),
    space AS (
      UPDATE users u SET storage_used_bytes = o.storage_used_bytes + old.next_bytes - old.size_bytes,
        user_version = o.user_version + 1, updated_at = now()
      FROM owner o JOIN old ON old.user_id = o.id
      WHERE u.id = o.id AND o.storage_used_bytes + old.next_bytes - old.size_bytes <= o.storage_limit_bytes
      RETURNING ${SPACE}
    ),
    kept AS (
      INSERT INTO project_versions (${COLUMNS})
      SELECT old.code, old.kept_number + 1, old.user_id, old.title, old.content, old.size_bytes, old.word_count,
        'restore', $8::text
      FROM old, space WHERE old.differs AND space.id = old.user_id
    ),
    saved AS (
      UPDATE projects p SET content = old.next, size_bytes = old.next_bytes, word_count = old.next_words,
        kept_number = old.kept_number + old.differs::int, kept_at = now(), kept_before = $8::text,
        version = p.version + 1, updated_at = now()
      FROM old, space WHERE p.code = old.code AND p.user_id = space.id
      RETURNING p.*
    )`,
  result: facts("saved", "space"),
  from: "saved, space",
});

/**
 * Keeps what is stored and the text that met it, each unless a version holds it already.
 * $4 user · $5 code · $6 the other text · $7 its bytes · $8 its words · $9 the app
 */
export const KEEP_CONFLICT = recordedStatement({
  effect: `
    ${OWNER},
    old AS (
      SELECT p.code, p.user_id, p.title, p.content, p.size_bytes, p.word_count, p.kept_number
      FROM owner JOIN projects p ON p.user_id = owner.id
      WHERE p.code = $5 AND p.deleted_at IS NULL
      FOR UPDATE OF p
    ),
    sides AS (
      SELECT s.*, row_number() OVER (ORDER BY s.side)::int AS nth
      FROM (
        SELECT 1 AS side, content, size_bytes, word_count FROM old
        UNION ALL
        SELECT 2, $6::text, $7::int, $8::int FROM old WHERE old.content <> $6::text
      ) s
      WHERE NOT EXISTS (
        SELECT 1 FROM project_versions v
        WHERE v.project_code = $5 AND v.user_id = $4 AND v.size_bytes = s.size_bytes AND v.content = s.content
      )
    ),
    kept AS (
      INSERT INTO project_versions (${COLUMNS})
      SELECT old.code, old.kept_number + s.nth, old.user_id, old.title, s.content, s.size_bytes, s.word_count,
        'conflict', $9::text
      FROM old, sides s
      RETURNING number
    ),
    numbered AS (
      UPDATE projects p SET kept_number = old.kept_number + (SELECT count(*)::int FROM sides), kept_at = now(),
        kept_before = $9::text
      FROM old WHERE p.code = old.code AND p.user_id = old.user_id
      RETURNING p.code
    )`,
  result: "jsonb_build_object('kept', (SELECT count(*) FROM kept))",
  from: "numbered",
});

/** The bytes of a version, to say why it was not restored. $1 user · $2 code · $3 number */
export const FIND_VERSION = statement(`
  SELECT size_bytes FROM project_versions WHERE user_id = $1 AND project_code = $2 AND number = $3`);
