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

/** Three dot-separated parts beginning `eyJ` are a token; anything else is a key. */
function bearerKey(request: Request): string | null {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1] ?? null;
  return bearer !== null && bearer.startsWith("eyJ") && bearer.split(".").length === 3 ? null : bearer;
}
