import "server-only";
import { SignJWT } from "jose";
import { DEMO_ID_PREFIX, type demoSignIn as operation } from "@/lib/contract/demo";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { ownPage } from "@/lib/domains/sessions/login-url";
import { DEMO_TOKEN } from "@/lib/domains/sessions/verify-token";
import { AppError } from "@/lib/foundation/app-error";
import { env } from "@/lib/foundation/env";
import { requireDemo } from "./require-demo";

const LIFETIME_SECONDS = 300;

/**
 * As sukusuku.ai does: signs who the person is, and answers the link to follow: to the page of ours that `redirect`
 * names, else to `/penora`. @throws `not_found` where there is no demo.
 */
export async function signInAs(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
  const secret = requireDemo();
  const { redirect, ...person } = input;
  if (!person.user_id.startsWith(DEMO_ID_PREFIX)) throw new AppError("invalid_request");
  // With its fraction, so that a token made right after "sign out everywhere" is seen to be newer.
  const now = Date.now() / 1000;
  const token = await new SignJWT({ ...person, iat: now, exp: Math.floor(now) + LIFETIME_SECONDS })
    .setProtectedHeader({ alg: "HS256", typ: DEMO_TOKEN.typ })
    .setIssuer(DEMO_TOKEN.issuer)
    .sign(new TextEncoder().encode(secret));
  const link = comeBackTo(redirect);
  link.searchParams.set("auth_token", token);
  return { success: true, link: link.href };
}

function comeBackTo(redirect: string | undefined): URL {
  const page = ownPage(redirect);
  // Coming back to where one was sent away from would end where it began.
  if (page === null || ["/demo", "/sign-in-failed"].includes(page.pathname)) {
    return new URL("/penora", env().appUrl);
  }
  return page;
}
