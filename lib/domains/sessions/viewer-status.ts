import "server-only";
import type { userStatus } from "@/lib/contract/accounts";
import type { OutputOf } from "@/lib/contract/operation";
import { findAccount } from "@/lib/domains/accounts/get-account";
import { creditsSpent } from "@/lib/domains/credits/tally";
import { findUserInfo } from "@/lib/domains/credits/user-info";
import { WithCookies } from "@/lib/foundation/with-cookies";
import { loginUrl } from "./login-url";
import { isDueForRefresh, makeSessionCookie, openSessionCookie } from "./session-cookie";

type Status = OutputOf<typeof userStatus>;

/** Who is signed in, with balance and storage; for a guest, where to sign in. Asking is a use, and prolongs the session. */
export async function viewerStatus(
  userId: string | null,
  cookieHeader: string | null,
): Promise<Status | WithCookies<Status>> {
  const status = userId === null ? null : await statusOf(userId);
  if (status === null) return { authenticated: false, login_url: loginUrl() };
  const contents = await openSessionCookie(cookieHeader);
  if (contents === null || !isDueForRefresh(contents)) return status;
  return new WithCookies(status, [(await makeSessionCookie(contents)).setCookie]);
}

async function statusOf(userId: string): Promise<Status | null> {
  const [account, info, creditsUsed] = await Promise.all([
    findAccount(userId),
    findUserInfo(userId),
    creditsSpent(userId),
  ]);
  if (account === null || info === null) return null;
  return {
    authenticated: true,
    user_id: userId,
    username: account.username,
    email: account.email,
    credits: info.credits,
    held_credits: info.held_credits,
    low_balance: info.low_balance,
    low_balance_threshold: info.low_balance_threshold,
    user_version: info.user_version,
    subscription_status: account.subscriptionStatus,
    profile_image: account.profileImage,
    bio: account.bio,
    website: account.website,
    storage: info.storage,
    credits_used: creditsUsed,
    original_credits: info.credits + creditsUsed,
  };
}
