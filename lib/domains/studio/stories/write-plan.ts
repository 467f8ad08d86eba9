import "server-only";
import { unusablePlan } from "@/lib/ai/chapter-checks";
import { type Writer, WriterError } from "@/lib/ai/port";
import { rewriteChapterPlan, writeBible, writeOutline } from "@/lib/ai/story-plan";
import { outlineText } from "@/lib/ai/story-material";
import type { OutlineChapter, StoryBible, StoryIdea } from "@/lib/contract/story-input";
import { countWords } from "@/lib/contract/word-count";
import { database } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import type { GenerationRow, PieceRow } from "../generation-row";
import { type Journal, persist } from "../journal";
import type { PieceResult } from "../keep-piece";
import type { WrittenPiece } from "../write-piece";
import { attend } from "../write-prose";
import { CHAPTERS, FIND_STORY } from "./statements";
import { type ChapterRow, outlineOf, type StoryRow } from "./story-row";

/** Makes a bible, an outline, or the plan of one chapter. It comes as a whole or not at all: half a plan is none. */
export async function writePlan(
  writer: Writer,
  generation: GenerationRow,
  piece: PieceRow,
  journal: Journal,
  signal: AbortSignal,
): Promise<WrittenPiece> {
  const { user_id: userId, story_id: storyId } = generation;
  const [story] = await persist(() => database.query<StoryRow>(FIND_STORY, [userId, storyId]));
  if (story === undefined) return { ...piece, failure: "This story was deleted.", result: {} };
  try {
    const idea = { ...story.idea, model: generation.model };
    const result = await attend(journal, planOf(writer, generation, { ...story, idea }, signal));
    if (result === null) return { ...piece, failure: null, result: {} };
    const text = result.bible === undefined ? outlineText(result.outline ?? []) : bibleInWords(result.bible);
    const words = countWords(text);
    await journal.append(text, words);
    await journal.flush();
    const unusable = writer.isDemo ? null : unusablePlan(idea, text);
    return { text, words, failure: unusable, result };
  } catch (error) {
    if (!(error instanceof WriterError)) throw error;
    if (signal.aborted) return { ...piece, failure: null, result: {} };
    const { kind, status, detail } = error;
    logger().warn({ generation_id: generation.id, kind, status, detail }, "a plan failed");
    return { ...piece, failure: error.message, result: {} };
  }
}

type Planned = StoryRow & { readonly idea: StoryIdea };

async function planOf(
  writer: Writer,
  { kind, input, user_id: userId }: GenerationRow,
  { id, idea, bible }: Planned,
  signal: AbortSignal,
): Promise<PieceResult | null> {
  if (kind === "story-bible") {
    const made = await writeBible(writer, idea, { signal });
    return made && { bible: made };
  }
  const only = "chapterId" in input ? input.chapterId : undefined;
  if (only === undefined) {
    const outline = await writeOutline(writer, { idea, bible }, { signal });
    return outline && { outline };
  }
  const chapters = await database.query<ChapterRow>(CHAPTERS, [userId, id]);
  const at = chapters.findIndex((chapter) => chapter.id === only);
  if (at < 0) throw new WriterError("rubbish", { detail: "the chapter is gone" });
  const plan: OutlineChapter | null = await rewriteChapterPlan(
    writer,
    { idea, bible, outline: outlineOf(chapters), chapterNumber: at + 1 },
    { signal },
  );
  return plan && { outline: [plan] };
}

function bibleInWords({ characters, places, rules, style }: StoryBible): string {
  const entries = [...characters, ...places].map(({ name, description }) => `${name}: ${description}`);
  return [...entries, ...rules, style].filter((line) => line !== "").join("\n");
}
