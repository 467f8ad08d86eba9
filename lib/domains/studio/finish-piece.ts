import "server-only";
import type { GenerationEventData } from "@/lib/contract/studio";
import type { Connection } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/transaction";
import { type GenerationRow, isUnsaved, type PieceRow } from "./generation-row";
import { type Journal, LeaseLost, persist } from "./journal";
import { keepPiece, type PieceResult } from "./keep-piece";
import { KINDS } from "./kinds";
import { lockPerson } from "./person-command";
import { SaveFailed } from "./save-text";
import { endPiece } from "./settlement";
import { settleUnit } from "./settle-unit";
import { LOCK_MINE, PIECES } from "./find-statements";
import { END_PIECE } from "./runner-statements";
import { studioSettings } from "./studio-settings";

interface Lease {
  readonly userId: string;
  readonly id: string;
  readonly runnerId: string;
}

/**
 * Ends a piece that is whole: it counts, it is kept where it belongs, it is settled where it is paid for by itself, and those
 * who follow hear of it, in one transaction. Where the workspace has no room it counts all the same, and stays in the
 * generation until it is saved.
 * @throws `LeaseLost`.
 */
export async function finishPiece(
  lease: Lease,
  journal: Journal,
  nth: number,
  result: PieceResult,
): Promise<void> {
  const seq = await persist(async (again) => {
    const finish = (save: boolean) =>
      inTransaction((transaction) =>
        finishIn(transaction, lease, journal.seq, { nth, result }, { again, save }),
      );
    try {
      return await finish(true);
    } catch (error) {
      if (error instanceof SaveFailed) return finish(false);
      throw error;
    }
  });
  journal.passed(seq);
}

async function finishIn(
  transaction: Connection,
  { userId, id, runnerId }: Lease,
  seq: number,
  { nth, result }: { nth: number; result: PieceResult },
  { again, save }: { again: boolean; save: boolean },
): Promise<number> {
  await lockPerson(transaction, userId);
  const [generation] = await transaction.query<GenerationRow>(LOCK_MINE, [userId, id, runnerId]);
  if (generation === undefined) throw new LeaseLost();
  // The first try was carried out, and only its answer was lost.
  if (again && generation.last_seq === seq + 1) return generation.last_seq;
  const stored = await transaction.query<PieceRow>(PIECES, [userId, id]);
  const pieces = stored.map((one) => (one.nth === nth ? endPiece(one, "done") : one));
  const piece = pieces.find((one) => one.nth === nth);
  if (piece === undefined) throw new LeaseLost();
  const saved = await keepPiece(transaction, generation, pieces, { piece, result, save });
  const settled =
    KINDS[generation.kind].settles === "piece" && generation.open_unit === nth
      ? await settleUnit(
          transaction,
          { ...generation, ...saved, open_unit: nth },
          { stored, pieces },
          (delivered) => `Finished: ${delivered}.`,
        )
      : null;
  const data: GenerationEventData<"piece-end"> = {
    nth,
    status: "done",
    words: piece.words,
    project_code: saved.project_code,
    unsaved: isUnsaved({ ...generation, ...saved }, pieces),
    settlement: settled && {
      quoted: settled.quoted,
      charged: settled.charged,
      released: settled.released,
      why: settled.why,
    },
    credits: settled?.credits ?? null,
  };
  const [row] = await transaction.query<{ last_seq: number }>(END_PIECE, [
    userId,
    id,
    runnerId,
    studioSettings().leaseSeconds,
    seq,
    nth,
    piece.chargeable_words,
    JSON.stringify(data),
  ]);
  if (row === undefined) throw new LeaseLost();
  return row.last_seq;
}
