import "server-only";
import type { crossAppAuth as operation } from "@/lib/contract/older";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { getUserInfo } from "@/lib/domains/credits/user-info";
import { AppError } from "@/lib/foundation/app-error";
import { WithCookies } from "@/lib/foundation/with-cookies";
import { clearCookie, TOKEN_COOKIE } from "./session-cookie";
import { beginSession, verifySignIn } from "./sign-in";

/**
 * The older way to exchange a token for a session. The token alone says who signs in; the session that was there ends.
 * @throws `not_signed_in` for a token that is no good, `invalid_request` where `user_id` is not whom it is about: nobody
 *   is signed in or out then.
 */
export async function signInAcrossApps(
  { jwt_token: token, user_id: named }: InputOf<typeof operation>,
  replacedSessionId: string | null,
): Promise<WithCookies<OutputOf<typeof operation>>> {
  const profile = await verifySignIn(token);
  if (named != null && named !== profile.userId) {
    throw new AppError("invalid_request", {
      message: "Invalid request: user_id is not whom the token is about",
      details: { field: "user_id" },
    });
  }
  const { cookie } = await beginSession(profile, replacedSessionId);
  const { user_id, username, email, credits, low_balance } = await getUserInfo({ user_id: profile.userId });
  return new WithCookies(
    {
      success: true,
      user: { user_id, username, email, credits, low_balance },
      user_id,
      username,
      email,
      message: `Signed in as ${username}.`,
    },
    [cookie.setCookie, clearCookie(TOKEN_COOKIE)],
  );
}
