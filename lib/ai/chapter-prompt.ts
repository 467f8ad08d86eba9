import "server-only";
import { tailOf } from "@/lib/ai/join-pieces";
import { endsAtSentence } from "@/lib/ai/sentences";
import type { ChapterBrief, WriteRequest } from "@/lib/ai/port";
import { delimited, lines, materialRule, oneLine, paragraphs } from "@/lib/ai/prompt-parts";
import { bibleText, outlineText, storyContext, wishesOf } from "@/lib/ai/story-material";
import {
  MAX_FACT_CHARACTERS,
  MAX_FACTS,
  MAX_SUMMARY_WORDS,
  type Outline,
  type StoryBible,
  type StoryIdea,
  type StoryMemory,
} from "@/lib/contract/story-input";

const TAIL_WORDS = 250;

/** A model that runs on is cut here; the caller ends the chapter at the last whole sentence before. */
const MAX_WORDS_FACTOR = 1.3;

const MAX_NEXT_CHARACTERS = 300;

export interface ChapterRequestInput {
  idea: StoryIdea;
  bible: StoryBible | null;
  outline: Outline;
  /** From 1. */
  chapterNumber: number;
  /** What is remembered of the chapters before. */
  memory: StoryMemory;
  /** The text of the chapter before, or its end; "" for the first. */
  previousChapter: string;
  /** What this chapter has already, when it is continued; else "". */
  standing: string;
  /** How many words this call is to add; default a whole chapter. */
  targetWords?: number | undefined;
  /** From 1; a chapter that is written again counts up. */
  draft?: number | undefined;
}

/**
 * The request for one chapter, or for the rest of one. Its size does not grow with the story: bible, outline, summary and
 * facts are bounded, and of the text there are the last 250 words.
 */
export function chapterRequest(input: ChapterRequestInput): WriteRequest & { brief: ChapterBrief } {
  const { idea, bible, outline, chapterNumber, memory, standing, draft = 1 } = input;
  const { targetWords = idea.words_per_chapter } = input;
  const continues = standing.trim() !== "";
  const previousTail = tailOf(continues ? standing : input.previousChapter, TAIL_WORDS);
  return {
    system: systemText(idea),
    prompt: paragraphs(
      delimited("premise", idea.premise),
      storyContext(idea, "chapter"),
      delimited("bible", bibleText(bible)),
      delimited("outline", outlineText(outline)),
      delimited("summary", tailOf(memory.summary, MAX_SUMMARY_WORDS)),
      delimited("facts", factLines(memory)),
      previousTail &&
        `${continues ? "This chapter so far ends" : "The chapter before ends"} like this:\n${delimited("written", previousTail)}`,
      dueText(input),
      `Write ${continues ? "the rest of chapter" : "chapter"} ${chapterNumber} of ${outline.length} now, about ${targetWords} words.`,
      draft > 1 &&
        "It was written before and is to be told anew: open elsewhere, and choose other scenes, images and words.",
      beginning(continues, previousTail),
      chapterNumber < outline.length
        ? "Close no thread that a later chapter needs, and sum nothing up. Stop after a whole sentence."
        : "This chapter ends the whole story. Stop after a whole sentence.",
    ),
    maxWords: Math.ceil(targetWords * MAX_WORDS_FACTOR),
    model: idea.model,
    brief: {
      kind: "chapter",
      idea,
      bible,
      outline,
      chapterNumber,
      previousTail,
      continues,
      targetWords,
      draft,
    },
  };
}

function systemText(idea: StoryIdea): string {
  return lines(
    "You are a professional novelist. You answer with the text of the chapter itself and nothing else: no title, no heading such as “Chapter 3”, no remarks about the task, no word count, no Markdown fences.",
    "Form: narrative prose, in paragraphs, in scenes, with dialogue where it helps.",
    wishesOf(idea),
    "Keep to the bible and the facts. Tell what the beats say, in their order, and nothing of later chapters. Bring in no new named person unless a beat needs one.",
    "Never end in the middle of a sentence. Never tell again what was told before.",
    materialRule(["premise", "context", "bible", "outline", "summary", "facts", "written", "beats"]),
  );
}

function factLines({ facts }: StoryMemory): string {
  return facts
    .slice(-MAX_FACTS)
    .map((fact) => `- ${oneLine(fact, MAX_FACT_CHARACTERS)}`)
    .join("\n");
}

/** What is due in this chapter, and what must wait for the next. */
function dueText({ outline, chapterNumber }: ChapterRequestInput): string {
  const chapter = outline[chapterNumber - 1];
  const next = outline[chapterNumber];
  const due = lines(
    chapter?.title && `Title: ${chapter.title}`,
    chapter?.point_of_view && `Seen through the eyes of: ${chapter.point_of_view}`,
    ...(chapter?.beats ?? []).map((beat) => `- ${beat}`),
  );
  return paragraphs(
    due !== "" && `The beats of chapter ${chapterNumber}:\n${delimited("beats", due)}`,
    next &&
      `Not yet, that is for the next chapter:\n${delimited("beats", oneLine([next.title, ...next.beats].join(" / "), MAX_NEXT_CHARACTERS))}`,
  );
}

function beginning(continues: boolean, previousTail: string): string {
  if (!continues) return "Begin at once with the text of the chapter.";
  return endsAtSentence(previousTail)
    ? "Begin with a new paragraph that goes on directly from there. Go on with the beats that are still to be told."
    : "The last sentence is unfinished. Begin with the words that finish it, without repeating its beginning, and go on from there.";
}
