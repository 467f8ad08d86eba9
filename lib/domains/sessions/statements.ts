import "server-only";
import { statement } from "@/lib/database/client";
import { SESSION_MAX_SECONDS } from "./session-cookie";

export interface LiveSessionRow {
  id: string;
  user_id: string;
  username: string;
  created_at: Date;
}

/** A session counts while nobody ended it, its person is there, and it is not older than a "sign out everywhere". */
const LIVE = `
  s.ended_at IS NULL
  AND s.created_at > now() - interval '${SESSION_MAX_SECONDS} seconds'
  AND (u.sessions_valid_from IS NULL OR s.created_at >= u.sessions_valid_from)`;

/** $1 session id · $2 user id */
export const FIND_LIVE_SESSION = statement(`
  SELECT s.id, s.user_id, u.username, s.created_at FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.id = $1 AND s.user_id = $2 AND ${LIVE}`);

/** $1 session id */
export const FIND_OWNER_OF_LIVE_SESSION = statement(`
  SELECT s.user_id FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = $1::uuid AND ${LIVE}`);

/**
 * Starts a session and ends the one that it replaces, whoever's that was; the person's rows past their time go.
 * No row: a token issued at $4 (null: it does not say) is older than the person's last "sign out everywhere". Either
 * waits for the other by the person's row, so that no session slips in between.
 * $1 new session id · $2 user id · $3 replaced session id or null · $4 issued at or null
 */
export const START_SESSION = statement(`
  WITH person AS (
    SELECT id, username FROM users
    WHERE id = $2 AND (sessions_valid_from IS NULL OR sessions_valid_from <= $4::timestamptz)
    FOR SHARE
  ),
  replaced AS (
    UPDATE sessions SET ended_at = now()
    WHERE id = $3::uuid AND ended_at IS NULL AND EXISTS (SELECT 1 FROM person)
    RETURNING user_id
  ),
  past AS (
    DELETE FROM sessions WHERE user_id = $2 AND created_at < now() - interval '${SESSION_MAX_SECONDS} seconds'
  ),
  started AS (
    INSERT INTO sessions (id, user_id) SELECT $1::uuid, id FROM person RETURNING id, user_id, created_at
  )
  SELECT started.id, started.user_id, person.username, started.created_at,
    (SELECT user_id FROM replaced) AS changed
  FROM started, person`);

/** Whether a token issued at $2 (null: it does not say) counts; no row where the person is not known. $1 user id · $2 issued at or null */
export const TOKEN_COUNTS = statement(`
  SELECT COALESCE(sessions_valid_from <= $2::timestamptz, sessions_valid_from IS NULL) AS counts FROM users WHERE id = $1`);

/** $1 session id · $2 user id */
export const END_SESSION = statement(`
  UPDATE sessions SET ended_at = now() WHERE id = $1 AND user_id = $2 AND ended_at IS NULL
  RETURNING user_id AS changed`);

/** Ends every session, and makes every token issued until now worthless: until the row was had, not asked for. $1 user id */
export const END_ALL_SESSIONS = statement(`
  WITH marked AS (
    UPDATE users SET sessions_valid_from = clock_timestamp(), updated_at = now() WHERE id = $1 RETURNING id
  ),
  ended AS (
    UPDATE sessions SET ended_at = now() WHERE user_id IN (SELECT id FROM marked) AND ended_at IS NULL
  )
  SELECT id AS changed FROM marked`);

/** Across people: of these sessions the ones that count. $1 session ids */
export const FIND_LIVE_SESSIONS = statement(`
  SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ANY($1::uuid[]) AND ${LIVE}`);
