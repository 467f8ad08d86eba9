import "server-only";
import { MAX_SHARES } from "@/lib/contract/exports";
import { PICTURE_TYPES } from "@/lib/contract/picture";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

const IS_PICTURE = `lower(p.project_type) IN (${PICTURE_TYPES.map((type) => `'${type}'`).join(", ")})`;
/** A link counts until it is revoked or its time is over, and while its project is there. */
const LIVE = "s.revoked_at IS NULL AND (s.expires_at IS NULL OR s.expires_at > now())";

/** The pictures of a person that a text refers to. $1 user · $2 codes */
export const FIND_PICTURES = statement(`
  SELECT p.code, p.content FROM projects p
  WHERE p.user_id = $1 AND p.code = ANY($2::text[]) AND p.deleted_at IS NULL AND ${IS_PICTURE}`);

/** A person's projects, newest first. $1 user · $2 codes (null: all) */
export const LIST_CODES = statement(`
  SELECT p.code FROM projects p
  WHERE p.user_id = $1 AND p.deleted_at IS NULL AND ($2::text[] IS NULL OR p.code = ANY($2::text[]))
  ORDER BY p.created_at DESC, p.code DESC`);

/** The project, locked: its links are counted while nobody adds one. $1 user · $2 code */
export const LOCK_PROJECT = statement(`
  SELECT p.code FROM projects p WHERE p.user_id = $1 AND p.code = $2 AND p.deleted_at IS NULL FOR UPDATE`);

/** No row: the project has as many links as it may. $1 user · $2 code · $3 token · $4 days (null: no end) */
export const CREATE_SHARE = statement(`
  INSERT INTO project_shares (user_id, project_code, token, expires_at)
  SELECT $1, $2, $3, now() + $4::int * interval '1 day'
  WHERE (SELECT count(*) FROM project_shares s WHERE s.user_id = $1 AND s.project_code = $2 AND ${LIVE}) < ${MAX_SHARES}
  RETURNING id, token, expires_at, created_at`);

/** One row for each link, and one without a link where the project has none. $1 user · $2 code */
export const LIST_SHARES = statement(`
  SELECT s.id, s.token, s.expires_at, s.created_at
  FROM projects p LEFT JOIN project_shares s ON s.user_id = p.user_id AND s.project_code = p.code AND ${LIVE}
  WHERE p.user_id = $1 AND p.code = $2 AND p.deleted_at IS NULL
  ORDER BY s.created_at DESC, s.id`);

/** $4 user · $5 code · $6 id of the link */
export const REVOKE_SHARE = recordedStatement({
  effect: `
    revoked AS (
      UPDATE project_shares s SET revoked_at = now()
      WHERE s.user_id = $4 AND s.project_code = $5 AND s.id::text = $6 AND s.revoked_at IS NULL AND ${NOT_KNOWN}
      RETURNING s.id
    )`,
  result: "jsonb_build_object('revoked', true)",
  from: "revoked",
});

/** Across people: what a link shows is its owner's, and whoever has the link may read it. $1 token */
export const FIND_SHARED = statement(`
  SELECT p.code, p.title, p.content, p.project_type, p.metadata, p.word_count, p.version, p.updated_at, p.user_id,
    u.username
  FROM project_shares s
    JOIN projects p ON p.code = s.project_code AND p.user_id = s.user_id
    JOIN users u ON u.id = s.user_id
  WHERE s.token = $1 AND ${LIVE} AND p.deleted_at IS NULL`);

/** Across people, as above: a picture that is shared, or that the shared text refers to. $1 token · $2 code */
export const FIND_SHARED_PICTURE = statement(`
  SELECT p.content
  FROM project_shares s
    JOIN projects t ON t.code = s.project_code AND t.user_id = s.user_id AND t.deleted_at IS NULL
    JOIN projects p ON p.user_id = s.user_id AND p.code = $2 AND p.deleted_at IS NULL
  WHERE s.token = $1 AND ${LIVE} AND ${IS_PICTURE}
    AND (p.code = t.code OR strpos(t.content, 'penora:' || p.code || ')') > 0)`);
