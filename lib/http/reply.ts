import { createHash, randomUUID } from "node:crypto";
import { ERRORS } from "@/lib/contract/errors";
import type { Operation } from "@/lib/contract/operation";
import { AppError } from "@/lib/foundation/app-error";
import { toTimestamp } from "@/lib/foundation/clock";
import { env } from "@/lib/foundation/env";
import { metrics } from "@/lib/foundation/metrics";
import { Recorded } from "@/lib/foundation/recorded";
import { WithCookies } from "@/lib/foundation/with-cookies";
import { logger } from "@/lib/foundation/logger";

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** The caller's own request id where it is a sane one, else a new one. */
export function requestIdOf(request: Request): string {
  const given = request.headers.get("x-request-id");
  return given !== null && REQUEST_ID.test(given) ? given : randomUUID();
}

/** What every answer under `/api/` carries. */
export function baseHeaders(requestId: string): Record<string, string> {
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Request-Id": requestId,
  };
}

/** Renders what a room answered. */
export function renderResult(
  operation: Operation,
  answer: unknown,
  request: Request,
  requestId: string,
): Response {
  const headers = baseHeaders(requestId);
  let at: Date | undefined;
  let result = answer;
  let cookies: readonly string[] = [];
  if (result instanceof WithCookies) {
    cookies = result.cookies;
    result = result.result;
  }
  if (result instanceof Recorded) {
    at = result.at;
    if (result.replayed) headers["Idempotent-Replayed"] = "true";
    result = result.result;
  }
  checkAnswer(operation, result);
  if (operation.shared === true) return renderShared(result as object, request, headers);
  if (operation.etag !== undefined) {
    const etag = `W/"${String((result as Record<string, unknown>)[operation.etag])}"`;
    headers.ETag = etag;
    headers["Cache-Control"] = "private, no-cache";
    if (matchesEtag(request, etag)) return new Response(null, { status: 304, headers });
  }
  const body =
    operation.envelope === "unified"
      ? { success: true, ...(result as object), timestamp: toTimestamp(at ?? new Date()) }
      : result;
  const reply = new Response(JSON.stringify(body), { status: 200, headers });
  for (const cookie of cookies) reply.headers.append("Set-Cookie", cookie);
  return reply;
}

const shared = new WeakMap<object, { text: string; etag: string }>();

/** What is the same for everybody is written once, and asked for again only when it is another. */
function renderShared(result: object, request: Request, headers: Record<string, string>): Response {
  let written = shared.get(result);
  if (written === undefined) {
    const text = JSON.stringify(result);
    written = { text, etag: `"${createHash("sha256").update(text).digest("base64url")}"` };
    shared.set(result, written);
  }
  headers.ETag = written.etag;
  headers["Cache-Control"] = "public, max-age=300";
  if (matchesEtag(request, written.etag)) return new Response(null, { status: 304, headers });
  return new Response(written.text, { status: 200, headers });
}

function matchesEtag(request: Request, etag: string): boolean {
  const asked = request.headers.get("if-none-match");
  if (asked === null) return false;
  return asked
    .split(",")
    .some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === etag.replace(/^W\//, ""));
}

/**
 * A wrong answer is our mistake, and must not pass unseen: in development and tests it fails. In production what moved
 * something is looked at too, but only the log hears of it: the effect has happened, and a refusal would be a lie.
 */
function checkAnswer(operation: Operation, result: unknown): void {
  const { production } = env();
  if (production && operation.recorded !== true) return;
  const parsed = operation.response.safeParse(result);
  if (parsed.success) return;
  const error = new Error(`${operation.id} answered in a wrong shape: ${parsed.error.message}`);
  if (!production) throw error;
  logger().error({ err: error }, "an answer has a wrong shape");
}

/** Renders a refusal; anything that is no AppError is our mistake: logged in full, told as `internal`. */
export function renderError(error: unknown, request: Request, requestId: string): Response {
  const refusal = error instanceof AppError ? error : new AppError("internal", { cause: error });
  logRefusal(refusal, request, requestId);
  metrics().refusals.inc({ code: refusal.code });
  const headers = new Headers(baseHeaders(requestId));
  if (refusal.retryAfterSeconds !== undefined) headers.set("Retry-After", String(refusal.retryAfterSeconds));
  if (refusal.code === "method_not_allowed") headers.set("Allow", String(refusal.extra.allow));
  const body = {
    success: false,
    error: refusal.message,
    code: refusal.code,
    details: refusal.details ?? null,
    ...refusal.extra,
    request_id: requestId,
    timestamp: toTimestamp(new Date()),
  };
  return new Response(JSON.stringify(body), { status: ERRORS[refusal.code].status, headers });
}

function logRefusal(refusal: AppError, request: Request, requestId: string): void {
  const facts = {
    request_id: requestId,
    method: request.method,
    path: new URL(request.url).pathname,
    code: refusal.code,
    status: refusal.status,
    ...(refusal.internal === undefined ? {} : { internal: refusal.internal }),
  };
  if (refusal.status >= 500) logger().error({ ...facts, err: refusal.cause ?? refusal }, "request failed");
  else logger().info(facts, "request refused");
}
