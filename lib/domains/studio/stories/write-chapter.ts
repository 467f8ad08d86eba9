import "server-only";
import { checkChapter, unusableBecause } from "@/lib/ai/chapter-checks";
import { chapterRequest } from "@/lib/ai/chapter-prompt";
import { GrowingText } from "@/lib/ai/growing-text";
import { jointAfter } from "@/lib/ai/join-pieces";
import { MAX_ROUNDS, needsMore } from "@/lib/ai/length-control";
import { type Writer, WriterError } from "@/lib/ai/port";
import { repeatsEarlier } from "@/lib/ai/unusable";
import { rememberChapter, rememberPlan } from "@/lib/ai/story-plan";
import { EMPTY_MEMORY, type StoryMemory } from "@/lib/contract/story-input";
import { database } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import type { GenerationRow, PieceRow } from "../generation-row";
import { type Journal, persist } from "../journal";
import type { WrittenPiece } from "../write-piece";
import { attend, type Growing, type NextCall, writeProse } from "../write-prose";
import { CHAPTERS, FIND_STORY, REMEMBER } from "./statements";
import { type ChapterRow, outlineOf, type StoryRow } from "./story-row";

const GONE = "This chapter is no longer part of the story.";

/** Shorter than this no request to a model makes sense. */
const LEAST_WORDS = 40;

/**
 * Writes a chapter from where it stands. The story is read when it begins: its plan may have been changed since the round was.
 * Its length is 90 to 110 % of what was asked for, in three calls at most; it is looked over without a model.
 */
export async function writeChapter(
  writer: Writer,
  generation: GenerationRow,
  piece: PieceRow,
  journal: Journal,
  signal: AbortSignal,
): Promise<WrittenPiece> {
  const { user_id: userId, story_id: storyId } = generation;
  const [story] = await persist(() => database.query<StoryRow>(FIND_STORY, [userId, storyId]));
  const chapters = await persist(() => database.query<ChapterRow>(CHAPTERS, [userId, storyId]));
  const at = chapters.findIndex(({ id }) => id === piece.chapter_id);
  if (story === undefined || at < 0) return { ...piece, failure: GONE, result: {} };
  const idea = { ...story.idea, model: generation.model };
  const memory = await rememberUpTo(writer, { ...story, idea }, chapters, at, journal, signal);
  if (memory === null) return { ...piece, failure: null, result: {} };

  const base = {
    idea,
    bible: story.bible,
    outline: outlineOf(chapters),
    chapterNumber: at + 1,
    memory,
    previousChapter: chapters[at - 1]?.text ?? "",
    draft: piece.draft,
  };
  const target = piece.target_words;
  const next: NextCall = ({ text, words, calls }) => {
    const step = needsMore(text, target, calls);
    if (calls > 0 && step.kind !== "more") return null;
    const targetWords = step.kind === "more" ? step.words : Math.max(LEAST_WORDS, target - words);
    return {
      request: chapterRequest({ ...base, standing: text, targetWords }),
      growing: growingChapter(text, targetWords, target, calls === MAX_ROUNDS - 1),
    };
  };
  const prose = await writeProse(writer, journal, piece, next, signal);
  const checked = {
    idea,
    bible: base.bible,
    outline: base.outline,
    chapterNumber: base.chapterNumber,
    text: prose.text,
    earlier: chapters.slice(0, at).map(({ text }) => text),
  };
  const whole = prose.failure === null && !signal.aborted;
  return {
    text: prose.text,
    words: prose.words,
    failure: failureOf(generation, piece, prose.failure) ?? (whole ? unusable(writer, checked) : null),
    result: { warnings: checkChapter(checked) },
  };
}

/** The demo writer knows one language, and says so in its text. */
function unusable({ isDemo }: Writer, chapter: Parameters<typeof unusableBecause>[0]): string | null {
  return isDemo ? repeatsEarlier(chapter.text, chapter.earlier, "chapter") : unusableBecause(chapter);
}

/** A chapter that runs on is ended at a sentence; where the model was cut off before, the next call goes on. */
function growingChapter(
  standing: string,
  targetWords: number,
  askedWords: number,
  lastRound: boolean,
): Growing {
  const joint = jointAfter(standing);
  const growing = new GrowingText({ standing, joint, targetWords, askedWords, lastRound });
  return {
    push: (chunk) => growing.push(chunk),
    finish: (complete) => (complete || lastRound ? growing.finish() : ""),
    get words() {
      return growing.words;
    },
    get full() {
      return growing.full;
    },
  };
}

function failureOf({ id }: GenerationRow, { nth }: PieceRow, failure: WriterError | null): string | null {
  if (failure === null) return null;
  const { kind, status, detail } = failure;
  logger().warn({ generation_id: id, chapter: nth, kind, status, detail }, "a chapter failed");
  return failure.message;
}

/**
 * What the story remembers of the chapters before `at`. What is not remembered yet is read by the model now, which costs
 * nothing; where it can't, the plan stands in, and the story goes on. Null where the signal ended it.
 */
async function rememberUpTo(
  writer: Writer,
  { idea, user_id: userId }: StoryRow,
  chapters: readonly ChapterRow[],
  at: number,
  journal: Journal,
  signal: AbortSignal,
): Promise<StoryMemory | null> {
  const written = chapters.slice(0, at).filter(({ text }) => text !== "");
  const known = written.findLastIndex(({ memory }) => memory !== null);
  let memory = written[known]?.memory ?? EMPTY_MEMORY;
  for (const chapter of written.slice(known + 1)) {
    const { id, position, title, text, draft, words } = chapter;
    let after: StoryMemory | null;
    try {
      after = await attend(
        journal,
        rememberChapter(writer, { idea, memory, chapterNumber: position, title, text }, { signal }),
      );
      if (after === null) return null;
      const told = JSON.stringify(after);
      await persist(() => database.query(REMEMBER, [userId, id, draft, words, told]));
    } catch (error) {
      if (!(error instanceof WriterError)) throw error;
      logger().warn(
        { story_chapter: id, kind: error.kind, detail: error.detail },
        "a chapter was not summed up",
      );
      // Not kept: the next chapter tries again.
      after = rememberPlan(memory, position, chapter);
    }
    memory = after;
  }
  return memory;
}
