import "server-only";
import { BIN_DAYS } from "@/lib/contract/workspace";
import { statement } from "@/lib/database/client";
import { isPicture } from "./statements";

const COLUMNS = `p.code, p.title, p.app_source, p.project_type, p.metadata, p.size_bytes, p.word_count, p.version,
  p.created_at, p.updated_at`;

/** By what a list stands in order, and whether from the largest on. Titles by their beginning: a cursor is no novel. */
const ORDERS = {
  newest: { key: "created_at", type: "timestamptz", order: "DESC" },
  changed: { key: "updated_at", type: "timestamptz", order: "DESC" },
  title: { key: "title_key", type: "text", order: "ASC" },
  size: { key: "size_bytes", type: "int", order: "DESC" },
} as const;

/**
 * A page of a person's projects, with the counts of the whole list under the filters and the space. One row without a
 * code where the page is empty; none where there is no such person. No content is read but that of the page, and of it
 * only so much, from the first on, as `$9` bytes hold; a search reads what it searches, a megabyte at most.
 * $1 user · $2 app · $3 type · $4 words of the title or the text · $5, $6 key and code behind which the page begins ·
 * $7 rows · $8 contents are wanted · $9 bytes of content · $10 pictures or not (null: both)
 */
function listProjects({ key, type, order }: (typeof ORDERS)[keyof typeof ORDERS]) {
  const inOrder = `p.${key} ${order}, p.code ${order}`;
  return statement(`
  WITH listed AS (
    SELECT ${COLUMNS}, lower(left(p.title, 50)) AS title_key FROM projects p
    WHERE p.user_id = $1 AND p.deleted_at IS NULL AND ($2::text IS NULL OR p.app_source = $2)
      AND ($3::text IS NULL OR p.project_type = $3)
      AND ($4::text IS NULL OR position(lower($4) IN lower(p.title)) > 0
        OR NOT ${isPicture("p.project_type")} AND position(lower($4) IN lower(p.content)) > 0)
      AND ($10::boolean IS NULL OR ${isPicture("p.project_type")} = $10)
  ),
  counts AS (
    SELECT count(*) AS total, count(*) FILTER (WHERE app_source = 'penora') AS penora,
      count(*) FILTER (WHERE app_source = 'imagegene') AS imagegene
    FROM listed
  ),
  page AS (
    SELECT p.*, sum(p.size_bytes) OVER (ORDER BY ${inOrder}) AS running FROM listed p
    WHERE $5::${type} IS NULL OR (p.${key}, p.code) ${order === "ASC" ? ">" : "<"} ($5::${type}, $6::text)
    ORDER BY ${inOrder} LIMIT $7::int
  )
  SELECT u.storage_used_bytes, u.storage_limit_bytes, u.project_count, counts.total, counts.penora, counts.imagegene,
    ${COLUMNS}, p.title_key, CASE WHEN $8::boolean AND p.running <= $9::bigint
      THEN (SELECT c.content FROM projects c WHERE c.code = p.code AND c.user_id = $1) END AS content
  FROM users u CROSS JOIN counts LEFT JOIN page p ON true
  WHERE u.id = $1
  ORDER BY ${inOrder}`);
}

export const LIST_PROJECTS = {
  newest: listProjects(ORDERS.newest),
  changed: listProjects(ORDERS.changed),
  title: listProjects(ORDERS.title),
  size: listProjects(ORDERS.size),
};

/**
 * A page of a person's bin, what was deleted last first, without contents.
 * $1 user · $2, $3 time and code behind which the page begins · $4 rows
 */
export const LIST_BIN = statement(`
  SELECT ${COLUMNS}, p.deleted_at FROM projects p
  WHERE p.user_id = $1 AND p.deleted_at > now() - interval '${BIN_DAYS} days'
    AND ($2::timestamptz IS NULL OR (p.deleted_at, p.code) < ($2::timestamptz, $3::text))
  ORDER BY p.deleted_at DESC, p.code DESC LIMIT $4`);

/** What a person's bin and versions hold beside the workspace. $1 user */
export const KEPT_STATS = statement(`
  SELECT COALESCE((SELECT sum(size_bytes) FROM projects WHERE user_id = $1 AND deleted_at IS NOT NULL), 0)::bigint AS bin_bytes,
    (SELECT count(*) FROM projects WHERE user_id = $1 AND deleted_at > now() - interval '${BIN_DAYS} days') AS binned,
    COALESCE((SELECT sum(size_bytes) FROM project_versions WHERE user_id = $1), 0)::bigint AS version_bytes`);

/** A person's space, and the bytes and projects of each app, the largest first. $1 user */
export const STORAGE_STATS = statement(`
  SELECT u.storage_used_bytes, u.storage_limit_bytes, u.project_count, a.app_source, a.bytes, a.projects
  FROM users u
  LEFT JOIN LATERAL (
    SELECT app_source, sum(size_bytes)::bigint AS bytes, count(*) AS projects FROM projects
    WHERE user_id = u.id AND deleted_at IS NULL GROUP BY app_source
  ) a ON true
  WHERE u.id = $1
  ORDER BY a.bytes DESC, a.app_source`);
