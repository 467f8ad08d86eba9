import "server-only";
import type { Connection } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/transaction";
import { reclaimExpiredHolds } from "@/lib/domains/credits/holds";
import { holdFor } from "./begin-generation";
import type { Ending } from "./end-generation";
import type { GenerationRow, PieceRow } from "./generation-row";
import { type Journal, LeaseLost, persist } from "./journal";
import { describeGeneration, KINDS } from "./kinds";
import { type LockedPerson, lockPerson } from "./person-command";
import { quoteOfUnit, unitOf } from "./settlement";
import { LOCK_MINE } from "./find-statements";
import { BEGIN_PIECE, BEGIN_UNIT } from "./runner-statements";
import { studioSettings } from "./studio-settings";

interface Lease {
  readonly userId: string;
  readonly id: string;
  readonly runnerId: string;
}

/**
 * A piece begins. One that is paid for by itself has its coins held now, unless they are already; where they are not there any
 * more, because something else spent them, the round ends and says so.
 * @throws `LeaseLost`.
 */
export async function beginPiece(
  lease: Lease,
  journal: Journal,
  { kind }: GenerationRow,
  piece: PieceRow,
): Promise<Ending | null> {
  if (KINDS[kind].settles === "round") {
    await journal.beginPiece(piece.nth);
    return null;
  }
  await reclaimExpiredHolds(lease.userId);
  const begun = await persist((again) =>
    inTransaction((transaction) => beginUnit(transaction, lease, journal.seq, piece, again)),
  );
  if (typeof begun !== "number") return begun;
  journal.begun(piece.nth, begun);
  return null;
}

async function beginUnit(
  transaction: Connection,
  { userId, id, runnerId }: Lease,
  seq: number,
  piece: PieceRow,
  again: boolean,
): Promise<number | Ending> {
  const person = await lockPerson(transaction, userId);
  const [generation] = await transaction.query<GenerationRow>(LOCK_MINE, [userId, id, runnerId]);
  if (generation === undefined) throw new LeaseLost();
  if (again && generation.last_seq === seq + 1) return generation.last_seq;
  const mine = [userId, id, runnerId, studioSettings().leaseSeconds, seq, piece.nth];
  if (generation.open_unit === piece.nth) return written(transaction.query(BEGIN_PIECE, mine));
  const unit = unitOf(generation, [piece], piece.nth);
  const credits = quoteOfUnit(unit.text, unit.pieces)?.credits ?? 0;
  if (person.credits < credits) return ranOut(person, piece, credits);
  const { hold_id: holdId } = await holdFor(transaction, person, credits, {
    description: describeGeneration(generation, piece),
    action: KINDS[generation.kind].action,
    generationId: id,
    project_code: generation.project_code,
  });
  return written(transaction.query(BEGIN_UNIT, [...mine, holdId, credits]));
}

async function written(answer: Promise<{ last_seq: number }[]>): Promise<number> {
  const [row] = await answer;
  if (row === undefined) throw new LeaseLost();
  return row.last_seq;
}

function ranOut({ credits: left }: LockedPerson, { nth }: PieceRow, needed: number): Ending {
  return {
    kind: "stopped",
    message: `Your coins were spent elsewhere meanwhile: chapter ${nth} needs ${needed} KU ${needed === 1 ? "Coin" : "Coins"}, and you have ${left}. What is written is kept, and nothing was charged for this chapter.`,
  };
}
