import "server-only";

/** Where a token is looked for in the query of a page, in this order (contract, section 1). */
const TOKEN_PARAMETERS = ["auth_token", "jwt_token", "session_token"];

const OPEN_PAGES = new Set(["/", "/penora", "/sign-in-failed", "/docs", "/demo", "/status"]);
const OPEN_BELOW = ["/docs/", "/share/", "/.well-known/"];

/** A page that a guest may see. What is not named here is closed, pages that do not exist included. */
export function isOpenPage(pathname: string): boolean {
  return (
    OPEN_PAGES.has(withoutTrailingSlash(pathname)) || OPEN_BELOW.some((open) => pathname.startsWith(open))
  );
}

/** A file of `public/` or of the build: no page of ours has a dot in its last segment. */
export function isFile(pathname: string): boolean {
  return pathname.startsWith("/_next/") || /\.[A-Za-z0-9]+$/.test(pathname);
}

/** `/penora/` is an address that the hub may use, and answers itself; every other page has one without the slash. */
export function hasNeedlessSlash(pathname: string): boolean {
  return pathname !== "/penora/" && withoutTrailingSlash(pathname) !== pathname;
}

/** The path without slashes at its end; the root keeps its own. */
export function withoutTrailingSlash(pathname: string): string {
  return pathname.replace(/\/+$/, "") || "/";
}

/** True where the query names a token, even an empty one. */
export function namesToken(search: string): boolean {
  return parametersOf(search).some(isTokenParameter);
}

/** The token that counts, or null where every one is empty. */
export function tokenInQuery(search: string): string | null {
  const query = new URLSearchParams(search);
  return TOKEN_PARAMETERS.map((name) => query.get(name)).find(Boolean) ?? null;
}

/** The query without any token, every other parameter as it was written. */
export function withoutTokens(search: string): string {
  const kept = parametersOf(search).filter((parameter) => !isTokenParameter(parameter));
  return kept.length === 0 ? "" : `?${kept.join("&")}`;
}

function parametersOf(search: string): string[] {
  return search.replace(/^\?/, "").split("&").filter(Boolean);
}

/** Names may be percent-encoded; whatever a parser takes for a token is one. */
function isTokenParameter(parameter: string): boolean {
  return TOKEN_PARAMETERS.some((name) => new URLSearchParams(parameter).has(name));
}
