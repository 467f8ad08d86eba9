import { PAGE_USER_HEADER } from "@/lib/contract/headers";
import type { Operation, Scope } from "@/lib/contract/operation";
import { authenticateKey } from "@/lib/domains/api-keys/authenticate-key";
import { readBrowserToken } from "@/lib/domains/api-keys/browser-token";
import { loginUrl } from "@/lib/domains/sessions/login-url";
import { personOfToken } from "@/lib/domains/sessions/person-of-token";
import { readSession } from "@/lib/domains/sessions/read-session";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { peerOf } from "./peer";
import { keyLimiter } from "./key-limiter";
import { failureLimiter, tokenLimiter } from "./rate-limit";
import { requireSameOrigin } from "./same-origin";
import { sentBrowserToken, sentKey, sentTokens } from "./sent-key";

const GUEST: Caller = {
  kind: "guest",
  app: "penora",
  admin: false,
  scopes: [],
  keyId: null,
  userId: null,
  sessionId: null,
  expiresAt: null,
  idempotency: null,
};

/**
 * Who is asking. Keys are looked for in the headers, then in the query, then in the body (old clients); a browser token
 * only where the operation takes one.
 * @throws `invalid_api_key`, `not_signed_in`, `session_changed`, `cross_site`, `rate_limited`.
 */
export async function identifyCaller(
  operation: Operation,
  request: Request,
  query: URLSearchParams,
  readBody: () => Promise<Record<string, unknown>>,
): Promise<Caller> {
  switch (operation.auth) {
    case "key": {
      const token = sentBrowserToken(operation, request, query);
      return token === null ? keyCaller(request, query, readBody) : browserTokenCaller(request, token);
    }
    case "session":
      return (await sessionCaller(request, true)) ?? refuseGuest();
    case "open":
      return (await sessionCaller(request, false)) ?? GUEST;
    case "either":
      if (sentKey(request, query) !== null) return keyCaller(request, query, readBody);
      return (await sessionCaller(request, true)) ?? (await hubTokenCaller(request)) ?? refuseGuest();
  }
}

async function browserTokenCaller(request: Request, token: string): Promise<Caller> {
  const holder = await readBrowserToken(token);
  if (holder === null)
    throw refused(request, { message: "This browser token is not valid, or not any more." });
  tokenLimiter.take(JSON.stringify([holder.keyId, holder.userId]));
  return { ...GUEST, kind: "browser-token", ...holder };
}

/** Only what fails is counted and refused: a stranger behind the same address must not lock out a right key. */
function refused(request: Request, options?: { message: string }): AppError {
  failureLimiter.take(peerOf(request));
  return new AppError("invalid_api_key", options);
}

async function keyCaller(
  request: Request,
  query: URLSearchParams,
  readBody: () => Promise<Record<string, unknown>>,
): Promise<Caller> {
  const key = sentKey(request, query) ?? sentKey(request, query, await bodyOf(request, readBody));
  if (key === null) throw new AppError("invalid_api_key");
  const owner = await authenticateKey(key);
  if (owner === null) throw refused(request);
  if (owner.keyId !== null && owner.rateLimit) await keyLimiter.take(owner.keyId, owner.rateLimit);
  return { ...GUEST, kind: "key", ...owner };
}

async function bodyOf(request: Request, readBody: () => Promise<Record<string, unknown>>) {
  return request.method === "POST" || request.method === "PATCH" ? readBody() : {};
}

async function sessionCaller(request: Request, required: boolean): Promise<Caller | null> {
  const cookie = request.headers.get("cookie");
  const session = await readSession(cookie);
  requireSameOrigin(request, session !== null);
  if (session === null) return null;
  const pageUser = request.headers.get(PAGE_USER_HEADER);
  // An open door that only tells something tells it to whoever asks; one that changes something does not.
  if ((required || request.method !== "GET") && pageUser !== null && decode(pageUser) !== session.userId) {
    throw new AppError("session_changed", { extra: { user_id: session.userId, username: session.username } });
  }
  return { ...GUEST, kind: "session", userId: session.userId, sessionId: session.sessionId };
}

/** A token in a header counts where there is no session. A bad one is as if there were none. */
async function hubTokenCaller(request: Request): Promise<Caller | null> {
  const tokens = sentTokens(request);
  for (const token of tokens) {
    const userId = await personOfToken(token);
    if (userId !== null) return { ...GUEST, kind: "hub-token", userId };
  }
  if (tokens.length > 0) failureLimiter.take(peerOf(request));
  return null;
}

function refuseGuest(): never {
  throw new AppError("not_signed_in", { extra: { login_url: loginUrl() } });
}

/** Ids may hold what a header can't; what does not decode is nobody's id. */
function decode(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** @throws `insufficient_scope` naming the scope. */
export function requireScope(caller: Caller, scope: Scope | "any" | undefined): void {
  if (caller.kind !== "key" || scope === undefined || scope === "any" || caller.admin) return;
  if (caller.scopes.includes(scope)) return;
  throw new AppError("insufficient_scope", {
    message: `This key lacks the scope ${scope}.`,
    details: { required_scope: scope, scopes: caller.scopes },
  });
}

/**
 * A browser token asks for its own person, who need not be named.
 * @throws `insufficient_scope` where it names another.
 */
export function settlePerson(caller: Caller, query: Record<string, unknown>): void {
  if (caller.kind !== "browser-token") return;
  query.user_id ??= caller.userId;
  if (query.user_id !== caller.userId) {
    throw new AppError("insufficient_scope", { message: "This browser token is for another person." });
  }
}

/**
 * Settles in whose name a key acts: the app that the request names, or the key's own.
 * @throws `app_mismatch` where a key of one app names another.
 */
export function settleApp(caller: Caller, field: string | undefined, raw: Record<string, unknown>): Caller {
  if (caller.kind !== "key" || field === undefined) return caller;
  const named = raw[field];
  if (named === undefined || named === null || named === "") {
    // The root key belongs to no app; where the field is required it stays missing.
    if (caller.keyId !== null) raw[field] = caller.app;
    return caller;
  }
  if (typeof named !== "string" || named.toLowerCase() === caller.app) return caller;
  if (!caller.admin) {
    throw new AppError("app_mismatch", {
      message: `This key belongs to ${caller.app} and can't act for ${named.toLowerCase().slice(0, 64)}.`,
      details: { key_app: caller.app, app: named.toLowerCase().slice(0, 64) },
    });
  }
  return { ...caller, app: named.toLowerCase() };
}
