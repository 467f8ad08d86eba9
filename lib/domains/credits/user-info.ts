import "server-only";
import type { userInfo as operation } from "@/lib/contract/credits";
import type { OutputOf } from "@/lib/contract/operation";
import { describeStorage } from "@/lib/contract/storage";
import { database } from "@/lib/database/client";
import { coalesce } from "@/lib/database/coalesce";
import { noSuchUser } from "./refuse";
import { RECLAIM } from "./hold-statements";
import { USER_INFO } from "./statements";

type UserInfo = OutputOf<typeof operation>;

interface UserInfoRow {
  id: string;
  username: string;
  email: string;
  credits: number;
  held_credits: number;
  user_version: number;
  subscription_status: string;
  storage_used_bytes: number;
  storage_limit_bytes: number;
  project_count: number;
  low_balance_threshold: number;
  low_balance: boolean;
  past: boolean;
}

const readUser = coalesce<string, UserInfoRow | null>(
  async (ids) => {
    const rows = await database.query<UserInfoRow>(USER_INFO, [[...new Set(ids)]]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  },
  { name: "user-info", most: 200, lanes: 4 },
);

/** The person's balance, profile and storage, or null. Holds that are past their time count as free. */
export async function findUserInfo(userId: string): Promise<UserInfo | null> {
  let row = await readUser(userId);
  if (row?.past === true) {
    await database.query(RECLAIM, [userId]);
    row = await readUser(userId);
  }
  if (row === null) return null;
  return {
    credits: row.credits,
    user_id: row.id,
    username: row.username,
    email: row.email,
    subscription_status: row.subscription_status,
    held_credits: row.held_credits,
    low_balance: row.low_balance,
    low_balance_threshold: row.low_balance_threshold,
    user_version: row.user_version,
    storage: describeStorage(row.storage_used_bytes, row.storage_limit_bytes, row.project_count),
  };
}

/** @throws `user_not_found`. */
export async function getUserInfo({ user_id }: { user_id: string }): Promise<UserInfo> {
  const user = await findUserInfo(user_id);
  if (user === null) throw noSuchUser();
  return user;
}
