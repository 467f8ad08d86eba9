import "server-only";
import type { OutlineChapter, StoryBible, StoryWarning } from "@/lib/contract/story-input";
import type { Connection } from "@/lib/database/client";
import { type GenerationRow, type PieceRow, sumOf, textOf } from "./generation-row";
import { saveText } from "./save-text";
import { keepBible, keepOutline } from "./stories/keep-plan";
import { giveBackRewrites, keepChapter } from "./stories/keep-chapter";
import { saveStory } from "./stories/save-story";
import { SAVED } from "./statements";

/** What a piece brought beside its text. */
export interface PieceResult {
  readonly bible?: StoryBible;
  readonly outline?: readonly OutlineChapter[];
  readonly warnings?: readonly StoryWarning[];
}

export type Saved = Pick<GenerationRow, "project_code" | "saved_bytes">;

/**
 * Keeps a piece that is whole where it belongs: pages and chapters in the workspace, a chapter, bible or outline in its
 * story. `save`: false where the workspace had no room. @throws `SaveFailed`.
 */
export async function keepPiece(
  transaction: Connection,
  generation: GenerationRow,
  pieces: readonly PieceRow[],
  { piece, result, save }: { piece: PieceRow; result: PieceResult; save: boolean },
): Promise<Saved> {
  switch (generation.kind) {
    case "single-prompt":
      return save ? saveText(transaction, generation, textOf(pieces)) : generation;
    case "story-chapters":
      await keepChapter(transaction, generation, piece, result.warnings ?? []);
      return save ? saveChapters(transaction, generation, pieces) : generation;
    case "story-bible":
      if (result.bible !== undefined) await keepBible(transaction, generation, result.bible);
      return generation;
    case "story-outline":
      if (result.outline !== undefined) await keepOutline(transaction, generation, result.outline);
      return generation;
    case "tool":
      return generation;
  }
}

/** The same at the end of a round, for the piece that broke off, if one did. @throws `SaveFailed`. */
export async function keepEnd(
  transaction: Connection,
  generation: GenerationRow,
  pieces: readonly PieceRow[],
  { broken, save }: { broken: number | null; save: boolean },
): Promise<Saved> {
  switch (generation.kind) {
    case "single-prompt":
      return save ? saveText(transaction, generation, textOf(pieces)) : generation;
    case "story-chapters": {
      const piece = pieces.find(({ nth }) => nth === broken);
      await giveBackRewrites(transaction, generation, pieces);
      if (piece === undefined) return generation;
      await keepChapter(transaction, generation, piece, []);
      return save ? saveChapters(transaction, generation, pieces) : generation;
    }
    default:
      return generation;
  }
}

async function saveChapters(
  transaction: Connection,
  generation: GenerationRow,
  pieces: readonly PieceRow[],
): Promise<Saved> {
  if (generation.story_id === null) return generation;
  const code = await saveStory(transaction, generation.user_id, generation.story_id);
  // What is written but not begun to be kept is under way.
  const saved_bytes = sumOf(
    "bytes",
    pieces.filter(({ status }) => status !== "writing"),
  );
  await transaction.query(SAVED, [generation.user_id, generation.id, code, saved_bytes]);
  return { project_code: code, saved_bytes };
}
