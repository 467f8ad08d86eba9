import "server-only";
import { AppError } from "@/lib/foundation/app-error";
import { env } from "@/lib/foundation/env";
import { logger } from "@/lib/foundation/logger";
import { loginUrl } from "./login-url";
import {
  hasNeedlessSlash,
  isFile,
  isOpenPage,
  namesToken,
  tokenInQuery,
  withoutTokens,
  withoutTrailingSlash,
} from "./page-address";
import { readAndProlong } from "./read-session";
import {
  clearCookie,
  openSessionCookie,
  readCookie,
  replaceCookies,
  sessionCookieName,
  TOKEN_COOKIE,
} from "./session-cookie";
import { type SignedIn, signInWithToken } from "./sign-in";

const FAILED_PAGE = "/sign-in-failed";

/** A request for a page, as far as signing in needs to know it. */
export interface Visit {
  readonly method: string;
  readonly pathname: string;
  /** With its question mark, as it was sent. */
  readonly search: string;
  readonly cookie: string | null;
  readonly authorization: string | null;
  readonly authToken: string | null;
}

/** What becomes of a visit. Both kinds may set cookies. */
export type Admission =
  | {
      readonly kind: "show";
      readonly status: 200 | 401;
      readonly setCookies: readonly string[];
      /** The `Cookie` header that the page shall see; null: the one that came. */
      readonly cookie: string | null;
    }
  | {
      readonly kind: "redirect";
      readonly status: 303 | 307 | 308;
      readonly location: string;
      readonly setCookies: readonly string[];
    };

/**
 * The porch: turns a token into a session, prolongs a session that is used, and sends a guest of a closed page to sign in.
 * Asks the database at most once where there is a session. @throws `unavailable`.
 */
export async function admitVisitor(visit: Visit): Promise<Admission> {
  const { method, pathname, search } = visit;
  if (method === "GET" && namesToken(search)) return exchangeQueryToken(visit);
  if (isFile(pathname)) return show();
  if (hasNeedlessSlash(pathname)) {
    return redirect(308, env().appUrl + withoutTrailingSlash(pathname) + withoutTokens(search));
  }
  const found = await readAndProlong(visit.cookie);
  if (found !== null) {
    const cookie = found.prolonged;
    return show(visit, cookie === null ? [] : [cookie.setCookie]);
  }
  const beside = method === "GET" ? await exchangeTokenBeside(visit) : null;
  if (beside !== null) return beside;
  if (isOpenPage(pathname)) return show(visit);
  return redirect(307, loginUrl(pathname + withoutTokens(search)));
}

/** The token is gone from the address before anything is shown, whether it was good or not. */
async function exchangeQueryToken({ pathname, search, cookie }: Visit): Promise<Admission> {
  const here = env().appUrl + pathname + withoutTokens(search);
  const token = tokenInQuery(search);
  if (token === null) return redirect(303, here);
  const replaced = await openSessionCookie(cookie);
  const signedIn = await trySignIn(token, replaced?.sessionId ?? null);
  if (signedIn === null) return redirect(303, env().appUrl + FAILED_PAGE);
  return redirect(303, here, [signedIn.cookie.setCookie, clearCookie(TOKEN_COOKIE)]);
}

/**
 * A token in a header or a cookie, where there is no session: the page of this very request sees the person. A bad one is
 * no error. The cookie has done its work either way, and left there it would undo signing out.
 */
async function exchangeTokenBeside(visit: Visit): Promise<Admission | null> {
  const inCookie = readCookie(visit.cookie, TOKEN_COOKIE);
  const bearer = /^Bearer +(\S+)$/i.exec(visit.authorization ?? "")?.[1];
  const candidates = [bearer, visit.authToken, inCookie].filter((token) => typeof token === "string");
  const spent = inCookie === null ? [] : [clearCookie(TOKEN_COOKIE)];
  for (const token of candidates) {
    const signedIn = await trySignIn(token, null);
    if (signedIn === null) continue;
    const cookie = replaceCookies(visit.cookie, [sessionCookieName(), TOKEN_COOKIE], signedIn.cookie.pair);
    return { kind: "show", status: 200, setCookies: [signedIn.cookie.setCookie, ...spent], cookie };
  }
  if (spent.length === 0) return null;
  if (isOpenPage(visit.pathname)) return show(visit, spent);
  return redirect(307, loginUrl(visit.pathname + withoutTokens(visit.search)), spent);
}

async function trySignIn(token: string, replacedSessionId: string | null): Promise<SignedIn | null> {
  try {
    return await signInWithToken(token, replacedSessionId);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_signed_in") throw error;
    logger().info({ reason: error.internal }, "a sign-in was refused");
    return null;
  }
}

function show(visit?: Visit, setCookies: readonly string[] = []): Admission {
  const status = visit?.pathname === FAILED_PAGE ? 401 : 200;
  return { kind: "show", status, setCookies, cookie: null };
}

function redirect(status: 303 | 307 | 308, location: string, setCookies: readonly string[] = []): Admission {
  return { kind: "redirect", status, location, setCookies };
}
