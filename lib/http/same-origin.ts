import { AppError } from "@/lib/foundation/app-error";
import { env } from "@/lib/foundation/env";

/**
 * A request that changes something in a browser's name must come from a page of ours.
 * No `Origin` and no session cookie is a server, which has nothing that another site could borrow.
 * @throws `cross_site`, `unsupported_media_type` where it is not JSON (a form can't send JSON).
 */
export function requireSameOrigin(request: Request, hasSession: boolean): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin === null && site === null && !hasSession) return;
  if (site !== "same-origin" && !isOurs(origin)) throw new AppError("cross_site");
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("unsupported_media_type");
}

function isOurs(origin: string | null): boolean {
  return origin !== null && URL.canParse(origin) && new URL(origin).origin === new URL(env().appUrl).origin;
}
