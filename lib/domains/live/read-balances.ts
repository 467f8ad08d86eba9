import "server-only";
import type { BalanceEvent } from "@/lib/contract/live";
import { describeStorage } from "@/lib/contract/storage";
import { database } from "@/lib/database/client";
import { reclaimExpiredHolds } from "@/lib/domains/credits/holds";
import { toTimestamp } from "@/lib/foundation/clock";
import { BALANCES } from "./statements";

type Transaction = NonNullable<BalanceEvent["transaction"]>;

/** What a person has, and what moved last. */
export interface BalanceState {
  readonly balance: Omit<BalanceEvent, "transaction">;
  /** The newest row of the ledger, and the version that it made; null where there is none. */
  readonly moved: { readonly version: number; readonly transaction: Transaction } | null;
}

interface BalanceRow {
  id: string;
  credits: number;
  held_credits: number;
  low_balance: boolean;
  user_version: number;
  storage_used_bytes: number;
  storage_limit_bytes: number;
  project_count: number;
  past: boolean;
  moved_at_version: number | null;
  transaction_id: string;
  app_name: string;
  transaction_type: Transaction["transaction_type"];
  amount: number;
  balance_after: number;
  description: string;
  project_code: string | null;
  metadata: Record<string, unknown> | null;
  created_at: Date;
}

/**
 * What these people have now, whoever is not there left out: one statement for all of them. Holds that are past their
 * time count as free.
 */
export async function readBalances(ids: readonly string[]): Promise<Map<string, BalanceState>> {
  const rows = await database.query<BalanceRow>(BALANCES, [ids]);
  const past = rows.filter((row) => row.past).map((row) => row.id);
  if (past.length > 0) {
    await Promise.all(past.map(reclaimExpiredHolds));
    rows.push(...(await database.query<BalanceRow>(BALANCES, [past])));
  }
  return new Map(rows.map((row) => [row.id, describe(row)]));
}

function describe(row: BalanceRow): BalanceState {
  return {
    balance: {
      credits: row.credits,
      held_credits: row.held_credits,
      low_balance: row.low_balance,
      user_version: row.user_version,
      storage: describeStorage(row.storage_used_bytes, row.storage_limit_bytes, row.project_count),
    },
    moved:
      row.moved_at_version === null
        ? null
        : {
            version: row.moved_at_version,
            transaction: {
              id: row.transaction_id,
              app_name: row.app_name,
              transaction_type: row.transaction_type,
              amount: row.amount,
              balance_after: row.balance_after,
              description: row.description,
              project_code: row.project_code,
              metadata: row.metadata,
              created_at: toTimestamp(row.created_at),
            },
          },
  };
}
