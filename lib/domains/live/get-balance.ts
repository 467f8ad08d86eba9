import "server-only";
import type { getBalance as operation } from "@/lib/contract/live";
import type { OutputOf } from "@/lib/contract/operation";
import { getUserInfo } from "@/lib/domains/credits/user-info";

/** What a person has, without who they are. @throws `user_not_found`. */
export async function getBalance(input: { user_id: string }): Promise<OutputOf<typeof operation>> {
  const { credits, held_credits, low_balance, user_version, storage } = await getUserInfo(input);
  return { credits, held_credits, low_balance, user_version, storage };
}
