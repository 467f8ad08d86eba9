import "server-only";
import { database } from "@/lib/database/client";
import {
  isDueForRefresh,
  type MadeCookie,
  makeSessionCookie,
  openSessionCookie,
  type SessionContents,
} from "./session-cookie";
import {
  FIND_LIVE_SESSION,
  FIND_LIVE_SESSIONS,
  FIND_OWNER_OF_LIVE_SESSION,
  type LiveSessionRow,
} from "./statements";

/** Who is signed in. */
export interface Session {
  readonly userId: string;
  readonly sessionId: string;
  readonly username: string;
}

/**
 * The session of a `Cookie` header, or null. The database is asked each time, so that an ended session is refused at
 * once, in every process. @throws `unavailable`.
 */
export async function readSession(cookieHeader: string | null): Promise<Session | null> {
  const contents = await openSessionCookie(cookieHeader);
  return contents === null ? null : findLive(contents);
}

/** As `readSession`, with the cookie that prolongs the session where this use is due to be noted. */
export async function readAndProlong(
  cookieHeader: string | null,
): Promise<{ session: Session; prolonged: MadeCookie | null } | null> {
  const contents = await openSessionCookie(cookieHeader);
  if (contents === null) return null;
  const session = await findLive(contents);
  if (session === null) return null;
  return { session, prolonged: isDueForRefresh(contents) ? await makeSessionCookie(contents) : null };
}

/** Those of these sessions that count now. */
export async function findLiveSessions(sessionIds: readonly string[]): Promise<Set<string>> {
  if (sessionIds.length === 0) return new Set();
  const rows = await database.query<{ id: string }>(FIND_LIVE_SESSIONS, [sessionIds]);
  return new Set(rows.map((row) => row.id));
}

async function findLive({ sessionId, userId }: SessionContents): Promise<Session | null> {
  const [row] = await database.query<LiveSessionRow>(FIND_LIVE_SESSION, [sessionId, userId]);
  return row === undefined ? null : { userId: row.user_id, sessionId: row.id, username: row.username };
}

/** Whose session this is, while it counts; else null. For what was begun under a session and is asked for without it. */
export async function findOwnerOfSession(sessionId: string): Promise<string | null> {
  const [row] = await database.query<{ user_id: string }>(FIND_OWNER_OF_LIVE_SESSION, [sessionId]);
  return row?.user_id ?? null;
}
