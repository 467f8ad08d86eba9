import type { Operation } from "@/lib/contract/operation";
import { BROWSER_TOKEN_PREFIX } from "@/lib/domains/api-keys/browser-token";
import { AppError } from "@/lib/foundation/app-error";

/**
 * The key that a request carries: `X-API-Key`, else `Authorization: Bearer`, else `api_key` in the query or the body.
 * An empty one is none. @throws `invalid_request` where two different ones are sent.
 */
export function sentKey(
  request: Request,
  query: URLSearchParams,
  body: Record<string, unknown> = {},
): string | null {
  const places = [
    request.headers.get("x-api-key"),
    bearerKey(request),
    query.get("api_key"),
    typeof body.api_key === "string" ? body.api_key : null,
  ];
  const keys = new Set(places.filter((key) => key !== null && key !== ""));
  if (keys.size > 1) {
    throw new AppError("invalid_request", {
      message: "Two different keys were sent. Send one, as X-API-Key.",
    });
  }
  return [...keys][0] ?? null;
}

/**
 * The browser token that a request carries, where the operation takes one: `Authorization: Bearer`, or `token` in the
 * query for what can send no header. Nothing else is looked for there: no key is ever taken from `token`.
 * @throws `invalid_request` where it comes beside a key, or twice and different.
 */
export function sentBrowserToken(
  { browserToken }: Pick<Operation, "browserToken">,
  request: Request,
  query: URLSearchParams,
): string | null {
  if (browserToken === undefined) return null;
  const bearer = bearerKey(request);
  const inHeader = bearer?.startsWith(BROWSER_TOKEN_PREFIX) === true ? bearer : null;
  const inQuery = (browserToken === "query" ? query.get("token") : null) || null;
  const token = inHeader ?? inQuery;
  if (token === null) return null;
  const others = [request.headers.get("x-api-key"), query.get("api_key"), bearer, inQuery];
  if (others.some((other) => other !== null && other !== "" && other !== token)) {
    throw new AppError("invalid_request", { message: "Two different keys or tokens were sent. Send one." });
  }
  return token;
}

/** The tokens of the hub that a request carries in its headers: `Authorization: Bearer`, then `X-Auth-Token` (contract, section 1). */
export function sentTokens(request: Request): string[] {
  const bearer = bearerOf(request);
  const places = [bearer !== null && isToken(bearer) ? bearer : null, request.headers.get("x-auth-token")];
  return places.filter((token): token is string => token !== null && token !== "");
}

function bearerKey(request: Request): string | null {
  const bearer = bearerOf(request);
  return bearer !== null && isToken(bearer) ? null : bearer;
}

function bearerOf(request: Request): string | null {
  return /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
}

/** Three dot-separated parts beginning `eyJ` are a token; anything else is a key. */
function isToken(bearer: string): boolean {
  return bearer.startsWith("eyJ") && bearer.split(".").length === 3;
}
