import "server-only";
import { jwtVerify, type JWTPayload, type JWTVerifyOptions } from "jose";
import { DEMO_ID_PREFIX } from "@/lib/contract/demo";
import type { TokenProfile } from "@/lib/domains/accounts/upsert-from-token";
import { nowInSeconds } from "@/lib/foundation/clock";
import { env } from "@/lib/foundation/env";
import { profileFromClaims, TokenRefusal } from "./token-claims";

const TOLERANCE_SECONDS = 30;
/** How old a token without `exp` may be. */
const MAX_AGE_SECONDS = 3600;
const MAX_TOKEN_LENGTH = 16_384;

/** What marks a token of the demo hub, so that it can be taken for nothing else. */
export const DEMO_TOKEN = { issuer: "penora-demo", typ: "penora-demo+jwt" } as const;

interface TrustedKey {
  readonly secret: string;
  readonly options: JWTVerifyOptions;
  /** Ids that this key may speak for begin so. The hub may name anybody: ids are its own. */
  readonly idPrefix: string;
}

/** The keys that count, each with the one algorithm that it is for: the token chooses neither. */
function trustedKeys(): TrustedKey[] {
  const { sukusukuJwtSecrets, sukusukuJwtIssuer: issuer, sukusukuJwtAudience: audience, demoSecret } = env();
  const hub = sukusukuJwtSecrets.map((secret) => ({
    secret,
    options: { ...(issuer ? { issuer } : {}), ...(audience ? { audience } : {}) },
    idPrefix: "",
  }));
  if (demoSecret === null) return hub;
  const { issuer: demoIssuer, typ } = DEMO_TOKEN;
  return [...hub, { secret: demoSecret, options: { issuer: demoIssuer, typ }, idPrefix: DEMO_ID_PREFIX }];
}

/**
 * The person of a token that is signed by the hub, in time, and says who it is about (contract, section 1).
 * @throws TokenRefusal with the reason, which is for the log only.
 */
export async function verifyToken(token: string): Promise<TokenProfile> {
  if (token.length > MAX_TOKEN_LENGTH) throw new TokenRefusal("too long");
  const { claims, idPrefix } = await verifySignature(token);
  requireLifetime(claims);
  const profile = profileFromClaims(claims);
  if (!profile.userId.startsWith(idPrefix)) throw new TokenRefusal("an id that its key may not name");
  return profile;
}

async function verifySignature(token: string): Promise<{ claims: JWTPayload; idPrefix: string }> {
  let reason = "there is no key to verify it with";
  for (const { secret, options, idPrefix } of trustedKeys()) {
    try {
      const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
        ...options,
        algorithms: ["HS256"],
        clockTolerance: TOLERANCE_SECONDS,
      });
      return { claims: payload, idPrefix };
    } catch (error) {
      reason = (error as { code?: string }).code ?? "not a token";
    }
  }
  throw new TokenRefusal(reason);
}

/** `exp` and `nbf` were obeyed with the signature; left are `iat`, and tokens that would live for ever. */
function requireLifetime({ exp, iat }: JWTPayload): void {
  const now = nowInSeconds();
  if (iat !== undefined) {
    if (!Number.isFinite(iat) || iat < 0) throw new TokenRefusal("iat is no time");
    if (iat > now + TOLERANCE_SECONDS) throw new TokenRefusal("issued in the future");
  }
  if (exp !== undefined) return;
  if (iat === undefined) throw new TokenRefusal("neither exp nor iat");
  if (now - iat > MAX_AGE_SECONDS + TOLERANCE_SECONDS)
    throw new TokenRefusal("older than an hour, and without exp");
}
