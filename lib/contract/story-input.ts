import { z } from "zod";
import { text, wholeNumber } from "./fields";
import { context } from "./material";
import { POINTS_OF_VIEW, promptOptions, wish } from "./prompt-input";
import { MODEL_NAMES } from "./quote";

export const TENSES = ["past", "present"] as const;
export type Tense = (typeof TENSES)[number];

export const MAX_PREMISE_CHARACTERS = 4_000;
export const MAX_CHAPTERS = 40;
export const MIN_WORDS_PER_CHAPTER = 300;
export const MAX_WORDS_PER_CHAPTER = 2_500;

/** People, and places, of a bible; each with a name and what is known of it. */
export const MAX_BIBLE_ENTRIES = 24;
export const MAX_NAME_CHARACTERS = 80;
export const MAX_DESCRIPTION_CHARACTERS = 600;
export const MAX_RULES = 20;
export const MAX_RULE_CHARACTERS = 300;
export const MAX_STYLE_CHARACTERS = 1_000;

export const MAX_CHAPTER_TITLE_CHARACTERS = 120;
export const MAX_BEATS = 12;
export const MAX_BEAT_CHARACTERS = 300;

export const MAX_SUMMARY_WORDS = 400;
export const MAX_FACTS = 30;
export const MAX_FACT_CHARACTERS = 160;

/** Free words on one line. */
const line = (max: number) =>
  text(max).transform((value) => value.replace(/[\p{Cc}\u2028\u2029\s]+/gu, " ").trim());
const paragraphs = (max: number) => text(max).transform((value) => value.trim());
const lines = (count: number, max: number) =>
  z
    .array(line(max))
    .max(count, `must be at most ${count}`)
    .transform((all) => all.filter((one) => one !== ""));

/** Step 1 of a story: what it is to be. */
export const storyIdea = z.object({
  premise: paragraphs(MAX_PREMISE_CHARACTERS).refine(
    (value) => value.length > 0,
    "must say what the story is about",
  ),
  genre: wish(80),
  tone: promptOptions.shape.tone,
  audience: promptOptions.shape.audience,
  point_of_view: z.enum(POINTS_OF_VIEW, `must be ${POINTS_OF_VIEW.join(", ")}`).default("third person"),
  tense: z.enum(TENSES, `must be ${TENSES.join(", ")}`).default("past"),
  /** Absent: the language of the premise. */
  language: promptOptions.shape.language,
  chapters: wholeNumber(1, MAX_CHAPTERS),
  words_per_chapter: wholeNumber(MIN_WORDS_PER_CHAPTER, MAX_WORDS_PER_CHAPTER),
  model: z.enum(MODEL_NAMES, `must be ${MODEL_NAMES.join(", ")}`),
  context,
});
export type StoryIdea = z.infer<typeof storyIdea>;

const bibleEntry = z.object({
  name: line(MAX_NAME_CHARACTERS).refine((value) => value !== "", "must have a name"),
  description: line(MAX_DESCRIPTION_CHARACTERS).default(""),
});
const bibleEntries = z.array(bibleEntry).max(MAX_BIBLE_ENTRIES, `must be at most ${MAX_BIBLE_ENTRIES}`);

/** Step 2, which may be left out: what stays true in every chapter. */
export const storyBible = z.object({
  characters: bibleEntries.default([]),
  places: bibleEntries.default([]),
  rules: lines(MAX_RULES, MAX_RULE_CHARACTERS).default([]),
  style: paragraphs(MAX_STYLE_CHARACTERS).default(""),
});
export type StoryBible = z.infer<typeof storyBible>;
export type BibleEntry = StoryBible["characters"][number];

/** Step 3, a chapter of it. A title that is still empty is shown as the chapter's number. */
export const outlineChapter = z.object({
  title: line(MAX_CHAPTER_TITLE_CHARACTERS),
  /** Whose eyes it is seen through, in free words. */
  point_of_view: line(MAX_NAME_CHARACTERS).default(""),
  /** What happens, in order; empty ones are dropped. */
  beats: lines(MAX_BEATS, MAX_BEAT_CHARACTERS),
});
export type OutlineChapter = z.infer<typeof outlineChapter>;

export const outline = z
  .array(outlineChapter)
  .min(1, "must have a chapter")
  .max(MAX_CHAPTERS, `must be at most ${MAX_CHAPTERS} chapters`);
export type Outline = z.infer<typeof outline>;

/** An outline of exactly as many chapters as the story is to have. */
export const outlineOf = (chapters: number) =>
  outline.refine((all) => all.length === chapters, `must have exactly ${chapters} chapters`);

/** What the story remembers of its chapters so far: it stands in for their text in the next prompt. */
export const storyMemory = z.object({
  /** At most 400 words. */
  summary: z.string(),
  /** What must not be contradicted: injuries, promises, who knows what. */
  facts: z.array(z.string()),
});
export type StoryMemory = z.infer<typeof storyMemory>;

export const EMPTY_MEMORY: StoryMemory = { summary: "", facts: [] };

export const WARNING_KINDS = [
  "unknown_names",
  "point_of_view",
  "tense",
  "repetition",
  "same_as_first",
  "language",
] as const;

/** What a finished chapter is to be looked at for. Found without a model; it stops nothing. */
export const storyWarning = z.object({
  kind: z.enum(WARNING_KINDS),
  /** A sentence for the writer. */
  message: z.string(),
  /** A few words of the text each, at most five. */
  examples: z.array(z.string()),
});
export type StoryWarning = z.infer<typeof storyWarning>;
