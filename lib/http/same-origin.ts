import { AppError } from "@/lib/foundation/app-error";
import { env } from "@/lib/foundation/env";

/**
 * A request that changes something in a browser's name must come from a page of ours.
 * No `Origin` and no session cookie is a server, which has nothing that another site could borrow.
 * JSON is part of it: a form of another site can't send that (contract, section 1).
 * @throws `cross_site`.
 */
export function requireSameOrigin(request: Request, hasSession: boolean): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const site = request.headers.get("sec-fetch-site");
  if (origin === null && site === null && !hasSession) return;
  const type = request.headers.get("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("cross_site", { details: "Send JSON with Content-Type: application/json." });
  }
  if (site !== "same-origin" && !isOurs(origin)) throw new AppError("cross_site");
}

function isOurs(origin: string | null): boolean {
  return origin !== null && URL.canParse(origin) && new URL(origin).origin === new URL(env().appUrl).origin;
}
