import "server-only";
import { sealData, unsealData } from "iron-session";
import { z } from "zod";
import { nowInSeconds } from "@/lib/foundation/clock";
import { env } from "@/lib/foundation/env";

/** A session lasts 14 days from its last use, 90 at most (contract, section 1). */
const SESSION_IDLE_SECONDS = 14 * 24 * 3600;
export const SESSION_MAX_SECONDS = 90 * 24 * 3600;
/** A cookie younger than this is not made anew: a page view an hour is note enough of a last use. */
const REFRESH_AFTER_SECONDS = 3600;

/** All that the cookie carries. Times in seconds since 1970. */
const contents = z.strictObject({
  userId: z.string(),
  sessionId: z.uuid(),
  startedAt: z.number().int(),
  usedAt: z.number().int(),
});

export type SessionContents = z.infer<typeof contents>;

/**
 * `__Host-penora` on https. On http, which is this machine only, the port is part of the name: cookies know no ports,
 * and two Penoras side by side on localhost would sign each other's people out.
 */
export function sessionCookieName(): string {
  const url = new URL(env().appUrl);
  return url.protocol === "https:" ? "__Host-penora" : `penora_${url.port || "80"}`;
}

/** The session that a `Cookie` header carries, if its seal is ours and its time is not over. No database is asked. */
export async function openSessionCookie(cookieHeader: string | null): Promise<SessionContents | null> {
  const sealed = readCookie(cookieHeader, sessionCookieName());
  if (sealed === null) return null;
  const opened = contents.safeParse(await unseal(sealed));
  if (!opened.success) return null;
  const now = nowInSeconds();
  const { startedAt, usedAt } = opened.data;
  return now < startedAt + SESSION_MAX_SECONDS && now < usedAt + SESSION_IDLE_SECONDS ? opened.data : null;
}

async function unseal(sealed: string): Promise<unknown> {
  try {
    return await unsealData(sealed, { password: env().sessionSecret, ttl: SESSION_IDLE_SECONDS });
  } catch {
    return null; // whatever somebody put there, it is no session
  }
}

/** True where the cookie is old enough that this use should prolong it. */
export function isDueForRefresh({ startedAt, usedAt }: SessionContents): boolean {
  const now = nowInSeconds();
  const endsAnyway = usedAt + SESSION_IDLE_SECONDS >= startedAt + SESSION_MAX_SECONDS;
  return now - usedAt >= REFRESH_AFTER_SECONDS && !endsAnyway;
}

/** A cookie as it goes out (`setCookie`), and as the same request would have carried it (`pair`). */
export interface MadeCookie {
  readonly setCookie: string;
  readonly pair: string;
}

/** Seals a session that is used now. */
export async function makeSessionCookie(session: Omit<SessionContents, "usedAt">): Promise<MadeCookie> {
  const now = nowInSeconds();
  const ttl = Math.max(1, Math.min(SESSION_IDLE_SECONDS, session.startedAt + SESSION_MAX_SECONDS - now));
  const { userId, sessionId, startedAt } = session;
  const sealed = await sealData(
    { userId, sessionId, startedAt, usedAt: now },
    { password: env().sessionSecret, ttl },
  );
  const pair = `${sessionCookieName()}=${sealed}`;
  return { pair, setCookie: `${pair}; Max-Age=${ttl}${attributes()}` };
}

/** Takes the session away from the browser. */
export function clearSessionCookie(): string {
  return clearCookie(sessionCookieName());
}

/** The name under which the hub may leave a token; taken away once it is used or found bad. */
export const TOKEN_COOKIE = "auth_token";

export function clearCookie(name: string): string {
  return `${name}=; Max-Age=0${attributes()}`;
}

function attributes(): string {
  const secure = env().appUrl.startsWith("https:") ? "; Secure" : "";
  return `; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

/** The first cookie of that name, or null. */
export function readCookie(cookieHeader: string | null, name: string): string | null {
  for (const part of splitCookies(cookieHeader)) {
    const [key, value] = keyAndValue(part);
    if (key === name && value !== "") return value;
  }
  return null;
}

/** The `Cookie` header without `names`, and with `pair` at its end: what the same request's page shall see. */
export function replaceCookies(
  cookieHeader: string | null,
  names: readonly string[],
  pair: string | null,
): string {
  const kept = splitCookies(cookieHeader).filter((part) => !names.includes(keyAndValue(part)[0]));
  return [...kept, ...(pair === null ? [] : [pair])].join("; ");
}

function splitCookies(cookieHeader: string | null): string[] {
  return (cookieHeader ?? "")
    .split(";")
    .map((part) => part.trim())
    .filter(Boolean);
}

function keyAndValue(part: string): [string, string] {
  const at = part.indexOf("=");
  return at < 0 ? [part, ""] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
}
