import "server-only";
import type { z } from "zod";
import type * as wishes from "@/lib/contract/operator";
import { noteAction, type OperatorAction, operatorOfThisMachine } from "@/lib/database/operator-log";
import { AppError } from "@/lib/foundation/app-error";
import { addCredits } from "./add-credits";

/*
 * The operator's hand on purses. What moves credits writes down who did it and why in the same statement; what was
 * refused, or had been done before, is written down after it. The reason is what the person reads in their statement.
 */

type Moved = Awaited<ReturnType<typeof addCredits>>;

/** What a program's key is to a program: here nobody's, and good for all. */
const HAND = { admin: true, keyId: null, idempotency: null };

/**
 * Gives a person credits. With a `reference` it is given once, however often it is asked for.
 * @throws `user_not_found`, `reference_reused`.
 */
export async function grantByHand(wish: z.infer<typeof wishes.GrantByHand>): Promise<Moved> {
  return move({ ...wish, command: "credits grant", direction: "credit" });
}

/**
 * Takes credits from a person, never more than they can spend now. With a `reference` once, as a grant.
 * @throws `user_not_found`, `reference_reused`, `insufficient_credits`.
 */
export async function debitByHand(wish: z.infer<typeof wishes.DebitByHand>): Promise<Moved> {
  return move({ ...wish, type: "adjustment", command: "credits debit", direction: "debit" });
}

interface Move extends z.infer<typeof wishes.GrantByHand> {
  readonly command: string;
  readonly direction: "credit" | "debit";
}

async function move({
  command,
  user_id,
  amount,
  type,
  direction,
  reason,
  reference,
  by,
}: Move): Promise<Moved> {
  const who = by ?? operatorOfThisMachine().who;
  const note = (action: Pick<OperatorAction, "result" | "details">) =>
    noteAction({ who, reason }, { command, subject: user_id, ...action });
  const details = { amount: direction === "debit" ? -amount : amount, ...(reference ? { reference } : {}) };
  try {
    const wish = { user_id, amount, transaction_type: type, direction, description: reason, reference };
    const moved = await addCredits(
      { ...wish, app_name: "penora", metadata: undefined, caller: HAND },
      { who, command },
    );
    if (moved.replayed) {
      const { transaction_id } = moved.result;
      await note({ result: "repeated", details: { ...details, transaction_id } });
    }
    return moved;
  } catch (error) {
    if (error instanceof AppError && error.code !== "unavailable")
      await note({ result: error.code, details });
    throw error;
  }
}
