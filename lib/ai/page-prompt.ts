import "server-only";
import { tailOf } from "@/lib/ai/join-pieces";
import { endsAtSentence } from "@/lib/ai/sentences";
import type { PageBrief, WriteRequest } from "@/lib/ai/port";
import { CONTEXT_TOKENS, cutToTokens, delimited, materialRule } from "@/lib/ai/prompt-parts";
import { cutText, MAX_PROMPT_CHARACTERS, type Format, type PromptOptions } from "@/lib/contract/prompt-input";
import { WORDS_PER_PAGE, type ModelName } from "@/lib/contract/quote";

const TAIL_WORDS = 250;

/** A model that runs on is cut here; the caller ends the page at the last whole sentence before. */
const MAX_WORDS_FACTOR = 1.2;

const FORM: Record<Format, string> = {
  prose: "narrative prose, in paragraphs, with scenes and dialogue where they help",
  article: "a factual article in clear paragraphs; never invent sources, figures or quotations",
  essay: "an essay: one argument, carried through paragraph by paragraph",
  script: "a script: scene headings, action lines, and dialogue under the speaker's name",
  poem: "a poem in stanzas; line breaks matter",
  letter: "a letter, from its salutation at the very beginning to its signature at the very end",
};

/** What each part of a text does, for texts that tell and texts that argue. */
const TELLING = [
  "open: the people, the place, and the first thing that is out of order",
  "unfold: what is wanted and what stands in the way; matters grow harder",
  "turn: the choice or discovery after which nothing is as it was",
  "gather: consequences; the threads are brought together",
  "close: the ending, earned and complete",
] as const;
const ARGUING = [
  "open: what it is about and why it matters to this reader",
  "lay out: the ground, with examples",
  "test: the strongest objection, taken seriously",
  "draw together: what follows from all this",
  "close: the conclusion, complete",
] as const;

export interface PageRequestInput extends PromptOptions {
  prompt: string;
  model: ModelName;
  /** Material to draw on; its beginning is read, as much as a quarter of what a prompt is built for. */
  context?: string | undefined;
  /** From 1. */
  pageNumber: number;
  pageCount: number;
  /** Everything written before, the beginning of this very page included when it is continued; "" at the start. */
  previousText: string;
  /** How many words this call is to add; default a page. */
  targetWords?: number;
}

/**
 * The request for one page of a single prompt. Its size does not grow with the text: it holds the prompt, the
 * last 250 words of what stands before, and the plan as the part that is due now and the one after it.
 */
export function pageRequest(input: PageRequestInput): WriteRequest & { brief: PageBrief } {
  const {
    prompt,
    model,
    pageNumber,
    pageCount,
    previousText,
    targetWords = WORDS_PER_PAGE,
    context = "",
    ...wishes
  } = input;
  const topic = cutText(prompt, MAX_PROMPT_CHARACTERS);
  const previousTail = tailOf(previousText, TAIL_WORDS);
  return {
    system: systemText(wishes),
    prompt: pageText({
      topic,
      context,
      previousTail,
      pageNumber,
      pageCount,
      targetWords,
      format: wishes.format,
    }),
    maxWords: Math.ceil(targetWords * MAX_WORDS_FACTOR),
    model,
    brief: { kind: "page", pageNumber, pageCount, topic, previousTail, targetWords, ...wishes },
  };
}

function systemText({ language, tone, pointOfView, audience, format }: PromptOptions): string {
  return [
    "You are a professional writer. You answer with the text itself and nothing else: no title, no headings such as “Page 2” or “Part 2”, no remarks about the task, no word count, no Markdown fences.",
    `Form: ${FORM[format]}.`,
    language ? `Language: ${language}.` : "Language: that of the request.",
    tone && `Tone: ${tone}.`,
    pointOfView && `Point of view: ${pointOfView}, throughout.`,
    audience && `Readers: ${audience}.`,
    "Never end in the middle of a sentence. Never repeat what was said before.",
    materialRule(["request", "context", "written"]),
  ]
    .filter(Boolean)
    .join("\n");
}

interface PageText {
  topic: string;
  context: string;
  previousTail: string;
  pageNumber: number;
  pageCount: number;
  targetWords: number;
  format: Format;
}

function pageText(page: PageText): string {
  const { topic, context, previousTail, pageNumber, pageCount, targetWords } = page;
  return [
    delimited("request", topic),
    context.trim() !== "" &&
      `Material to draw on where it helps:\n${delimited("context", cutToTokens(context, CONTEXT_TOKENS / 4))}`,
    previousTail && `The text so far ends like this:\n${delimited("written", previousTail)}`,
    `The whole text has ${pageCount} ${pageCount === 1 ? "page" : "pages"}. You write page ${pageNumber} now, about ${targetWords} words.`,
    ...planLines(page),
    beginning(previousTail),
    pageNumber === pageCount
      ? "This page ends the whole text."
      : "This is not the end of the text: close no thread that the next page needs, sum nothing up, and stop after a whole sentence.",
  ]
    .filter(Boolean)
    .join("\n\n");
}

function planLines({ pageNumber, pageCount, format }: PageText): string[] {
  const parts: readonly string[] =
    format === "article" || format === "essay" || format === "letter" ? ARGUING : TELLING;
  if (pageCount === 1) return [`Plan: ${parts.join("; ")}.`];
  const partOf = (page: number) => Math.floor(((page - 1) * (parts.length - 1)) / (pageCount - 1));
  const [now, after] = [partOf(pageNumber), partOf(Math.min(pageCount, pageNumber + 1))];
  // Two pages hold the whole plan between them; with more, a page has its own part of it, or a share of one.
  const due = pageCount > 2 ? parts.slice(now, now + 1) : now === 0 ? parts.slice(0, 2) : parts.slice(2);
  const next = pageCount > 2 ? parts[after] : parts[2];
  if (pageNumber === pageCount) return [`This page: ${due.join("; ")}.`];
  return [
    `This page: ${due.join("; ")}.`,
    due.includes(next ?? "")
      ? "The next page goes on with the same part: leave it something to tell."
      : `Not yet, that is for the next page: ${next}.`,
  ];
}

function beginning(previousTail: string): string {
  if (!previousTail) return "Begin at once with the text.";
  return endsAtSentence(previousTail)
    ? "Begin with a new paragraph that goes on directly from there."
    : "The last sentence is unfinished. Begin with the words that finish it, without repeating its beginning, and go on from there.";
}
