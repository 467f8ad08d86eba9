import "server-only";
import { database } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import { FOLD, TALLY_BY_APP, TALLY_BY_DAY } from "./tally-statements";

/** So many rows are counted faster than folded. */
const FOLD_FROM_ROWS = 1_000;

export interface AppTally {
  readonly app_name: string;
  readonly rows: number;
  readonly credits_used: number;
}

/**
 * How many rows of each app a person's ledger has, and what they used, by name. However long the ledger is, only its days
 * and the newest rows are counted (decision *the-ledger-is-counted-once*).
 */
export async function tallyByApp(userId: string): Promise<AppTally[]> {
  return foldWhereLong(userId, await database.query<AppTally & { fresh: number }>(TALLY_BY_APP, [userId]));
}

/** All that a person ever spent, less what was refunded. Whole credits. */
export async function creditsSpent(userId: string): Promise<number> {
  return (await tallyByApp(userId)).reduce((sum, { credits_used }) => sum + credits_used, 0);
}

/** The apps that have a row in a person's ledger, by name: what a statement can be filtered by. */
export async function listLedgerApps(userId: string): Promise<string[]> {
  return (await tallyByApp(userId)).map(({ app_name }) => app_name);
}

export interface DayOfUse {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly creditsUsed: number;
}

/** Credits used on each of the last `days` days, today included, oldest first; days without use are 0. */
export async function usageByDay(userId: string, days: number): Promise<DayOfUse[]> {
  type Row = { day: string; credits_used: number; fresh: number };
  const rows = await foldWhereLong(userId, await database.query<Row>(TALLY_BY_DAY, [userId, days]));
  const byDay = new Map(rows.map((row) => [row.day, row.credits_used]));
  const today = Math.floor(Date.now() / 86_400_000);
  return Array.from({ length: days }, (_, i) => {
    const day = new Date((today - days + 1 + i) * 86_400_000).toISOString().slice(0, 10);
    return { day, creditsUsed: byDay.get(day) ?? 0 };
  });
}

/** What was counted is right either way: folding only makes the next count cheap, and may fail. */
async function foldWhereLong<T extends { fresh: number }>(userId: string, rows: T[]): Promise<T[]> {
  if (rows.reduce((sum, { fresh }) => sum + fresh, 0) >= FOLD_FROM_ROWS) {
    await database
      .query(FOLD, [userId])
      .catch((error: unknown) => logger().warn({ err: error }, "a ledger was not folded"));
  }
  return rows;
}
