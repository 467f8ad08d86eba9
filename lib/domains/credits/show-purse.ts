import "server-only";
import { database } from "@/lib/database/client";
import { listTransactions } from "./list-transactions";
import { OPEN_HOLDS, type OpenHold } from "./lease-statements";
import { getUserInfo } from "./user-info";

export interface Purse {
  readonly user: Awaited<ReturnType<typeof getUserInfo>>;
  readonly holds: readonly OpenHold[];
  readonly transactions: Awaited<ReturnType<typeof listTransactions>>["all_transactions"];
}

/** What a person has, what of it is held, and the newest lines of their statement. @throws `user_not_found`. */
export async function showPurse(userId: string, lines = 10): Promise<Purse> {
  const user = await getUserInfo({ user_id: userId });
  const [holds, { all_transactions: transactions }] = await Promise.all([
    database.query<OpenHold>(OPEN_HOLDS, [userId]),
    listTransactions({ user_id: userId, limit: lines }),
  ]);
  return { user, holds, transactions };
}
