import "server-only";
import { database } from "@/lib/database/client";
import type { Caller } from "@/lib/foundation/caller";
import { WithCookies } from "@/lib/foundation/with-cookies";
import { clearCookie, clearSessionCookie, TOKEN_COOKIE } from "./session-cookie";
import { END_ALL_SESSIONS, END_SESSION } from "./statements";

/**
 * Signs out: here, or everywhere, after which tokens issued before are refused too. For a guest only the cookies go:
 * somebody who is signed out is signed out.
 */
export async function endSession(
  { userId, sessionId }: Pick<Caller, "userId" | "sessionId">,
  everywhere: boolean,
): Promise<WithCookies<{ success: true }>> {
  if (userId !== null) {
    if (everywhere) await database.query(END_ALL_SESSIONS, [userId]);
    else await database.query(END_SESSION, [sessionId, userId]);
  }
  return new WithCookies({ success: true }, [clearSessionCookie(), clearCookie(TOKEN_COOKIE)]);
}
