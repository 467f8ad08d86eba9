import "server-only";
import { env } from "@/lib/foundation/env";

/** Where somebody signs in: the hub, or the demo that plays it. `returnTo` is a path of ours to come back to. */
export function loginUrl(returnTo?: string): string {
  const { demo, appUrl, sukusukuLoginUrl } = env();
  const url = new URL(demo ? `${appUrl}/demo` : sukusukuLoginUrl);
  if (returnTo !== undefined) url.searchParams.set("redirect", `${appUrl}${returnTo}`);
  return url.href;
}

/**
 * The address of a page of ours that `redirect` names, absolute or as a path; null for anything else.
 * Compared as parsed URLs: what a browser would take for another host is another host here too.
 */
export function ownPage(redirect: string | null | undefined): URL | null {
  const { appUrl } = env();
  if (!redirect || !URL.canParse(redirect, appUrl)) return null;
  const url = new URL(redirect, appUrl);
  if (url.origin !== appUrl || url.username !== "" || url.password !== "") return null;
  return /^\/(api|_next)(\/|$)/.test(url.pathname) ? null : url;
}
