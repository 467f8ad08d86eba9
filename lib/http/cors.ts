import { env } from "@/lib/foundation/env";
import { logger } from "@/lib/foundation/logger";

let warned = false;

/** The origin that asks, where CORS_ORIGINS names it. Never `*`, never with credentials. */
function allowedOrigin(request: Request): string | null {
  const origin = request.headers.get("origin");
  if (origin === null || !isUnified(request) || !env().corsOrigins.includes(origin)) return null;
  if (!warned && carriesKey(request)) {
    warned = true;
    logger().warn(
      "a page of CORS_ORIGINS sends a key: everybody who opens it can read that. Give it a browser token instead",
    );
  }
  return origin;
}

/** As far as its headers show; a preflight says only that one will come, and a browser token is made for pages. */
function carriesKey({ method, headers, url }: Request): boolean {
  if (method === "OPTIONS") return false;
  const bearer = /^Bearer +(?!pbt_)\S/i.test(headers.get("authorization") ?? "");
  return bearer || headers.has("x-api-key") || new URL(url).searchParams.has("api_key");
}

/** The other doors belong to our own pages. */
function isUnified(request: Request): boolean {
  return new URL(request.url).pathname.startsWith("/api/unified/");
}

/** Lets a page of a named origin read the answer of the unified API. */
export function allowCors(request: Request, reply: Response): Response {
  const origin = allowedOrigin(request);
  if (origin === null) return reply;
  reply.headers.set("Access-Control-Allow-Origin", origin);
  reply.headers.append("Vary", "Origin");
  reply.headers.set("Access-Control-Expose-Headers", "X-Request-Id, Idempotent-Replayed, Retry-After, ETag");
  return reply;
}

/** What a browser asks before it sends a key from another origin. */
export function preflight(request: Request, methods: readonly string[]): Headers {
  const headers = new Headers({ Allow: methods.join(", ") });
  const origin = allowedOrigin(request);
  if (origin === null) return headers;
  headers.set("Access-Control-Allow-Origin", origin);
  headers.set("Access-Control-Allow-Methods", methods.join(", "));
  headers.set(
    "Access-Control-Allow-Headers",
    "Content-Type, X-API-Key, Authorization, Idempotency-Key, X-Request-Id, If-None-Match, Last-Event-ID",
  );
  headers.set("Access-Control-Max-Age", "600");
  headers.set("Vary", "Origin");
  return headers;
}
