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

/** The tokens that a request carries in its headers: `Authorization: Bearer`, then `X-Auth-Token` (contract, section 1). */
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
