import "server-only";
import type { Format, PointOfView } from "@/lib/contract/prompt-input";
import type { ModelName } from "@/lib/contract/quote";
import type { Outline, OutlineChapter, StoryBible, StoryIdea, StoryMemory } from "@/lib/contract/story-input";
import type { ToolInput } from "@/lib/contract/tool-input";

/** A page of a single prompt. */
export interface PageBrief {
  kind: "page";
  /** From 1. */
  pageNumber: number;
  pageCount: number;
  /** The person's own prompt. */
  topic: string;
  /** The end of what stands before this page, or of the page's own beginning when it is continued. */
  previousTail: string;
  targetWords: number;
  format: Format;
  language?: string | undefined;
  tone?: string | undefined;
  pointOfView?: PointOfView | undefined;
  audience?: string | undefined;
}

/** A bible for an idea, as JSON. */
export interface BibleBrief {
  kind: "bible";
  idea: StoryIdea;
}

/** Plans of chapters, as JSON: those that are wanted. */
export interface OutlineBrief {
  kind: "outline";
  idea: StoryIdea;
  bible: StoryBible | null;
  /** What stands already, by chapter; null where nothing does. As long as the outline is to be. */
  standing: readonly (OutlineChapter | null)[];
  /** The numbers, from 1, of the chapters to plan, in order. */
  wanted: readonly number[];
}

/** A chapter of a story, or the rest of one. */
export interface ChapterBrief {
  kind: "chapter";
  idea: StoryIdea;
  bible: StoryBible | null;
  outline: Outline;
  /** From 1. */
  chapterNumber: number;
  /** The end of what stands before: of this chapter when it is continued, else of the chapter before. */
  previousTail: string;
  /** This chapter has a beginning already, and the tail is its. */
  continues: boolean;
  targetWords: number;
  /** From 1; a chapter that is written again counts up, and reads differently. */
  draft: number;
}

/** What a story is to remember of one more chapter, as JSON. */
export interface SummaryBrief {
  kind: "summary";
  idea: StoryIdea;
  memory: StoryMemory;
  chapterNumber: number;
  title: string;
  text: string;
}

/** One answer of a writing tool. */
export interface ToolBrief {
  kind: "tool";
  input: ToolInput;
  /** From 1: which of the answers that were asked for together. */
  variant: number;
  targetWords: number;
}

/** What is to be written, as facts: for a writer that does not read instructions in prose. */
export type Brief = PageBrief | BibleBrief | OutlineBrief | ChapterBrief | SummaryBrief | ToolBrief;

export interface WriteRequest {
  system: string;
  prompt: string;
  /** The writer stops when it has given this many words: the rest would be thrown away. */
  maxWords: number;
  model: ModelName;
  brief: Brief;
}

/**
 * `complete`: the writer says that it is done. `length`: it was cut at its own limit or at `maxWords`, so the
 * text may end in mid-sentence. `stopped`: the caller's signal was aborted.
 */
export type FinishReason = "complete" | "length" | "stopped";

export interface WriteResult {
  finishReason: FinishReason;
}

/**
 * Everything that can write for Penora. `write` streams the text in chunks, without white space at its start
 * and without a model's private reasoning, and returns why it ended. It throws nothing but `WriterError`; the
 * chunks yielded before are the partial text. Aborting the signal, or leaving the loop, ends the outside call at once.
 */
export interface Writer {
  /** Said of every text that it wrote. */
  readonly label: string;
  readonly isDemo: boolean;
  write(
    request: WriteRequest,
    options: { signal: AbortSignal },
  ): AsyncGenerator<string, WriteResult, undefined>;
}

/** What happened, in a sentence that names neither server nor key; the caller adds what it means for the coins. */
const MESSAGES = {
  timeout: "The model took too long to answer.",
  refused: "The model refused this request.",
  rate_limited: "The model is busy right now. Please try again in a moment.",
  server: "The model's server failed.",
  broken_off: "The model broke off in the middle of the text.",
  rubbish: "The model's answer could not be used.",
  empty: "The model gave an empty answer.",
  unavailable: "The model can't be reached right now.",
} as const;

export type WriterErrorKind = keyof typeof MESSAGES;

interface WriterErrorOptions {
  status?: number | undefined;
  detail?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

/**
 * The one failure of a writer. It has no `cause` on purpose: the errors of HTTP clients carry the URL, the
 * headers and the whole prompt with them into whatever log they reach.
 */
export class WriterError extends Error {
  readonly kind: WriterErrorKind;
  /** The same request may succeed when it is made again later. */
  readonly retryable: boolean;
  /** The HTTP status of the model server, where it gave one. */
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
  /** For the log: the server's own words, shortened, without addresses and keys. */
  readonly detail: string | undefined;

  constructor(kind: WriterErrorKind, options: WriterErrorOptions = {}) {
    super(MESSAGES[kind]);
    this.name = "WriterError";
    this.kind = kind;
    this.retryable = kind !== "refused";
    this.status = options.status;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.detail = options.detail;
  }
}
