import "server-only";
import type { StoryWarning } from "@/lib/contract/story-input";
import type { Connection } from "@/lib/database/client";
import type { GenerationRow, PieceRow } from "../generation-row";
import { GIVE_BACK_REWRITES, KEEP_CHAPTER, TRIM_VERSIONS } from "./statements";

/**
 * Leaves in the story what a piece wrote of its chapter. What a rewrite replaces is kept as a version; a rewrite that brought
 * no word replaces nothing.
 */
export async function keepChapter(
  transaction: Connection,
  { user_id: userId, label }: GenerationRow,
  piece: PieceRow,
  warnings: readonly StoryWarning[],
): Promise<void> {
  await transaction.query(KEEP_CHAPTER, [
    userId,
    piece.chapter_id,
    piece.draft,
    piece.status,
    piece.text,
    piece.words,
    piece.chargeable_words,
    piece.charged_credits,
    piece.free,
    JSON.stringify(warnings),
    label,
  ]);
  await transaction.query(TRIM_VERSIONS, [userId]);
}

/** A free rewrite that failed, or was never begun, can be had again. */
export async function giveBackRewrites(
  transaction: Connection,
  { user_id: userId }: GenerationRow,
  pieces: readonly PieceRow[],
): Promise<void> {
  const nothing = pieces.filter(({ free, status }) => free && (status === "failed" || status === "waiting"));
  if (nothing.length === 0) return;
  await transaction.query(GIVE_BACK_REWRITES, [userId, nothing.map(({ chapter_id }) => chapter_id)]);
}
