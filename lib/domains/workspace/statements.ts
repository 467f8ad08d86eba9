import "server-only";
import { PICTURE_TYPES } from "@/lib/contract/picture";
import { CHECKPOINT_MINUTES } from "@/lib/contract/versions";
import { BIN_DAYS, MAX_PROJECTS } from "@/lib/contract/workspace";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

/*
 * Every command locks the person's row first and the project's row behind it, so that two commands of one person
 * never wait for each other in a circle. The bytes are counted by the statement that writes them.
 */

/** A time of the database as ISO 8601. */
const instant = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** A project's facts as the database tells them. The content is no part of them. */
export const facts = (p: string, space: string) => `jsonb_build_object(
  'code', ${p}.code, 'title', ${p}.title, 'app_source', ${p}.app_source, 'project_type', ${p}.project_type,
  'metadata', ${p}.metadata, 'size_bytes', ${p}.size_bytes, 'word_count', ${p}.word_count, 'version', ${p}.version,
  'created_at', ${instant(`${p}.created_at`)}, 'updated_at', ${instant(`${p}.updated_at`)},
  'used_bytes', ${space}.storage_used_bytes, 'limit_bytes', ${space}.storage_limit_bytes,
  'project_count', ${space}.project_count, 'user_version', ${space}.user_version)`;

export const SPACE = "u.id, u.storage_used_bytes, u.storage_limit_bytes, u.project_count, u.user_version";
/**
 * The person, locked. What is written comes from this row and never from the one that is updated: that one is as it was
 * when the statement began, and a constraint would be held against its old numbers.
 */
export const OWNER = `owner AS (
      SELECT u.id, u.storage_used_bytes, u.storage_limit_bytes, u.project_count, u.user_version
      FROM users u WHERE u.id = $4 AND ${NOT_KNOWN} FOR NO KEY UPDATE
    )`;
const IS_PICTURE = `lower(%) IN (${PICTURE_TYPES.map((type) => `'${type}'`).join(", ")})`;
export const isPicture = (column: string) => IS_PICTURE.replace("%", column);

/**
 * A new project, if there is room for it. Of the codes offered the first that nobody has is taken.
 * $4 user · $5 codes · $6 title · $7 content · $8 app · $9 type · $10 metadata · $11 bytes · $12 words ·
 * $13 what paid for it, as facts (null: nothing)
 */
export const CREATE_PROJECT = recordedStatement({
  effect: `
    picked AS (
      SELECT offered.code FROM unnest($5::text[]) WITH ORDINALITY AS offered (code, nth)
      WHERE NOT EXISTS (SELECT 1 FROM projects p WHERE p.code = offered.code)
      ORDER BY offered.nth LIMIT 1
    ),
    space AS (
      UPDATE users u SET storage_used_bytes = u.storage_used_bytes + $11::int, project_count = u.project_count + 1,
        user_version = u.user_version + 1, updated_at = now()
      FROM picked
      WHERE u.id = $4 AND u.storage_used_bytes + $11::int <= u.storage_limit_bytes
        AND u.project_count < ${MAX_PROJECTS} AND ${NOT_KNOWN}
      RETURNING ${SPACE}, picked.code
    ),
    saved AS (
      INSERT INTO projects (code, user_id, title, content, app_source, project_type, metadata, size_bytes, word_count)
      SELECT s.code, s.id, $6, $7, $8, $9, $10::jsonb, $11, $12 FROM space s
      RETURNING *
    )`,
  result: `${facts("saved", "space")} || jsonb_build_object('payment', $13::jsonb)`,
  from: "saved, space",
});

/**
 * Whether the text of `p` is worth keeping before `$9` (of `$12` bytes) is written over it by the app `$17`. What only
 * grows loses nothing; for the rest at most one in ${CHECKPOINT_MINUTES} minutes, but for the first time that another app
 * writes, and where more than half goes at once.
 */
const WORTH_KEEPING = `$9::text IS NOT NULL AND NOT starts_with($9::text, p.content)
          AND NOT ${isPicture("p.project_type")}
          AND (p.kept_at IS NULL OR p.kept_at <= now() - interval '${CHECKPOINT_MINUTES} minutes'
            OR p.kept_before <> $17::text OR $12::int < p.size_bytes / 2)`;

