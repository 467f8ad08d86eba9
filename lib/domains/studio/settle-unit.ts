import "server-only";
import type { Connection } from "@/lib/database/client";
import { captureHold, type EndedHold, releaseHold } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import { type GenerationRow, type PieceCountRow, sumOf } from "./generation-row";
import { describeGeneration } from "./kinds";
import { lockPerson } from "./person-command";
import { chargeOfUnit, type PaidWords, unitOf } from "./settlement";
import { SETTLE } from "./statements";

export interface Settled {
  readonly quoted: number;
  readonly charged: number;
  readonly released: number;
  /** What the person has then. */
  readonly credits: number;
  readonly lowBalance: boolean;
  readonly userVersion: number;
  readonly why: string;
}

/**
 * Settles what is open in a generation that is locked: what was delivered is charged, the rest of the hold goes back, and the
 * history has its line. `stored` is how the pieces stand in the database, `pieces` how they end. `why` is told the words
 * that are paid for.
 */
export async function settleUnit(
  transaction: Connection,
  generation: GenerationRow & { readonly open_unit: number },
  { stored, pieces }: { stored: readonly PieceCountRow[]; pieces: readonly PieceCountRow[] },
  why: (delivered: string) => string,
): Promise<Settled> {
  const { user_id: userId, id, open_unit: nth, held_credits: quoted } = generation;
  const unit = unitOf(generation, pieces, nth);
  const before = paidBefore(unitOf(generation, stored, nth).pieces);
  const due = chargeOfUnit(unit.text, unit.pieces, before, quoted);
  const words = sumOf("chargeable_words", unit.pieces) - sumOf("chargeable_words", before);
  const moved = await endHold(
    transaction,
    generation,
    due,
    unit.pieces.find((piece) => piece.nth === nth),
  );
  const reason = why(`${words} ${words === 1 ? "word" : "words"} delivered`);
  await transaction.query(SETTLE, [userId, id, nth, moved.charged, moved.released, words, reason]);
  return { ...moved, quoted, why: reason };
}

/** What was paid for before the round: a piece that is done has counted its new words already. */
function paidBefore(pieces: readonly PieceCountRow[]): PaidWords[] {
  return pieces.map((piece) => ({
    chargeable_words:
      piece.status === "done" && !piece.free
        ? Math.max(0, piece.chargeable_words - (piece.words - piece.words_before))
        : piece.chargeable_words,
  }));
}

type Moved = Omit<Settled, "quoted" | "why">;

async function endHold(
  transaction: Connection,
  generation: GenerationRow,
  due: number,
  piece: PieceCountRow | undefined,
): Promise<Moved> {
  const { hold_id: holdId, held_credits: quoted } = generation;
  if (holdId === null) return { charged: 0, released: 0, ...(await standing(transaction, generation)) };
  try {
    const { result } =
      due === 0
        ? await releaseHold({ holdId, app: "penora" }, transaction)
        : await captureHold(
            {
              holdId,
              app: "penora",
              amount: due,
              description: describeGeneration(generation, piece),
              project_code: generation.project_code,
            },
            transaction,
          );
    return movedBy(result);
  } catch (error) {
    // Somebody with the root key ended the hold: what it was ended with is what the text has cost.
    const captured = error instanceof AppError ? error.extra.captured_amount : undefined;
    if (typeof captured !== "number") throw error;
    return { charged: captured, released: quoted - captured, ...(await standing(transaction, generation)) };
  }
}

/** Where nothing moves: what the person has now. */
export async function standing(
  transaction: Connection,
  { user_id: userId }: Pick<GenerationRow, "user_id">,
): Promise<Pick<Moved, "credits" | "lowBalance" | "userVersion">> {
  const person = await lockPerson(transaction, userId);
  return { credits: person.credits, lowBalance: person.low_balance, userVersion: person.user_version };
}

function movedBy(hold: EndedHold): Moved {
  return {
    charged: hold.credits_deducted,
    released: hold.credits_released,
    credits: hold.new_balance,
    lowBalance: hold.low_balance,
    userVersion: hold.user_version,
  };
}
