import "server-only";
import { z } from "zod";
import { tailOf } from "@/lib/ai/join-pieces";
import { trimAtSentence } from "@/lib/ai/length-control";
import { WriterError, type Writer } from "@/lib/ai/port";
import { oneLine } from "@/lib/ai/prompt-parts";
import {
  bibleRequest,
  outlineRequest,
  summaryRequest,
  type OutlineRequestInput,
  type SummaryRequestInput,
} from "@/lib/ai/story-prompts";
import { endsAtSentence } from "@/lib/ai/sentences";
import { askAgain, askForJson, problemsOf, withSchema, writeStructured } from "@/lib/ai/write-structured";
import {
  MAX_BEATS,
  MAX_BEAT_CHARACTERS,
  MAX_BIBLE_ENTRIES,
  MAX_CHAPTER_TITLE_CHARACTERS,
  MAX_DESCRIPTION_CHARACTERS,
  MAX_FACTS,
  MAX_FACT_CHARACTERS,
  MAX_NAME_CHARACTERS,
  MAX_RULES,
  MAX_RULE_CHARACTERS,
  MAX_STYLE_CHARACTERS,
  MAX_SUMMARY_WORDS,
  type Outline,
  type OutlineChapter,
  type StoryBible,
  type StoryIdea,
  type StoryMemory,
} from "@/lib/contract/story-input";

interface Options {
  signal: AbortSignal;
}

/** An outline is asked for in so many calls at most, and given up where two in a row bring nothing that is missing. */
const MAX_OUTLINE_CALLS = 12;
const MAX_FRUITLESS_CALLS = 2;

/** What a model says too much of is cut; what it does not say at all is asked for again. */
const said = (max: number) =>
  z
    .string()
    .transform((value) => oneLine(clean(value), max))
    .refine((value) => value !== "", "must not be empty");
const maybe = (max: number) =>
  z
    .string()
    .nullish()
    .transform((value) => oneLine(clean(value ?? ""), max));
const list = <T>(item: z.ZodType<T>, min: number, max: number) =>
  z
    .array(item)
    .min(min)
    .transform((all) => all.slice(0, max));

const entryAnswer = z.object({
  name: said(MAX_NAME_CHARACTERS),
  description: maybe(MAX_DESCRIPTION_CHARACTERS),
});
const bibleAnswer = z.object({
  characters: list(entryAnswer, 1, MAX_BIBLE_ENTRIES),
  places: list(entryAnswer, 0, MAX_BIBLE_ENTRIES),
  rules: list(said(MAX_RULE_CHARACTERS), 0, MAX_RULES),
  style: maybe(MAX_STYLE_CHARACTERS),
});
const chapterAnswer = z.object({
  number: z.coerce.number().int().optional(),
  title: said(MAX_CHAPTER_TITLE_CHARACTERS).transform((title) =>
    title.replace(/^(?:chapter\s+)?\d+[.:]\s+/i, ""),
  ),
  point_of_view: maybe(MAX_NAME_CHARACTERS),
  beats: list(said(MAX_BEAT_CHARACTERS), 1, MAX_BEATS),
});
const outlineAnswer = z.object({ chapters: z.array(chapterAnswer) });
const memoryAnswer = z.object({
  summary: said(8_000),
  facts: list(said(MAX_FACT_CHARACTERS), 0, MAX_FACTS),
});

/** A bible for an idea; null where the signal was aborted. @throws WriterError */
export async function writeBible(
  writer: Writer,
  idea: StoryIdea,
  options: Options,
): Promise<StoryBible | null> {
  return writeStructured(writer, bibleRequest({ idea }), bibleAnswer, options);
}

/**
 * An outline with exactly as many chapters as `standing` (default: as the idea) has places; what stands stays as it is. What
 * an answer lacks is asked for alone, and an answer with too many is asked for again: it would lose its end. Null where the
 * signal was aborted. @throws WriterError `rubbish` when two calls in a row bring nothing, or twelve not all.
 */
export async function writeOutline(
  writer: Writer,
  input: Omit<OutlineRequestInput, "wanted">,
  { signal }: Options,
): Promise<Outline | null> {
  const standing: (OutlineChapter | null)[] = [
    ...(input.standing ?? Array<null>(input.idea.chapters).fill(null)),
  ];
  let fruitless = 0;
  let [problem, last] = ["", ""];
  for (let calls = 0; ; calls += 1) {
    const wanted = missingOf(standing);
    if (wanted.length === 0) return standing.filter((chapter) => chapter !== null);
    if (fruitless >= MAX_FRUITLESS_CALLS || calls >= MAX_OUTLINE_CALLS) {
      throw new WriterError("rubbish", { detail: `chapters ${wanted.join(", ")} did not come: ${problem}` });
    }
    const request = outlineRequest({ ...input, standing, wanted });
    const asked = problem === "" ? request : askAgain(request, problem, last);
    const answer = await askForJson(writer, withSchema(asked, outlineAnswer), { signal });
    if (answer === null) return null;
    const found =
      answer.kind === "json" ? chaptersOf(answer, wanted) : { problem: answer.problem, chapters: [] };
    for (const { number, chapter } of found.chapters) standing[number - 1] = chapter;
    fruitless = found.chapters.length > 0 ? 0 : fruitless + 1;
    // The next call asks for what is missing alone; what was wrong is told where nothing of it could be used.
    [problem, last] = found.chapters.length > 0 ? ["", ""] : [found.problem, answer.text];
  }
}

