import type { Operation, Scope } from "@/lib/contract/operation";
import { authenticateKey } from "@/lib/domains/api-keys/authenticate-key";
import { loginUrl } from "@/lib/domains/sessions/login-url";
import { readSession } from "@/lib/domains/sessions/read-session";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { peerOf } from "./peer";
import { keyLimiter } from "./key-limiter";
import { failureLimiter } from "./rate-limit";
import { requireSameOrigin } from "./same-origin";
import { sentKey } from "./sent-key";

/** The page sends the id that it was made for, so that a change of person never writes into the wrong workspace. */
export const PAGE_USER_HEADER = "x-penora-user";

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
 * Who is asking. Keys are looked for in the headers, then in the query, then in the body (old clients).
 * @throws `invalid_api_key`, `not_signed_in`, `session_changed`, `cross_site`, `rate_limited`.
 */
export async function identifyCaller(
  operation: Operation,
  request: Request,
  query: URLSearchParams,
  readBody: () => Promise<Record<string, unknown>>,
): Promise<Caller> {
  return operation.auth === "key"
    ? keyCaller(request, query, readBody)
    : sessionCaller(request, operation.auth === "session");
}

async function keyCaller(
  request: Request,
  query: URLSearchParams,
  readBody: () => Promise<Record<string, unknown>>,
): Promise<Caller> {
  const key = sentKey(request, query) ?? sentKey(request, query, await bodyOf(request, readBody));
  if (key === null) throw new AppError("invalid_api_key");
  const owner = await authenticateKey(key);
  if (owner === null) {
    // Only what fails is counted and refused: a stranger behind the same address must not lock out a right key.
    failureLimiter.take(peerOf(request));
    throw new AppError("invalid_api_key");
  }
  if (owner.keyId !== null && owner.rateLimit) await keyLimiter.take(owner.keyId, owner.rateLimit);
  return { ...GUEST, kind: "key", ...owner };
}

async function bodyOf(request: Request, readBody: () => Promise<Record<string, unknown>>) {
  return request.method === "POST" || request.method === "PATCH" ? readBody() : {};
}

async function sessionCaller(request: Request, required: boolean): Promise<Caller> {
  const cookie = request.headers.get("cookie");
  const session = await readSession(cookie);
  requireSameOrigin(request, session !== null);
  if (session === null) {
    if (!required) return GUEST;
    throw new AppError("not_signed_in", { extra: { login_url: loginUrl() } });
  }
  const pageUser = request.headers.get(PAGE_USER_HEADER);
  // An open door that only tells something tells it to whoever asks; one that changes something does not.
  if ((required || request.method !== "GET") && pageUser !== null && decode(pageUser) !== session.userId) {
    throw new AppError("session_changed", { extra: { user_id: session.userId, username: session.username } });
  }
  return { ...GUEST, kind: "session", userId: session.userId, sessionId: session.sessionId };
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
