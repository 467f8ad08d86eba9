import "server-only";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import type { saveProject as operation } from "@/lib/contract/workspace";
import type { Connection } from "@/lib/database/client";
import { constraintOf } from "@/lib/database/database-error";
import { findRecorded } from "@/lib/database/recorded-statement";
import { inTransaction } from "@/lib/database/transaction";
import { parseHoldId, settlingApp } from "@/lib/domains/credits/app-holds";
import { captureHold, type EndedHold } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import type { Recorded } from "@/lib/foundation/recorded";
import type { Payment } from "./describe-project";
import { saveProject } from "./save-project";

type Input = InputOf<typeof operation> & { caller: Caller };
type Result = OutputOf<typeof operation>;

/**
 * Saves a project as `saveProject` does; with `hold_id` it is saved and paid for in one transaction, or neither. A hold
 * pays for one save: captured before, it pays for nothing more, unless this very request is repeated with its key.
 * @throws as `saveProject` and `captureHold`, `insufficient_scope`.
 */
export async function savePaidProject(input: Input): Promise<Recorded<Result>> {
  if (input.hold_id == null) {
    if (input.capture_amount == null) return saveProject(input);
    throw new AppError("invalid_request", {
      message: "Invalid request: capture_amount goes with hold_id only",
      details: { field: "capture_amount" },
    });
  }
  requireDeduct(input.caller);
  const holdId = parseHoldId(input.hold_id);
  const pay = () => inTransaction((transaction) => captureAndSave({ ...input, holdId }, transaction));
  try {
    return await pay();
  } catch (error) {
    // Two took the same free code in the same moment; nothing of it happened.
    if (constraintOf(error) !== "projects_pkey") throw error;
    return pay();
  }
}

function requireDeduct({ admin, scopes }: Caller): void {
  if (admin || scopes.includes("credits:deduct")) return;
  throw new AppError("insufficient_scope", {
    message: "This key lacks the scope credits:deduct, which a save with hold_id needs.",
    details: { required_scope: "credits:deduct", scopes },
  });
}

/** The hold first: everything that ends holds locks the hold before the person. */
async function captureAndSave(
  input: Input & { holdId: string },
  transaction: Connection,
): Promise<Recorded<Result>> {
  const first = () => input.caller.idempotency && findRecorded<Result>(input.caller.idempotency, transaction);
  const captured = await capture(input, transaction).catch(async (error: unknown) => {
    if (!(error instanceof AppError) || error.retryAfterSeconds !== undefined) throw error;
    // A key that has an answer is answered from it, by the statement that saves.
    if ((await first()) === null) throw error;
    return null;
  });
  if (captured?.replayed === true && (await first()) === null) throw alreadyCaptured(captured);
  const payment = captured === null ? undefined : paymentOf(captured.result);
  const saved = await saveProject({ ...input, payment }, transaction);
  // The key's record was forgotten between two statements: what was paid for before is not saved for it again.
  if (captured?.replayed !== false && !saved.replayed)
    throw new AppError("unavailable", { retryAfterSeconds: 1, internal: "a record went away meanwhile" });
  return saved;
}

function capture(input: Input & { holdId: string }, transaction: Connection): Promise<Recorded<EndedHold>> {
  const { holdId, user_id: userId, capture_amount: amount, project_code, caller } = input;
  return captureHold({ holdId, userId, app: settlingApp(caller), amount, project_code }, transaction);
}

function paymentOf(hold: EndedHold): Payment {
  const { credits_deducted, credits_released, new_balance, transaction_id, low_balance } = hold;
  return { credits_deducted, credits_released, new_balance, transaction_id, low_balance };
}

function alreadyCaptured({ at, result }: Recorded<EndedHold>): AppError {
  return new AppError("hold_already_captured", {
    extra: { resolved_at: toTimestamp(at), captured_amount: result.credits_deducted },
  });
}