/** Another plan for one chapter; null where the signal was aborted. @throws WriterError */
export async function rewriteChapterPlan(
  writer: Writer,
  input: { idea: StoryIdea; bible: StoryBible | null; outline: Outline; chapterNumber: number },
  options: Options,
): Promise<OutlineChapter | null> {
  const { outline, chapterNumber, ...rest } = input;
  const request = outlineRequest({ ...rest, standing: outline, wanted: [chapterNumber] });
  const one = outlineAnswer.refine(({ chapters }) => chapters.length === 1, "must have exactly one chapter");
  const answer = await writeStructured(writer, request, one, options);
  const [chapter] = answer?.chapters ?? [];
  return chapter === undefined ? null : planOf(chapter);
}

/**
 * The memory of a story after one more chapter: a summary of at most 400 words, and facts. Null where the signal was aborted.
 * @throws WriterError; then `rememberPlan` gives what can be known without a model, and the story goes on.
 */
export async function rememberChapter(
  writer: Writer,
  input: SummaryRequestInput,
  options: Options,
): Promise<StoryMemory | null> {
  const answer = await writeStructured(writer, summaryRequest(input), memoryAnswer, options);
  return answer && { ...answer, summary: trimAtSentence(answer.summary, MAX_SUMMARY_WORDS) };
}

function missingOf(standing: readonly (OutlineChapter | null)[]): number[] {
  return standing.flatMap((chapter, at) => (chapter === null ? [at + 1] : []));
}

function planOf({ title, point_of_view, beats }: z.infer<typeof chapterAnswer>): OutlineChapter {
  return { title, point_of_view, beats };
}

function clean(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/**
 * The wanted chapters that an answer holds, each once. Nothing of an answer that gives more than was asked for: nobody can
 * say which of them is the story.
 */
function chaptersOf(answer: { value: unknown; whole: boolean }, wanted: readonly number[]): Found {
  const { value, whole } = answer;
  const given: unknown = Array.isArray(value) ? value : (value as { chapters?: unknown } | null)?.chapters;
  // The last chapter of an answer that was cut off lacks beats that were to come.
  const all: unknown[] = Array.isArray(given) ? given.slice(0, whole ? undefined : -1) : [];
  if (all.length === 0) return { chapters: [], problem: "It holds no list “chapters”." };
  if (all.length > wanted.length) {
    return {
      chapters: [],
      problem: `It has ${all.length} chapters where exactly ${wanted.length} were asked for.`,
    };
  }
  const parsed = all.map((one) => chapterAnswer.safeParse(one));
  const numbers = parsed.map(({ data }) => data?.number);
  const numbered = numbers.every((number) => number === undefined || wanted.includes(number));
  // Some count from 1 again, or not at all: where all are there, their order says which is which.
  const byOrder = all.length === wanted.length && (!numbered || new Set(numbers).size < all.length);
  const chapters = parsed.flatMap(({ data }, at) => {
    const number = byOrder ? wanted[at] : data?.number;
    return data !== undefined && number !== undefined && wanted.includes(number)
      ? [{ number, chapter: planOf(data) }]
      : [];
  });
  const wrong = parsed.find(({ success }) => !success)?.error;
  return {
    chapters,
    problem: wrong ? problemsOf(wrong) : "Its chapters have other numbers than were asked for.",
  };
}

interface Found {
  chapters: { number: number; chapter: OutlineChapter }[];
  /** What to say of it where nothing of it can be used. */
  problem: string;
}

/** What can be remembered of a chapter without a model: its plan, behind what was remembered before. */
export function rememberPlan(memory: StoryMemory, chapterNumber: number, plan: OutlineChapter): StoryMemory {
  const sentences = plan.beats.map((beat) => (endsAtSentence(beat) ? beat : `${beat}.`)).join(" ");
  const told = `Chapter ${chapterNumber}${plan.title && `, “${plan.title}”`}: ${sentences}`;
  const summary = [memory.summary, told].filter(Boolean).join("\n");
  return { ...memory, summary: tailOf(summary, MAX_SUMMARY_WORDS) };
}
