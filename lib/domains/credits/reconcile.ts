import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type { reconcile as operation } from "@/lib/contract/usage";
import { database } from "@/lib/database/client";
import { RECONCILE } from "./usage-statements";

type Reconciled = OutputOf<typeof operation>;

interface Batch {
  last_id: string | null;
  checked: number;
  differences: Reconciled["differences"];
}

const BATCH = 2_000;

/**
 * Across people: recounts the ledger against balances and usage, open holds against what is held, and projects against
 * what is used. In batches, each of one moment; people who come meanwhile may be passed over.
 */
export async function reconcile(): Promise<Reconciled> {
  const differences: Reconciled["differences"] = [];
  let checked = 0;
  let behind = "";
  for (;;) {
    const [batch] = await database.query<Batch>(RECONCILE, [behind, BATCH]);
    differences.push(...(batch?.differences ?? []));
    checked += batch?.checked ?? 0;
    if (batch?.last_id == null || batch.checked < BATCH) break;
    behind = batch.last_id;
  }
  return {
    consistent: differences.length === 0,
    users_checked: checked,
    users_differing: differences.length,
    differences,
  };
}
