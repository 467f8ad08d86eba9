import "server-only";
import { runRecorded } from "@/lib/database/recorded-statement";
import { countOpening, openingParts } from "./create-user";
import { type PersonRow, UPSERT_FROM_TOKEN } from "./statements";

/** What a verified token says of a person. Null: the claim was absent. */
export interface TokenProfile {
  readonly userId: string;
  readonly email: string;
  readonly username: string | null;
  readonly profileImage: string | null;
  readonly bio: string | null;
  readonly website: string | null;
  readonly subscriptionStatus: string | null;
  /** Opening balance for a person whom Penora has never seen; ignored ever after. */
  readonly openingCredits: number | null;
  /** `iat`; null where the token has none. */
  readonly issuedAt: Date | null;
}

/**
 * Writes the person of a verified token: the profile follows the newest token, the balance never does.
 * Answers true where the person is new.
 */
export async function upsertFromToken(profile: TokenProfile): Promise<boolean> {
  const opening = openingParts(profile.openingCredits ?? undefined);
  const written = await runRecorded<PersonRow>(UPSERT_FROM_TOKEN, null, [
    profile.userId,
    profile.username,
    profile.email,
    profile.profileImage,
    profile.bio,
    profile.website,
    profile.subscriptionStatus,
    opening.types,
    opening.amounts,
    "penora",
    profile.issuedAt,
  ]);
  if (written?.replayed === false) countOpening(written.result, opening);
  return written?.result.created ?? false;
}
