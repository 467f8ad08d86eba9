import "server-only";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import type { getUsage as operation } from "@/lib/contract/usage";
import { database } from "@/lib/database/client";
import { noSuchUser } from "./refuse";
import { USAGE } from "./usage-statements";

interface UsageRow {
  start: string | null;
  group: string;
  credits_used: number;
  count: number;
}

/**
 * What a person's credits were used for, from `from` up to `to`, by app or by action. Totals are those of the ledger: what
 * was spent less what was refunded.
 * @throws `user_not_found`.
 */
export async function getUsage(input: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
  const { user_id: userId, from, to, interval, group_by: groupBy } = input;
  const rows = await database.query<UsageRow>(USAGE, [userId, from ?? null, to ?? null, interval, groupBy]);
  if (rows.length === 0) throw noSuchUser();
  const series = rows.flatMap(({ start, ...used }) => (start === null ? [] : [{ start, ...used }]));
  const sum = (pick: (row: UsageRow) => number) => series.reduce((total, row) => total + pick(row), 0);
  return {
    series,
    totals: { credits_used: sum((row) => row.credits_used), count: sum((row) => row.count) },
  };
}
