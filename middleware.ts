import { type NextRequest, NextResponse } from "next/server";
import { type Admission, admitVisitor } from "@/lib/domains/sessions/admit-visitor";
import { contentSecurityPolicy, makeNonce, pageHeaders } from "@/lib/http/page-headers";
import { PEER_HEADER } from "@/lib/http/peer";
import { unavailablePage } from "@/lib/http/unavailable-page";
import { answerUnknownDoor, hasNoDoor } from "@/lib/http/unknown-door";

export const config = {
  runtime: "nodejs",
  matcher: ["/((?!_next/static/|_next/image|_next/webpack-hmr).*)"],
};

/** The porch: a token becomes a session, a guest is shown the way in, and every page gets its headers. */
export async function middleware(request: NextRequest): Promise<Response> {
  const { pathname } = new URL(request.url);
  // Doors judge for themselves. Where there is none, Next would answer with a page.
  if (/^\/api(\/|$)/.test(pathname)) {
    if (hasNoDoor(request.method, pathname)) return answerUnknownDoor(request);
    const headers = new Headers(request.headers);
    headers.delete(PEER_HEADER); // only our own server knows the socket
    return NextResponse.next({ request: { headers } });
  }
  const nonce = makeNonce();
  const policy = contentSecurityPolicy(nonce);
  const response = await answer(request, nonce, policy).catch((error: unknown) =>
    unavailablePage(error, nonce),
  );
  for (const [name, value] of Object.entries(pageHeaders(policy))) response.headers.set(name, value);
  // Whoever has the link may read; no search engine shall hand it on.
  if (pathname.startsWith("/share/")) response.headers.set("X-Robots-Tag", "noindex, nofollow, noarchive");
  return response;
}

async function answer(request: NextRequest, nonce: string, policy: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const admission = await admitVisitor({
    method: request.method,
    pathname,
    search,
    cookie: request.headers.get("cookie"),
    authorization: request.headers.get("authorization"),
    authToken: request.headers.get("x-auth-token"),
  });
  const response =
    admission.kind === "redirect" ? redirect(admission) : show(request, admission, nonce, policy);
  for (const cookie of admission.setCookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

function redirect({ location, status }: Extract<Admission, { kind: "redirect" }>): Response {
  return NextResponse.redirect(location, { status, headers: { "Cache-Control": "no-store" } });
}

/** Hands on what the page of this very request needs: the nonce, and the session that began with it. */
function show(
  request: NextRequest,
  { status, cookie }: Extract<Admission, { kind: "show" }>,
  nonce: string,
  policy: string,
): Response {
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("Content-Security-Policy", policy);
  if (cookie !== null) headers.set("cookie", cookie);
  return NextResponse.next({ status, request: { headers } });
}