/**
 * New title, content, type or metadata of a project; null leaves what is there. The text that was there is kept as a
 * version where it is worth it. The answer carries the content only where it is wanted and was not sent: what was sent, the
 * request itself knows.
 * $4 user · $5 code · $6 app that may write it (null: any) · $7 version that must be stored (null: any) · $8 title ·
 * $9 content · $10 metadata · $11 type · $12 bytes · $13 words · $14 the content is a picture · $15 answer the content ·
 * $16 what paid for it, as facts (null: nothing) · $17 the app that writes
 */
export const UPDATE_PROJECT = recordedStatement({
  effect: `
    ${OWNER},
    old AS (
      SELECT p.code, p.user_id, p.title, p.content, p.size_bytes, p.word_count, p.kept_number,
        COALESCE($11::text, p.project_type) AS project_type, (${WORTH_KEEPING}) AS keeps
      FROM owner JOIN projects p ON p.user_id = owner.id
      WHERE p.code = $5 AND p.deleted_at IS NULL
        AND ($6::text IS NULL OR p.app_source = $6) AND ($7::int IS NULL OR p.version = $7)
        AND ($9::text IS NULL OR $14::boolean OR NOT ${isPicture("COALESCE($11::text, p.project_type)")})
      FOR UPDATE OF p
    ),
    space AS (
      UPDATE users u SET storage_used_bytes = o.storage_used_bytes + COALESCE($12::int, old.size_bytes) - old.size_bytes,
        user_version = o.user_version + 1, updated_at = now()
      FROM owner o JOIN old ON old.user_id = o.id
      WHERE u.id = o.id
        AND o.storage_used_bytes + COALESCE($12::int, old.size_bytes) - old.size_bytes <= o.storage_limit_bytes
      RETURNING ${SPACE}
    ),
    kept AS (
      INSERT INTO project_versions (project_code, number, user_id, title, content, size_bytes, word_count, reason, before_app)
      SELECT old.code, old.kept_number + 1, old.user_id, old.title, old.content, old.size_bytes, old.word_count,
        'checkpoint', $17::text
      FROM old, space WHERE old.keeps AND space.id = old.user_id
    ),
    saved AS (
      UPDATE projects p SET title = COALESCE($8::text, p.title), content = COALESCE($9::text, p.content),
        metadata = COALESCE($10::jsonb, p.metadata), project_type = old.project_type,
        size_bytes = COALESCE($12::int, p.size_bytes),
        word_count = CASE WHEN $13::int IS NULL THEN p.word_count
          WHEN ${isPicture("old.project_type")} THEN 0 ELSE $13::int END,
        kept_number = CASE WHEN old.keeps THEN old.kept_number + 1 ELSE p.kept_number END,
        kept_at = CASE WHEN old.keeps THEN now() ELSE p.kept_at END,
        kept_before = CASE WHEN old.keeps THEN $17::text ELSE p.kept_before END,
        version = p.version + 1, updated_at = now()
      FROM old, space WHERE p.code = old.code AND p.user_id = space.id
      RETURNING p.*
    )`,
  result: `${facts("saved", "space")} || jsonb_build_object('payment', $16::jsonb) ||
    CASE WHEN $15::boolean AND $9::text IS NULL THEN jsonb_build_object('content', saved.content) ELSE '{}' END`,
  from: "saved, space",
});

/** Into the bin, with its versions; the bytes are free again. A trigger lets the oldest of the bin go. $4 user · $5 code · $6 app that may delete it (null: any) */
export const DELETE_PROJECT = recordedStatement({
  effect: `
    ${OWNER},
    old AS (
      SELECT p.code, p.user_id, p.size_bytes FROM owner JOIN projects p ON p.user_id = owner.id
      WHERE p.code = $5 AND p.deleted_at IS NULL AND ($6::text IS NULL OR p.app_source = $6)
      FOR UPDATE OF p
    ),
    binned AS (
      UPDATE projects p SET deleted_at = now() FROM old WHERE p.code = old.code AND p.user_id = old.user_id
      RETURNING p.user_id, p.code, p.size_bytes
    ),
    space AS (
      UPDATE users u SET storage_used_bytes = o.storage_used_bytes - b.size_bytes, project_count = o.project_count - 1,
        user_version = o.user_version + 1, updated_at = now()
      FROM owner o JOIN binned b ON b.user_id = o.id WHERE u.id = o.id
      RETURNING ${SPACE}, b.code
    )`,
  result: `jsonb_build_object('code', code, 'used_bytes', storage_used_bytes, 'limit_bytes', storage_limit_bytes,
    'project_count', project_count, 'user_version', user_version)`,
  from: "space",
});

