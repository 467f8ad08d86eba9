import { SignJWT } from "jose";
import { TEST_ENVIRONMENT } from "./environment";

interface Signing {
  key?: string;
  alg?: string;
  typ?: string;
}

export const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

/** A token of the hub for a person, issued now; a claim that is undefined is left out. */
export async function hubToken(
  claims: Record<string, unknown> = {},
  { key = TEST_ENVIRONMENT.SUKUSUKU_JWT_SECRET, alg = "HS256", typ }: Signing = {},
): Promise<string> {
  const all = {
    user_id: "108204268033311374519",
    email: "una@example.com",
    username: "Una",
    iat: secondsFromNow(0),
    exp: secondsFromNow(600),
    ...claims,
  };
  return new SignJWT(JSON.parse(JSON.stringify(all)) as Record<string, unknown>)
    .setProtectedHeader({ alg, ...(typ === undefined ? {} : { typ }) })
    .sign(new TextEncoder().encode(key));
}

/** A token whose parts are exactly these; `signature` as it stands. */
export function rawToken(header: object, claims: object, signature = ""): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part(header)}.${part(claims)}.${signature}`;
}
