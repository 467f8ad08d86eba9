import type { StoryChapter, WholeStory } from "@/lib/contract/story";
import type { GenerationPiece, PieceStatus } from "@/lib/contract/studio";
import { figure } from "@/lib/ui/figure";
import { currentPiece, type Writing } from "../../_components/studio/generation-state";

/** What of a story is being made now, as far as the page has heard; null where nothing is. */
export function activeOf({ generation, pieces }: WholeStory): Writing | null {
  return generation?.status === "writing" ? { generation, pieces } : null;
}

/** A chapter as the page shows it: what its story has of it, under what is being written of it now. */
export interface ShownChapter extends StoryChapter {
  /** The text that stands there is being replaced: this is the new one. */
  readonly live: boolean;
}

/** The chapters, with what is being written of them in their place. */
export function shownChapters({ chapters }: WholeStory, active: Writing | null): ShownChapter[] {
  if (active?.generation.kind !== "story-chapters") return chapters.map((one) => ({ ...one, live: false }));
  return chapters.map((chapter) => {
    const piece = active.pieces.find(({ chapter_id }) => chapter_id === chapter.id);
    return piece === undefined ? { ...chapter, live: false } : { ...chapter, ...shownPiece(piece, chapter) };
  });
}

function shownPiece(
  piece: GenerationPiece,
  chapter: StoryChapter,
): Partial<ShownChapter> & { live: boolean } {
  // A rewrite that has not begun leaves the old text where it is.
  if (piece.status === "waiting" && chapter.text !== "") return { live: false };
  const { status, text, words } = piece;
  return { status, text, words, live: status === "writing" };
}

/** How far a chapter has come, in per cent of what was asked for; never 100 before it is done. */
export function percentOf({
  words,
  target_words: target,
}: Pick<StoryChapter, "words" | "target_words">): number {
  return target === 0 ? 0 : Math.min(99, Math.round((words / target) * 100));
}

/** Shorter than this share of what was asked for is said to be short. */
const SHORT = 0.9;

/** How a chapter stands, in a few words: "done 1,012 of 1,000", "short: 620 of 1,000, charged for 620". */
export function chapterInWords(chapter: ShownChapter): string {
  const { status, words, target_words: target, charged_words: charged } = chapter;
  const of = `${figure(words)} of ${figure(target)}`;
  switch (status) {
    case "waiting":
      return "waiting";
    case "writing":
      return `writing ${percentOf(chapter)} %`;
    case "stopped":
      return `stopped, ${of}`;
    case "failed":
      return words === 0 ? "failed, not charged" : `failed, not charged, ${of} kept`;
    case "done":
      return words < target * SHORT ? `short: ${of}, charged for ${figure(charged)}` : `done ${of}`;
  }
}

/** What is left to write, and what it costs at most. */
export function restOf(chapters: readonly StoryChapter[]): {
  chapters: number;
  credits: number;
  words: number;
} {
  const open = chapters.flatMap(({ quote }) => (quote === null ? [] : [quote]));
  return {
    chapters: open.length,
    credits: open.reduce((sum, { credits }) => sum + credits, 0),
    words: open.reduce((sum, { words }) => sum + words, 0),
  };
}

const ENDED: Record<Exclude<PieceStatus, "writing" | "waiting">, string> = {
  done: "is written",
  stopped: "is stopped",
  failed: "failed and was not charged",
};

/** What a screen reader is told of a step: the start, each chapter, the end, an error. Null for all else. */
export function announceStory(before: Writing | null, after: Writing): string | null {
  const { generation, pieces } = after;
  const { kind, status, error } = generation;
  const same = before?.generation.id === generation.id;
  if (status !== "writing") {
    if (same && before.generation.status !== "writing") return null;
    if (status === "done")
      return kind === "story-bible"
        ? "The bible is there."
        : kind === "story-outline"
          ? "The plan is there."
          : "All chapters are written.";
    return error ?? "Stopped.";
  }
  if (!same)
    return kind === "story-bible"
      ? "The bible is being made."
      : kind === "story-outline"
        ? "The chapters are being planned."
        : "Writing has begun.";
  for (const piece of pieces) {
    const was = before.pieces.find(({ nth }) => nth === piece.nth)?.status;
    if (was === piece.status || kind !== "story-chapters") continue;
    if (piece.status === "writing") return `Chapter ${piece.nth} is being written.`;
    if (piece.status !== "waiting")
      return `Chapter ${piece.nth} ${ENDED[piece.status]}: ${figure(piece.words)} words.`;
  }
  return null;
}

/** What is done just now: "Writing chapter 3, 1 of 2". */
export function doingInWords({ generation: { kind, pages }, pieces }: Writing): string {
  if (kind === "story-bible") return "Making the bible";
  if (kind === "story-outline") return "Planning";
  const current = currentPiece(pieces);
  const at = current === undefined ? pages : pieces.indexOf(current) + 1;
  const which = `Writing chapter ${current?.nth ?? pieces.at(-1)?.nth ?? 1}`;
  return pages === 1 ? which : `${which}, ${at} of ${pages}`;
}
