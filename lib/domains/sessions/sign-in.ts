import "server-only";
import { type TokenProfile, upsertFromToken } from "@/lib/domains/accounts/upsert-from-token";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import { newId } from "@/lib/foundation/ids";
import { WithCookies } from "@/lib/foundation/with-cookies";
import { loginUrl } from "./login-url";
import { clearCookie, type MadeCookie, makeSessionCookie, TOKEN_COOKIE } from "./session-cookie";
import { type LiveSessionRow, START_SESSION } from "./statements";
import { TokenRefusal } from "./token-claims";
import { verifyToken } from "./verify-token";

export interface SignedIn {
  readonly userId: string;
  readonly username: string;
  readonly cookie: MadeCookie;
}

/**
 * The person of a token that is good for signing in.
 * @throws `not_signed_in` where it is not.
 */
export async function verifySignIn(token: string): Promise<TokenProfile> {
  return verifyToken(token).catch((error: unknown) => {
    throw error instanceof TokenRefusal ? refuse(error) : error;
  });
}

/**
 * Begins a session of a verified person: they are written to `users` at once, and the session that was there, whoever's
 * it was, ends with this one's beginning.
 * @throws `not_signed_in` where the token is older than the person's last "sign out everywhere" (a token that does not
 *   say when it was issued counts as older); `unavailable`.
 */
export async function beginSession(
  profile: TokenProfile,
  replacedSessionId: string | null,
): Promise<SignedIn> {
  await upsertFromToken(profile);
  const [row] = await database.query<LiveSessionRow>(START_SESSION, [
    newId(),
    profile.userId,
    replacedSessionId,
    profile.issuedAt,
  ]);
  if (row === undefined) throw refuse(new TokenRefusal("issued before the person signed out everywhere"));
  const startedAt = Math.floor(row.created_at.getTime() / 1000);
  const cookie = await makeSessionCookie({ userId: row.user_id, sessionId: row.id, startedAt });
  return { userId: row.user_id, username: row.username, cookie };
}

/** Exchanges a token for a session. @throws as `verifySignIn` and `beginSession`. */
export async function signInWithToken(token: string, replacedSessionId: string | null): Promise<SignedIn> {
  return beginSession(await verifySignIn(token), replacedSessionId);
}

/** `signInWithToken` as `POST /api/session` answers it. */
export async function startSession(
  token: string,
  replacedSessionId: string | null,
): Promise<WithCookies<{ success: true; user_id: string; username: string }>> {
  const { userId, username, cookie } = await signInWithToken(token, replacedSessionId);
  return new WithCookies({ success: true, user_id: userId, username }, [
    cookie.setCookie,
    clearCookie(TOKEN_COOKIE),
  ]);
}

function refuse(reason: TokenRefusal): AppError {
  return new AppError("not_signed_in", {
    message: "This sign-in is not valid, or not valid any more. Please sign in again.",
    extra: { login_url: loginUrl() },
    internal: reason.message,
  });
}
