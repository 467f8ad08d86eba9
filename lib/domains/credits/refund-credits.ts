import "server-only";
import type { refundCredits as operation } from "@/lib/contract/credits";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { metrics } from "@/lib/foundation/metrics";
import type { Recorded } from "@/lib/foundation/recorded";
import { settlingApp } from "./app-holds";
import { FIND_REFUNDABLE, REFUND, type RefundableRow } from "./refund-statements";

type Input = InputOf<typeof operation> & {
  caller: Pick<Caller, "app" | "admin" | "keyId" | "idempotency">;
};
type Output = OutputOf<typeof operation>;

const LEDGER_ID = /^\d{1,18}$/;

/**
 * Gives back what a transaction of the caller's app spent: `amount`, or what is left of it. All refunds of one
 * transaction together are never above it, however many come at once.
 * @throws `transaction_not_found`, `not_refundable`, `refund_exceeds_original`.
 */
export async function refundCredits(input: Input): Promise<Recorded<Output>> {
  const { user_id: userId, transaction_id: id, amount, description, caller } = input;
  if (!LEDGER_ID.test(id)) throw new AppError("transaction_not_found");
  const app = settlingApp(caller);
  const values = [userId, id, amount ?? null, app, description, caller.keyId];
  const refunded = await runRecorded<Output>(REFUND, caller.idempotency, values);
  if (refunded?.replayed === false)
    metrics().creditsMoved.inc({ type: "refund", direction: "in" }, refunded.result.credits_refunded);
  if (refunded !== null) return refunded;
  const [row] = await database.query<RefundableRow>(FIND_REFUNDABLE, [id, userId, app]);
  throw explain(row, amount ?? undefined);
}

function explain(row: RefundableRow | undefined, amount: number | undefined): AppError {
  if (row === undefined) return new AppError("transaction_not_found");
  if (row.transaction_type !== "used") {
    return new AppError("not_refundable", {
      details: `Only what was spent can be refunded; this transaction is of type ${row.transaction_type}`,
    });
  }
  const left = -row.amount - row.refunded;
  return new AppError("refund_exceeds_original", {
    details:
      left === 0
        ? "All of this transaction was refunded already"
        : `${left} of ${-row.amount} can still be refunded, not ${amount ?? left}`,
    extra: { refundable_left: left },
  });
}
