import "server-only";
import type { BibleBrief, OutlineBrief, SummaryBrief, WriteRequest } from "@/lib/ai/port";
import { delimited, lines, materialRule, paragraphs } from "@/lib/ai/prompt-parts";
import { bibleText, outlineText, storyContext, wishesOf } from "@/lib/ai/story-material";
import {
  MAX_FACTS,
  MAX_SUMMARY_WORDS,
  type OutlineChapter,
  type StoryBible,
  type StoryIdea,
  type StoryMemory,
} from "@/lib/contract/story-input";

/** JSON has more words than what it says. */
const BIBLE_WORDS = 2_500;
const CHAPTER_PLAN_WORDS = 300;
const SUMMARY_WORDS = 1_500;

const PLANNER = "You plan stories for a professional writer. You answer with JSON and nothing else.";

/** The request for a bible: people, places, rules, style. For `writeStructured`. */
export function bibleRequest({ idea }: { idea: StoryIdea }): WriteRequest & { brief: BibleBrief } {
  return {
    system: lines(PLANNER, wishesOf(idea), materialRule(["premise", "context"])),
    prompt: paragraphs(
      delimited("premise", idea.premise),
      storyContext(idea, "plan"),
      `Make the bible of this story, which will have ${count(idea.chapters, "chapter")}: two to eight people (name; who they are, what they want, how they speak), two to six places (name; what one sees and hears there), two to six rules of its world that are never broken, and its style in three sentences. Keep every name that the premise gives.`,
    ),
    maxWords: BIBLE_WORDS,
    model: idea.model,
    brief: { kind: "bible", idea },
  };
}

export interface OutlineRequestInput {
  idea: StoryIdea;
  bible: StoryBible | null;
  /** What stands already; default nothing. As long as the outline is to be. */
  standing?: readonly (OutlineChapter | null)[] | undefined;
  /** The chapters to plan, from 1; default those that are not planned. */
  wanted?: readonly number[] | undefined;
}

/** The request for the plans of some chapters or of all. What stands already is shown, a line a chapter. */
export function outlineRequest(input: OutlineRequestInput): WriteRequest & { brief: OutlineBrief } {
  const { idea, bible } = input;
  const standing = input.standing ?? Array<null>(idea.chapters).fill(null);
  const wanted = input.wanted ?? standing.flatMap((chapter, at) => (chapter === null ? [at + 1] : []));
  const all = wanted.length === standing.length;
  return {
    system: lines(PLANNER, wishesOf(idea), materialRule(["premise", "context", "bible", "outline"])),
    prompt: paragraphs(
      delimited("premise", idea.premise),
      storyContext(idea, "plan"),
      delimited("bible", bibleText(bible)),
      !all && `The outline so far:\n${delimited("outline", outlineText(standing))}`,
      all
        ? `Plan this story in exactly ${count(standing.length, "chapter")}, numbered from 1 to ${standing.length}.`
        : `The story has ${count(standing.length, "chapter")}. Plan exactly ${count(wanted.length, "chapter")} of it, and no other: ${wanted.join(", ")}. They must fit between those that stand.`,
      `A chapter is about ${idea.words_per_chapter} words long. Give each its number, a title without the number, whose point of view it is told from, and three to six beats: what happens, in order, a sentence each. Every beat is new; none says what another beat says. The last chapter ends the story.`,
    ),
    maxWords: wanted.length * CHAPTER_PLAN_WORDS + 200,
    model: idea.model,
    brief: { kind: "outline", idea, bible, standing, wanted },
  };
}

export interface SummaryRequestInput {
  idea: StoryIdea;
  /** What is remembered of the chapters before. */
  memory: StoryMemory;
  /** From 1. */
  chapterNumber: number;
  title: string;
  text: string;
}

/** The request for the memory of a story after one more chapter: a summary of all so far, and facts. */
export function summaryRequest(input: SummaryRequestInput): WriteRequest & { brief: SummaryBrief } {
  const { idea, memory, chapterNumber, title, text } = input;
  return {
    system: lines(
      "You keep the notes of a novelist. You answer with JSON and nothing else. Language: that of the chapter.",
      materialRule(["summary", "facts", "chapter"]),
    ),
    prompt: paragraphs(
      delimited("summary", memory.summary),
      delimited("facts", memory.facts.map((fact) => `- ${fact}`).join("\n")),
      `Chapter ${chapterNumber}${title && `, “${title.replace(/[<>]/g, "")}”`}:`,
      delimited("chapter", text),
      `Bring the notes up to date. The summary tells everything so far, this chapter included, in at most ${MAX_SUMMARY_WORDS} words: the further back, the shorter. The facts, at most ${MAX_FACTS}, are what later chapters must not contradict: names, injuries, promises, objects and who has them, who knows what. Keep those that still hold, drop those that no longer matter.`,
    ),
    maxWords: SUMMARY_WORDS,
    model: idea.model,
    brief: { kind: "summary", idea, memory, chapterNumber, title, text },
  };
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
