import "server-only";
import { DEFAULT_HOLD_SECONDS } from "@/lib/contract/holds";
import { type Connection, database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { metrics } from "@/lib/foundation/metrics";
import { Recorded } from "@/lib/foundation/recorded";
import { refuseForCredits } from "./refuse";
import { END_HOLD, FIND_HOLD, HOLD, type HoldRow, RECLAIM, SWEEP } from "./hold-statements";

interface HoldInput {
  readonly user_id: string;
  /** Whole credits, 1 to 1,000,000. */
  readonly amount: number;
  readonly app_name: string;
  readonly description?: string;
  readonly project_code?: string | null;
  readonly action?: string;
  /** Seconds, at most 86,400. A generation's hold is settled by its generation and does not expire. */
  readonly expires_in?: number;
  readonly generationId?: string;
  readonly caller: Pick<Caller, "keyId" | "idempotency">;
}

export interface HeldCredits {
  readonly hold_id: string;
  readonly amount: number;
  readonly new_balance: number;
  readonly held_credits: number;
  readonly low_balance: boolean;
  readonly user_version: number;
  readonly expires_at: string;
}

/**
 * Sets credits aside at once: they can't be spent by anybody else until the hold ends.
 * In a transaction of the caller's a refusal leaves expired holds as they are: reclaim before opening it.
 * @throws `user_not_found`, `insufficient_credits`.
 */
export async function holdCredits(
  input: HoldInput,
  connection: Connection = database,
): Promise<Recorded<HeldCredits>> {
  const hold = () =>
    runRecorded<HeldCredits>(
      HOLD,
      input.caller.idempotency,
      [
        input.user_id,
        input.amount,
        input.app_name,
        input.description ?? "Credits held",
        input.project_code ?? null,
        input.action ?? "deduct",
        input.expires_in ?? DEFAULT_HOLD_SECONDS,
        input.caller.keyId,
        input.generationId ?? null,
      ],
      connection,
    );
  const first = await hold();
  if (first !== null) return first;
  const freed = connection === database && (await reclaimExpiredHolds(input.user_id));
  const second = freed ? await hold() : null;
  if (second !== null) return second;
  throw await refuseForCredits(input.user_id, input.amount);
}

/** Gives back what a person has in holds past their time. True if there was any. */
export async function reclaimExpiredHolds(userId: string): Promise<boolean> {
  return (await database.query(RECLAIM, [userId])).length > 0;
}

interface EndInput {
  readonly holdId: string;
  /** The app that may end it; null for those who may do all. */
  readonly app: string | null;
  /** The person whose hold it must be; left out: anybody's. */
  readonly userId?: string;
  readonly idempotency?: Caller["idempotency"];
}

interface CaptureInput extends EndInput {
  /** Whole credits from 0 to what is held; left out: all of it. */
  readonly amount?: number | null | undefined;
  readonly description?: string | null | undefined;
  readonly project_code?: string | null | undefined;
}

export interface EndedHold {
  readonly hold_id: string;
  readonly credits_deducted: number;
  readonly credits_released: number;
  readonly new_balance: number;
  readonly low_balance: boolean;
  readonly user_version: number;
  /** Null where nothing was charged. */
  readonly transaction_id: string | null;
}

/**
 * Charges `amount` of a hold and gives the rest back. A hold ends once: the same ending again answers the first result.
 * @throws `hold_not_found`, `hold_already_captured`, `hold_already_released`, `hold_expired`, `capture_exceeds_hold`.
 */
export async function captureHold(
  input: CaptureInput,
  connection?: Connection,
): Promise<Recorded<EndedHold>> {
  return endHold("captured", input, connection);
}

/** Gives a hold back whole. @throws as `captureHold`. */
export async function releaseHold(input: EndInput, connection?: Connection): Promise<Recorded<EndedHold>> {
  return endHold("released", input, connection);
}

async function endHold(
  ending: "captured" | "released",
  input: CaptureInput,
  connection: Connection = database,
): Promise<Recorded<EndedHold>> {
  const ended = await runRecorded<EndedHold>(
    END_HOLD,
    input.idempotency ?? null,
    [
      input.holdId,
      input.app,
      ending,
      input.amount ?? null,
      input.description ?? null,
      input.project_code ?? null,
      input.userId ?? null,
    ],
    connection,
  );
  if (ended?.replayed === false) {
    connection.afterCommit(() =>
      metrics().creditsMoved.inc({ type: "used", direction: "out" }, ended.result.credits_deducted),
    );
  }
  return ended ?? (await explainEnding(ending, input, connection));
}

/** The hold had ended, or was not theirs: the same ending again is answered as the first time. */
async function explainEnding(
  ending: "captured" | "released",
  { holdId, app, userId, amount }: CaptureInput,
  connection: Connection,
): Promise<Recorded<EndedHold>> {
  const [hold] = await connection.query<HoldRow>(FIND_HOLD, [holdId, app, userId ?? null]);
  if (hold === undefined) throw new AppError("hold_not_found");
  if (hold.status === "open" && !hold.past) {
    throw new AppError("capture_exceeds_hold", {
      details: `The hold is over ${hold.amount} but ${amount ?? hold.amount} was to be captured`,
    });
  }
  const same = hold.status === ending && (amount == null || amount === hold.captured_amount);
  if (same && hold.resolved_at !== null)
    return new Recorded(hold.result as EndedHold, hold.resolved_at, true);
  throw holdHasEnded(hold);
}

/** How a hold ended that is to be ended, or renewed, again. */
export function holdHasEnded(hold: HoldRow): AppError {
  const codes = {
    captured: "hold_already_captured",
    released: "hold_already_released",
    expired: "hold_expired",
    open: "hold_expired", // past its time, and not swept yet
  } as const;
  return new AppError(codes[hold.status], {
    extra: {
      resolved_at: toTimestamp(hold.resolved_at ?? hold.expires_at),
      captured_amount: hold.captured_amount,
    },
  });
}

const SWEEP_BATCH = 500;

/**
 * Across people: takes back every hold that is past its time. Several processes may sweep at once; each hold is
 * claimed by one of them. Answers how many it took.
 */
export async function sweepExpiredHolds(): Promise<number> {
  let swept = 0;
  for (;;) {
    const people = await database.query<{ holds: number }>(SWEEP, [SWEEP_BATCH]);
    const holds = people.reduce((sum, row) => sum + row.holds, 0);
    swept += holds;
    metrics().holdsSwept.inc(holds);
    if (holds < SWEEP_BATCH) return swept;
  }
}
