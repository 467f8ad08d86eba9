import "server-only";
import type { addCredits as operation } from "@/lib/contract/credits";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { constraintOf } from "@/lib/database/database-error";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { metrics } from "@/lib/foundation/metrics";
import { Recorded } from "@/lib/foundation/recorded";
import { noSuchUser, refuseForCredits } from "./refuse";
import { FIND_REFERENCE, GRANT, GRANT_BY_HAND } from "./statements";
import { findUserInfo } from "./user-info";

type Input = InputOf<typeof operation> & { caller: Pick<Caller, "admin" | "keyId" | "idempotency"> };

/** By whose hand credits move, where no program asks for it: written down together with the effect. */
export interface ByHand {
  readonly who: string;
  readonly command: string;
}
type Output = OutputOf<typeof operation>;

interface Granted {
  user_id: string;
  amount: number;
  new_balance: number;
  transaction_id: string;
  low_balance: boolean;
  user_version: number;
}

/**
 * Adds credits under a ledger word. A `reference` is unique in its app for ever: given again, it answers the first
 * result and adds nothing. An adjustment may take credits away, with scope `admin`; never below zero.
 *
 * @throws `user_not_found`, `reference_reused`, `insufficient_scope`, `insufficient_credits` (a debit), `invalid_request`.
 */
export async function addCredits(input: Input, byHand?: ByHand): Promise<Recorded<Output>> {
  const signed = signedAmount(input);
  const recorded = (await grant(input, signed, byHand)) ?? (await fromReference(input, signed));
  if (recorded !== null) return recorded.map(describe);
  if (signed < 0) throw await refuseForCredits(input.user_id, -signed);
  if ((await findUserInfo(input.user_id)) === null) throw noSuchUser();
  throw new AppError("internal", { internal: "a grant moved no row" });
}

function signedAmount({ direction, transaction_type, amount, caller }: Input): number {
  if (direction === "credit") return amount;
  if (transaction_type !== "adjustment") {
    throw new AppError("invalid_request", {
      message: "Invalid request: direction debit goes with transaction_type adjustment only",
      details: { field: "direction" },
    });
  }
  if (!caller.admin) {
    throw new AppError("insufficient_scope", {
      message: "An adjustment that takes credits away needs the scope admin.",
      details: { required_scope: "admin" },
    });
  }
  return -amount;
}

async function grant(input: Input, signed: number, byHand?: ByHand): Promise<Recorded<Granted> | null> {
  const values = [
    input.user_id,
    signed,
    input.transaction_type,
    input.description,
    input.app_name,
    input.reference ?? null,
    input.metadata ? JSON.stringify(input.metadata) : null,
    input.caller.keyId,
  ];
  try {
    const granted =
      byHand === undefined
        ? await runRecorded<Granted>(GRANT, input.caller.idempotency, values)
        : await runRecorded<Granted>(GRANT_BY_HAND, null, [...values, byHand.who, byHand.command]);
    if (granted?.replayed === false) {
      const direction = signed > 0 ? "in" : "out";
      metrics().creditsMoved.inc({ type: input.transaction_type, direction }, Math.abs(signed));
    }
    return granted;
  } catch (error) {
    // Two requests with one reference met: the other has it now.
    if (constraintOf(error) === "credit_transactions_reference_key") return null;
    throw error;
  }
}

interface Referred extends Granted {
  transaction_type: string;
  created_at: Date;
}

async function fromReference(input: Input, signed: number): Promise<Recorded<Granted> | null> {
  if (input.reference == null) return null;
  const [row] = await database.query<Referred>(FIND_REFERENCE, [input.app_name, input.reference]);
  if (row === undefined) return null;
  if (row.user_id !== input.user_id || row.amount !== signed) {
    throw new AppError("reference_reused", {
      details: "The reference stands for another amount or another user.",
      extra: {
        stored: {
          transaction_id: row.transaction_id,
          amount: row.amount,
          created_at: toTimestamp(row.created_at),
        },
      },
    });
  }
  return new Recorded(row, row.created_at, true);
}

function describe(granted: Granted): Output {
  const amount = Math.abs(granted.amount);
  return {
    credits_added: granted.amount,
    amount_added: granted.amount,
    new_balance: granted.new_balance,
    user_id: granted.user_id,
    transaction_id: granted.transaction_id,
    low_balance: granted.low_balance,
    user_version: granted.user_version,
    message:
      granted.amount > 0 ? `Added ${amount} credits.` : `Took ${amount} credits away as an adjustment.`,
  };
}
