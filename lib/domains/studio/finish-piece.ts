import "server-only";
import type { GenerationEventData } from "@/lib/contract/studio";
import type { Connection } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/transaction";
import { type GenerationRow, isUnsaved, type PieceRow, textOf } from "./generation-row";
import { type Journal, LeaseLost, persist } from "./journal";
import { lockPerson } from "./person-command";
import { SaveFailed, saveText } from "./save-text";
import { endPiece } from "./settlement";
import { END_PIECE, LOCK_MINE, PIECES } from "./statements";
import { studioSettings } from "./studio-settings";

interface Lease {
  readonly userId: string;
  readonly id: string;
  readonly runnerId: string;
}

/**
 * Ends a page that is whole: it counts, it is in the workspace, and those who follow hear of it, in one transaction.
 * Where the workspace has no room, the page counts all the same and stays in the generation until it is saved.
 * @throws `LeaseLost`.
 */
export async function finishPiece(lease: Lease, journal: Journal, piece: PieceRow): Promise<void> {
  const seq = await persist(async (again) => {
    const finish = (save: boolean) =>
      inTransaction((transaction) => finishIn(transaction, lease, journal.seq, piece, { again, save }));
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
  piece: PieceRow,
  { again, save }: { again: boolean; save: boolean },
): Promise<number> {
  await lockPerson(transaction, userId);
  const [generation] = await transaction.query<GenerationRow>(LOCK_MINE, [userId, id, runnerId]);
  if (generation === undefined) throw new LeaseLost();
  // The first try was carried out, and only its answer was lost.
  if (again && generation.last_seq === seq + 1) return generation.last_seq;
  const stored = await transaction.query<PieceRow>(PIECES, [userId, id]);
  const pieces = stored.map((one) => (one.nth === piece.nth ? { ...one, status: "done" as const } : one));
  const saved = save ? await saveText(transaction, generation, textOf(pieces)) : generation;
  const data: GenerationEventData<"piece-end"> = {
    nth: piece.nth,
    status: "done",
    words: piece.words,
    project_code: saved.project_code,
    unsaved: isUnsaved(saved, pieces),
  };
  const [row] = await transaction.query<{ last_seq: number }>(END_PIECE, [
    userId,
    id,
    runnerId,
    studioSettings().leaseSeconds,
    seq,
    piece.nth,
    endPiece(piece, "done").chargeable_words,
    JSON.stringify(data),
  ]);
  if (row === undefined) throw new LeaseLost();
  return row.last_seq;
}
