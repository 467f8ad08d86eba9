import "server-only";
import { languageNamed, languageOf, wrongLanguage, type Language } from "@/lib/ai/language";
import { personSlip, tenseSlip } from "@/lib/ai/narration";
import { oneLine } from "@/lib/ai/prompt-parts";
import { findRepetition, type Repetition } from "@/lib/ai/repetition";
import { unknownNames } from "@/lib/ai/unknown-names";
import { inOtherLanguage, repeatsEarlier } from "@/lib/ai/unusable";
import type {
  Outline,
  OutlineChapter,
  StoryBible,
  StoryIdea,
  StoryWarning,
} from "@/lib/contract/story-input";

export interface ChapterToCheck {
  idea: StoryIdea;
  bible: StoryBible | null;
  outline: Outline;
  /** From 1. */
  chapterNumber: number;
  text: string;
  /** The texts of the chapters before, in order. */
  earlier: readonly string[];
}

/** From this share of six-word runs on, a chapter repeats what was told. */
const REPEATS = 0.08;
/** From this share of one earlier chapter on, it tells that one again. */
const SAME_CHAPTER = 0.4;
const MAX_EXAMPLES = 5;
const MAX_EXAMPLE_CHARACTERS = 90;

/** Languages whose names do not change their ends, but for a possessive s. */
const UNINFLECTED = new Set(["en", "fr", "es", "it", "pt", "nl", "vi", "id"]);

/**
 * What a writer should look at in a finished chapter, found without a model: names that nobody knows, a point of view or
 * tense that changed, what was told before, another language. Where a language gives a check nothing to hold on to, it says
 * nothing. Its time grows with the text of the whole story, and with nothing else.
 */
export function checkChapter(chapter: ChapterToCheck): StoryWarning[] {
  const { idea, text } = chapter;
  const language = languageOf(text)?.code ?? languageNamed(idea.language)?.code ?? "";
  const warnings = [
    languageWarning(chapter),
    ...repetitionWarnings(findRepetition(text, chapter.earlier)),
    namesWarning(chapter, language),
    slipWarning("point_of_view", idea.point_of_view, personSlip(text, idea.point_of_view, language)),
    slipWarning("tense", `${idea.tense} tense`, tenseSlip(text, idea.tense, language)),
  ];
  return warnings.filter((warning) => warning !== null);
}

/** Why a chapter is none, in a sentence for the writer: nothing is charged for it. Null for one that can be used. */
export function unusableBecause({
  idea,
  text,
  earlier,
}: Omit<ChapterToCheck, "bible" | "outline">): string | null {
  return (
    inOtherLanguage(text, expectedLanguage(idea), languageAsked(idea)) ??
    repeatsEarlier(text, earlier, "chapter")
  );
}

/** Why a plan of a story is none: it is in another language. Null for one that can be used. */
export function unusablePlan(idea: StoryIdea, text: string): string | null {
  return inOtherLanguage(text, expectedLanguage(idea), languageAsked(idea));
}

/** The language that a story is to be written in, as far as it can be told: the one asked for, else that of the premise. */
function expectedLanguage({ language, premise }: StoryIdea): Language | null {
  return language === undefined ? languageOf(premise) : languageNamed(language);
}

function languageAsked(idea: StoryIdea): string {
  return idea.language ?? expectedLanguage(idea)?.name ?? "the language of the premise";
}

function languageWarning({ idea, text }: ChapterToCheck): StoryWarning | null {
  const other = wrongLanguage(text, expectedLanguage(idea));
  if (other === null) return null;
  return warning("language", `This chapter seems to be in ${other.name}, not in ${languageAsked(idea)}.`, [
    text,
  ]);
}

function repetitionWarnings({ share, shareOfEach, passages }: Repetition): StoryWarning[] {
  const most = shareOfEach.indexOf(Math.max(...shareOfEach));
  const again = shareOfEach[most] ?? 0;
  if (again >= SAME_CHAPTER) {
    const kind = most === 0 ? "same_as_first" : "repetition";
    return [
      warning(kind, `This chapter tells chapter ${most + 1} again (${percent(again)} of it).`, passages),
    ];
  }
  if (share < REPEATS) return [];
  return [
    warning(
      "repetition",
      `${percent(share)} of this chapter stood in earlier chapters, word for word.`,
      passages,
    ),
  ];
}

function namesWarning(chapter: ChapterToCheck, language: string): StoryWarning | null {
  if (language === "de") return null;
  const { idea, bible, outline, text, earlier } = chapter;
  const names = unknownNames(
    text,
    [idea.premise, ...wordsOfBible(bible), ...outline.flatMap(wordsOfPlan), ...earlier],
    !UNINFLECTED.has(language),
  );
  if (names.length === 0) return null;
  const what = names.length === 1 ? "A name is" : `${names.length} names are`;
  return warning(
    "unknown_names",
    `${what} new: in neither the bible, the outline nor an earlier chapter.`,
    names,
  );
}

function wordsOfBible(bible: StoryBible | null): string[] {
  if (bible === null) return [];
  const entries = [...bible.characters, ...bible.places].flatMap(({ name, description }) => [
    name,
    description,
  ]);
  return [...entries, ...bible.rules, bible.style];
}

function wordsOfPlan({ title, point_of_view, beats }: OutlineChapter): string[] {
  return [title, point_of_view, ...beats];
}

function slipWarning(
  kind: "point_of_view" | "tense",
  expected: string,
  slip: { found: string; examples: string[] } | null,
): StoryWarning | null {
  if (slip === null) return null;
  const found = kind === "tense" ? `${slip.found} tense` : slip.found;
  return warning(
    kind,
    `A part of this chapter is told in the ${found}; the story is in the ${expected}.`,
    slip.examples,
  );
}

function warning(kind: StoryWarning["kind"], message: string, examples: readonly string[]): StoryWarning {
  const shown = examples.slice(0, MAX_EXAMPLES).map((example) => oneLine(example, MAX_EXAMPLE_CHARACTERS));
  return { kind, message, examples: shown };
}

/** Rounded down, so that what is below a limit never reads as if it had reached it. */
function percent(share: number): string {
  return `${Math.floor(share * 100)} %`;
}