/** Back from the bin, if there is room. $4 user · $5 code · $6 app that may do it (null: any) */
export const RESTORE_PROJECT = recordedStatement({
  effect: `
    ${OWNER},
    old AS (
      SELECT p.code, p.user_id, p.size_bytes FROM owner JOIN projects p ON p.user_id = owner.id
      WHERE p.code = $5 AND p.deleted_at > now() - interval '${BIN_DAYS} days'
        AND ($6::text IS NULL OR p.app_source = $6)
      FOR UPDATE OF p
    ),
    space AS (
      UPDATE users u SET storage_used_bytes = o.storage_used_bytes + old.size_bytes, project_count = o.project_count + 1,
        user_version = o.user_version + 1, updated_at = now()
      FROM owner o JOIN old ON old.user_id = o.id
      WHERE u.id = o.id AND o.storage_used_bytes + old.size_bytes <= o.storage_limit_bytes
        AND o.project_count < ${MAX_PROJECTS}
      RETURNING ${SPACE}
    ),
    saved AS (
      UPDATE projects p SET deleted_at = NULL FROM old, space WHERE p.code = old.code AND p.user_id = space.id
      RETURNING p.*
    )`,
  result: facts("saved", "space"),
  from: "saved, space",
});

/** For good, from the bin. $4 user · $5 code · $6 app that may do it (null: any) */
export const REMOVE_PROJECT = recordedStatement({
  effect: `
    ${OWNER},
    removed AS (
      DELETE FROM projects p USING owner
      WHERE p.user_id = owner.id AND p.code = $5 AND p.deleted_at > now() - interval '${BIN_DAYS} days'
        AND ($6::text IS NULL OR p.app_source = $6)
      RETURNING p.code
    )`,
  result: "jsonb_build_object('removed', 1)",
  from: "removed",
});

/** For good, all that lay in the bin at a time. $4 user · $5 until then */
export const EMPTY_BIN = recordedStatement({
  effect: `
    ${OWNER},
    removed AS (
      DELETE FROM projects p USING owner WHERE p.user_id = owner.id AND p.deleted_at <= $5::timestamptz
      RETURNING p.code
    )`,
  result: "jsonb_build_object('removed', (SELECT count(*) FROM removed))",
  from: "owner",
});

/** Across people: one batch of what has lain in a bin for its time, leaving to others what they have claimed. $1 most */
export const EMPTY_OLD_BINS = statement(`
  WITH old AS (
    SELECT code FROM projects WHERE deleted_at <= now() - interval '${BIN_DAYS} days'
    ORDER BY deleted_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )
  DELETE FROM projects p USING old WHERE p.code = old.code AND p.deleted_at IS NOT NULL RETURNING p.code`);

export interface StateRow {
  storage_used_bytes: number;
  storage_limit_bytes: number;
  project_count: number;
  code: string | null;
  title: string;
  app_source: string;
  project_type: string;
  size_bytes: number;
  version: number;
  deleted_at: Date | null;
  updated_at: Date;
}

/** A person's space and, where it is theirs, a project without its content: why a command was refused. $1 user · $2 code */
export const FIND_STATE = statement(`
  SELECT u.storage_used_bytes, u.storage_limit_bytes, u.project_count, p.code, p.title, p.app_source, p.project_type,
    p.size_bytes, p.version, p.deleted_at, p.updated_at
  FROM users u
  LEFT JOIN projects p ON p.user_id = u.id AND p.code = $2
    AND (p.deleted_at IS NULL OR p.deleted_at > now() - interval '${BIN_DAYS} days')
  WHERE u.id = $1`);
