import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { PUT_AWAY_COOKIE } from "@/lib/contract/low-balance";
import { type Account, findAccount } from "@/lib/domains/accounts/get-account";
import { findUserInfo } from "@/lib/domains/credits/user-info";
import { loginUrl } from "@/lib/domains/sessions/login-url";
import { readSession } from "@/lib/domains/sessions/read-session";
import { readCookie } from "@/lib/domains/sessions/session-cookie";

/** Who looks at a page: their account, with a balance that counts holds past their time as free. */
export type Viewer = Account & {
  sessionId: string;
  /** At this balance or below it is low. */
  lowBalanceThreshold: number;
  /** They have put the notice of it away since it became low. */
  lowBalancePutAway: boolean;
};

/** The person of this request, or null for a guest. Asked once for a page, however often it is called. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const cookie = (await headers()).get("cookie");
  const session = await readSession(cookie);
  if (session === null) return null;
  const [account, info] = await Promise.all([findAccount(session.userId), findUserInfo(session.userId)]);
  if (account === null || info === null) return null;
  const { credits, held_credits: heldCredits, user_version: userVersion, storage } = info;
  return {
    ...account,
    credits,
    heldCredits,
    userVersion,
    storage,
    sessionId: session.sessionId,
    lowBalanceThreshold: info.low_balance_threshold,
    lowBalancePutAway: readCookie(cookie, PUT_AWAY_COOKIE) === encodeURIComponent(session.userId),
  };
});

/**
 * The person of this request. A guest is sent to sign in, to come back to `returnTo`, the path of the page that asks
 * (with its query). Every closed page asks: the middleware is not the only way in.
 */
export async function requireUser(returnTo: string): Promise<Viewer> {
  return (await currentViewer()) ?? redirect(loginUrl(returnTo));
}

/** Where a guest signs in, to come back to `returnTo`, a path of our own. */
export function signInUrl(returnTo = "/penora"): string {
  return loginUrl(returnTo);
}
