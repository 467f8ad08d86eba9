import "server-only";
import { statement } from "@/lib/database/client";

const PROJECT = `p.code, p.title, p.app_source, p.project_type, p.word_count, p.created_at, p.updated_at,
  char_length(p.content) AS characters`;

/**
 * A person and all of their projects, newest first; contents until `$2` bytes of them are together. One row without a
 * code where there is no project; none where there is no such person. $1 user · $2 bytes of content
 */
export const LIST_OLDER = statement(`
  SELECT u.id AS user_id, u.username, u.email, p.*
  FROM users u
  LEFT JOIN LATERAL (
    SELECT ${PROJECT}, CASE WHEN sum(p.size_bytes) OVER newest <= $2::bigint THEN p.content END AS content
    FROM projects p WHERE p.user_id = u.id AND p.deleted_at IS NULL
    WINDOW newest AS (ORDER BY p.created_at DESC, p.code DESC)
  ) p ON true
  WHERE u.id = $1
  ORDER BY p.created_at DESC, p.code DESC`);

/** A project of this person, and the person. $1 user · $2 code */
export const FIND_OLDER = statement(`
  SELECT u.id AS user_id, u.username, u.email, ${PROJECT}, p.content
  FROM users u JOIN projects p ON p.user_id = u.id
  WHERE u.id = $1 AND p.code = $2 AND p.deleted_at IS NULL`);
