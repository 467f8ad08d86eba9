import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type { saveGeneration as operation } from "@/lib/contract/studio";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { personOf } from "@/lib/foundation/person-of";
import { type GenerationRow, type PieceRow, textOf } from "./generation-row";
import { lockPerson, requireRoom } from "./person-command";
import { SaveFailed, saveText } from "./save-text";
import { LOCK, PIECES } from "./find-statements";
import { saveStoryNow } from "./stories/save-story-now";

type Saved = OutputOf<typeof operation>;

/**
 * Saves in the workspace what found no room when it was written; where nothing is missing there, nothing happens. Of a part of
 * a story, the story is saved; the answer of a tool belongs nowhere.
 * @throws `not_found`, `storage_limit_exceeded`, saying how much room is missing.
 */
export async function saveGeneration({ caller, id }: { caller: Caller; id: string }): Promise<Saved> {
  const userId = personOf(caller);
  const saved = await inTransaction(async (transaction): Promise<Saved | { storyId: string }> => {
    const person = await lockPerson(transaction, userId);
    const [generation] = await transaction.query<GenerationRow>(LOCK, [userId, id]);
    if (generation === undefined) throw new AppError("not_found");
    if (generation.story_id !== null) return { storyId: generation.story_id };
    if (generation.kind !== "single-prompt") return { project_code: null, unsaved: false };
    // A page that is under way is saved when it ends.
    const pieces = await transaction.query<PieceRow>(PIECES, [userId, id]);
    const text = textOf(pieces.filter(({ status }) => status !== "writing"));
    requireRoom(person, Math.max(0, Buffer.byteLength(text) - generation.saved_bytes));
    try {
      const { project_code } = await saveText(transaction, generation, text);
      return { project_code, unsaved: false };
    } catch (error) {
      throw error instanceof SaveFailed ? error.cause : error;
    }
  });
  return "storyId" in saved ? saveStoryNow({ caller, id: saved.storyId }) : saved;
}
