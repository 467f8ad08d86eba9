import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type * as operations from "@/lib/contract/older";
import { creditsSpent } from "./tally";
import { getUserInfo } from "./user-info";

/** The balance of whoever is signed in. @throws `user_not_found` where they were erased meanwhile. */
export async function readCredits(userId: string): Promise<OutputOf<typeof operations.readCredits>> {
  const { credits, low_balance } = await getUserInfo({ user_id: userId });
  return { success: true, credits, low_balance, user_id: userId };
}

/**
 * What older pages call after they have spent by themselves, which no page can here: it tells them the ledger's truth.
 * @throws `user_not_found` where they were erased meanwhile.
 */
export async function syncCredits(userId: string): Promise<OutputOf<typeof operations.syncCredits>> {
  const [{ credits, low_balance }, spent] = await Promise.all([
    getUserInfo({ user_id: userId }),
    creditsSpent(userId),
  ]);
  return {
    success: true,
    remaining_credits: credits,
    low_balance,
    credits_used: spent,
    total_credits_used: spent,
    message: "This is the balance that Penora keeps. Nothing was changed.",
  };
}
