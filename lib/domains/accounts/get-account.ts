import "server-only";
import { describeStorage, type Storage } from "@/lib/contract/storage";
import { prisma } from "@/lib/database/client";

/** A person as their own pages show them. */
export interface Account {
  readonly userId: string;
  readonly username: string;
  readonly email: string;
  readonly credits: number;
  readonly heldCredits: number;
  readonly userVersion: number;
  readonly subscriptionStatus: string;
  readonly profileImage: string | null;
  readonly bio: string | null;
  readonly website: string | null;
  readonly storage: Storage;
  readonly sessionsValidFrom: Date | null;
  readonly createdAt: Date;
}

/** The person, or null. */
export async function findAccount(userId: string): Promise<Account | null> {
  const user = await prisma().user.findUnique({ where: { id: userId } });
  if (user === null) return null;
  return {
    userId: user.id,
    username: user.username,
    email: user.email,
    credits: Number(user.credits),
    heldCredits: Number(user.held_credits),
    userVersion: Number(user.user_version),
    subscriptionStatus: user.subscription_status,
    profileImage: user.profile_image,
    bio: user.bio,
    website: user.website,
    storage: describeStorage(user.storage_used_bytes, user.storage_limit_bytes, user.project_count),
    sessionsValidFrom: user.sessions_valid_from,
    createdAt: user.created_at,
  };
}
