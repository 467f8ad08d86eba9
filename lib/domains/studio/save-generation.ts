import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type { saveGeneration as operation } from "@/lib/contract/studio";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { type GenerationRow, type PieceRow, textOf } from "./generation-row";
import { lockPerson, personOf, requireRoom } from "./person-command";
import { SaveFailed, saveText } from "./save-text";
import { LOCK, PIECES } from "./statements";

/**
 * Saves in the workspace what found no room when it was written; where nothing is missing there, nothing happens.
 * @throws `not_found`, `storage_limit_exceeded`, saying how much room is missing.
 */
export async function saveGeneration({
  caller,
  id,
}: {
  caller: Caller;
  id: string;
}): Promise<OutputOf<typeof operation>> {
  const userId = personOf(caller);
  return inTransaction(async (transaction) => {
    const person = await lockPerson(transaction, userId);
    const [generation] = await transaction.query<GenerationRow>(LOCK, [userId, id]);
    if (generation === undefined) throw new AppError("not_found");
    // A page that is under way is saved when it ends.
    const pieces = await transaction.query<PieceRow>(PIECES, [userId, id]);
    const text = textOf(pieces.filter(({ status }) => status !== "writing"));
    requireRoom(person, Math.max(0, Buffer.byteLength(text) - generation.saved_bytes));
    try {
      const { project_code } = await saveText(transaction, generation, text);
      return { project_code, unsaved: false as const };
    } catch (error) {
      throw error instanceof SaveFailed ? error.cause : error;
    }
  });
}
