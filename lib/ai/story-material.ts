import "server-only";
import {
  CONTEXT_TOKENS,
  cutToTokens,
  delimited,
  estimateTokens,
  lines,
  oneLine,
} from "@/lib/ai/prompt-parts";
import { cutText } from "@/lib/contract/prompt-input";
import {
  MAX_DESCRIPTION_CHARACTERS,
  type BibleEntry,
  type OutlineChapter,
  type StoryBible,
  type StoryIdea,
} from "@/lib/contract/story-input";

/** A bible takes at most a quarter of the context. */
export const MAX_BIBLE_TOKENS = CONTEXT_TOKENS / 4;

/** How long a description may be, tried one after the other until the bible fits. */
const CUTS = [MAX_DESCRIPTION_CHARACTERS, 400, 250, 150, 80, 40, 0];

const MAX_OUTLINE_LINE = 140;

/** What was uploaded for a story takes a quarter of the context where plans are made, and an eighth beside all that a chapter needs. */
const MAX_CONTEXT_TOKENS = { plan: CONTEXT_TOKENS / 4, chapter: CONTEXT_TOKENS / 8 };

/** The material of a story for a prompt: its beginning, as much as there is room for. Nothing where there is none. */
export function storyContext({ context = "" }: StoryIdea, use: keyof typeof MAX_CONTEXT_TOKENS): string {
  if (context.trim() === "") return "";
  return `Material to draw on where it helps:\n${delimited("context", cutToTokens(context, MAX_CONTEXT_TOKENS[use]))}`;
}

/** The bible as text. One that is too big loses the ends of its descriptions, and no name before them. */
export function bibleText(bible: StoryBible | null): string {
  if (bible === null) return "";
  for (const max of CUTS) {
    const text = bibleCutAt(bible, max);
    if (estimateTokens(text) <= MAX_BIBLE_TOKENS) return text;
  }
  // One token for each character is what the densest scripts take.
  return cutText(bibleCutAt(bible, 0), MAX_BIBLE_TOKENS);
}

function bibleCutAt(bible: StoryBible, max: number): string {
  const entry = ({ name, description }: BibleEntry) => {
    const known = max > 0 ? oneLine(description, max) : "";
    return known === "" ? `- ${name}` : `- ${name}: ${known}`;
  };
  const rules = bible.rules.map((rule) => `- ${oneLine(rule, Math.max(20, max))}`);
  return lines(
    bible.characters.length > 0 && "People:",
    ...bible.characters.map(entry),
    bible.places.length > 0 && "Places:",
    ...bible.places.map(entry),
    rules.length > 0 && "Rules:",
    ...rules,
    bible.style !== "" && `Style: ${oneLine(bible.style, Math.max(40, max * 2))}`,
  );
}

/** The outline, a line for each chapter; what is not planned yet says so. */
export function outlineText(outline: readonly (OutlineChapter | null)[]): string {
  return outline
    .map((chapter, at) => `${at + 1}. ${chapter === null ? "(not planned yet)" : outlineLine(chapter)}`)
    .join("\n");
}

export function outlineLine({ title, beats }: OutlineChapter): string {
  return oneLine([title || "Untitled", beats.join(" / ")].filter(Boolean).join(": "), MAX_OUTLINE_LINE);
}

/** The wishes of an idea, for the rules of a prompt. */
export function wishesOf(idea: StoryIdea): string {
  return lines(
    idea.genre && `Genre: ${idea.genre}.`,
    idea.tone && `Tone: ${idea.tone}.`,
    idea.audience && `Readers: ${idea.audience}.`,
    `Point of view: ${idea.point_of_view}, throughout. Tense: ${idea.tense}, throughout, but for dialogue.`,
    idea.language ? `Language: ${idea.language}.` : "Language: that of the premise.",
  );
}
