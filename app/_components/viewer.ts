import "server-only";
import { env } from "@/lib/foundation/env";

/** Who looks at a page, as far as the page's frame needs to know. */
export type Viewer = {
  userId: string;
  username: string;
  profileImage: string | null;
  credits: number;
};

/** The person of this request, or null for a guest. */
export async function currentViewer(): Promise<Viewer | null> {
  return null;
}

/** Where a guest signs in, to come back to `returnTo`, a path of our own. */
export function signInUrl(returnTo = "/penora"): string {
  const url = new URL(env().sukusukuLoginUrl);
  url.searchParams.set("redirect", env().appUrl + returnTo);
  return url.href;
}
