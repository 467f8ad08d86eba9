import "server-only";
import type { JWTPayload } from "jose";
import { userId } from "@/lib/contract/fields";
import type { TokenProfile } from "@/lib/domains/accounts/upsert-from-token";

const MAX_NAME_LENGTH = 200;
const MAX_EMAIL_LENGTH = 320;
const MAX_SUBSCRIPTION_LENGTH = 64;
const MAX_BIO_LENGTH = 2_000;
const MAX_WEBSITE_LENGTH = 2_000;
const MAX_OPENING_CREDITS = 1_000_000;

/** Why a token is refused. For the log: the person is told only that the link is no good. */
export class TokenRefusal extends Error {
  override name = "TokenRefusal";
}

/**
 * Reads the person out of verified claims. Several names stand for one fact; the first that is there counts
 * (contract, section 1). An optional claim that is of no use is as if it were absent.
 * @throws TokenRefusal without a user id or an email, or where a text is none (NUL, lone surrogates).
 */
export function profileFromClaims(claims: JWTPayload): TokenProfile {
  const id = userId.safeParse(["user_id", "userId", "sub"].map((name) => claims[name]).find(isThere));
  if (!id.success) throw new TokenRefusal("no usable user id");
  const email = text(claims, "email");
  if (email === null || email.length > MAX_EMAIL_LENGTH) throw new TokenRefusal("no usable email");
  const website = text(claims, "website");
  return {
    userId: id.data,
    email,
    username: cut(nameOf(claims), MAX_NAME_LENGTH),
    profileImage: text(claims, "profile_image", "profileImageUrl", "picture"),
    bio: cut(text(claims, "bio"), MAX_BIO_LENGTH),
    website: website !== null && website.length <= MAX_WEBSITE_LENGTH ? website : null,
    subscriptionStatus: cut(
      text(claims, "subscription_status", "subscriptionStatus"),
      MAX_SUBSCRIPTION_LENGTH,
    ),
    openingCredits: openingCreditsOf(claims),
    issuedAt: claims.iat === undefined ? null : new Date(claims.iat * 1000),
  };
}

/** Null where no claim tells a name: the part of the email before `@` then stands in for a new person. */
function nameOf(claims: JWTPayload): string | null {
  const whole = text(claims, "username", "name");
  if (whole !== null) return whole;
  const parts = [text(claims, "firstName", "first_name"), text(claims, "lastName", "last_name")];
  return parts.filter((part) => part !== null).join(" ") || null;
}

function openingCreditsOf(claims: JWTPayload): number | null {
  const usable = ["credits", "penoraCredits", "penora_credits"]
    .map((name) => claims[name])
    .find(
      (value) => Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= MAX_OPENING_CREDITS,
    );
  return usable === undefined ? null : Number(usable);
}

/** The first of the claims that is a text with something in it. */
function text(claims: JWTPayload, ...names: string[]): string | null {
  const found = names
    .map((name) => claims[name])
    .find((value) => typeof value === "string" && value.trim() !== "");
  if (typeof found !== "string") return null;
  if (!found.isWellFormed() || found.includes("\0")) throw new TokenRefusal("a claim is not text");
  return found.trim();
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}

/** Never cuts through the middle of a character. */
function cut(value: string | null, maxLength: number): string | null {
  if (value === null || value.length <= maxLength) return value;
  return value
    .slice(0, maxLength)
    .toWellFormed()
    .replace(/\uFFFD$/, "");
}
