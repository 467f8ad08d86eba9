import "server-only";
import { database } from "@/lib/database/client";
import { SPENT, USAGE_BY_DAY } from "./statements";

/** All that a person ever spent, less what was refunded. Whole credits. */
export async function creditsSpent(userId: string): Promise<number> {
  const [row] = await database.query<{ spent: number }>(SPENT, [userId]);
  return row?.spent ?? 0;
}

export interface DayOfUse {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly creditsUsed: number;
}

/** Credits used on each of the last `days` days, today included, oldest first; days without use are 0. */
export async function usageByDay(userId: string, days: number): Promise<DayOfUse[]> {
  const rows = await database.query<{ day: string; credits_used: number }>(USAGE_BY_DAY, [userId, days]);
  const byDay = new Map(rows.map((row) => [row.day, row.credits_used]));
  const today = Math.floor(Date.now() / 86_400_000);
  return Array.from({ length: days }, (_, i) => {
    const day = new Date((today - days + 1 + i) * 86_400_000).toISOString().slice(0, 10);
    return { day, creditsUsed: byDay.get(day) ?? 0 };
  });
}
