import { POINTS_OF_VIEW, type PointOfView } from "@/lib/contract/prompt-input";
import { MODEL_NAMES, type ModelName, quoteStory } from "@/lib/contract/quote";
import {
  MAX_CHAPTERS,
  MAX_PREMISE_CHARACTERS,
  MAX_WORDS_PER_CHAPTER,
  MIN_WORDS_PER_CHAPTER,
  type StoryIdea,
  type Tense,
  TENSES,
} from "@/lib/contract/story-input";
import { useKeptDraft } from "../../_components/studio/use-kept-draft";

/** An idea as it is typed. */
export interface IdeaDraft {
  premise: string;
  chapters: string;
  words: string;
  model: ModelName;
  genre: string;
  tone: string;
  audience: string;
  language: string;
  pointOfView: PointOfView;
  tense: Tense;
  /** What was read of a file to draw on, and the name of that; empty where there is none. */
  material: string;
  materialName: string;
}

export const EMPTY_IDEA: IdeaDraft = {
  premise: "",
  chapters: "5",
  words: "1000",
  model: "balanced",
  genre: "",
  tone: "",
  audience: "",
  language: "",
  pointOfView: "third person",
  tense: "past",
  material: "",
  materialName: "",
};

export function draftOf(idea: StoryIdea): IdeaDraft {
  return {
    premise: idea.premise,
    chapters: String(idea.chapters),
    words: String(idea.words_per_chapter),
    model: idea.model,
    genre: idea.genre ?? "",
    tone: idea.tone ?? "",
    audience: idea.audience ?? "",
    language: idea.language ?? "",
    pointOfView: idea.point_of_view,
    tense: idea.tense,
    material: idea.context ?? "",
    materialName: "what was given",
  };
}

function wholeNumber(text: string, least: number, most: number): number | null {
  const value = Number(text);
  return /^\d{1,5}$/.test(text.trim()) && value >= least && value <= most ? value : null;
}

export const chaptersOf = ({ chapters }: IdeaDraft) => wholeNumber(chapters, 1, MAX_CHAPTERS);
export const wordsOf = ({ words }: IdeaDraft) =>
  wholeNumber(words, MIN_WORDS_PER_CHAPTER, MAX_WORDS_PER_CHAPTER);

/** What writing all chapters costs at most; null while the figures are none. */
export function priceOf(draft: IdeaDraft) {
  const [chapters, words] = [chaptersOf(draft), wordsOf(draft)];
  if (chapters === null || words === null) return null;
  return quoteStory({ chapters, wordsPerChapter: words, model: draft.model });
}

/** Why it can't be begun yet, in a sentence; null where it can. */
export function problemOf(draft: IdeaDraft): string | null {
  if (draft.premise.trim() === "") return "Say first what the story is about.";
  if (draft.premise.length > MAX_PREMISE_CHARACTERS) return "The premise is too long.";
  if (chaptersOf(draft) === null) return `Say how many chapters: 1 to ${MAX_CHAPTERS}.`;
  if (wordsOf(draft) === null) return `Say how many words a chapter has: ${MIN_WORDS_PER_CHAPTER} to 2,500.`;
  return null;
}

/** What the doors are asked with. @throws RangeError for a draft that has a problem. */
export function ideaOf(draft: IdeaDraft): StoryIdea {
  const [chapters, words_per_chapter] = [chaptersOf(draft), wordsOf(draft)];
  if (chapters === null || words_per_chapter === null) throw new RangeError("no number of chapters or words");
  const wish = (text: string) => text.trim() || undefined;
  return {
    premise: draft.premise.trim(),
    genre: wish(draft.genre),
    tone: wish(draft.tone),
    audience: wish(draft.audience),
    language: wish(draft.language),
    point_of_view: draft.pointOfView,
    tense: draft.tense,
    chapters,
    words_per_chapter,
    model: draft.model,
    ...(draft.material === "" ? {} : { context: draft.material }),
  };
}

/** The idea of a new story, kept in this tab for this person until it was begun. */
export function useIdeaDraft(userId: string): [IdeaDraft, (change: Partial<IdeaDraft>) => void] {
  return useKeptDraft(`penora:idea:${userId}`, EMPTY_IDEA, readDraft);
}

function readDraft(kept: Partial<Record<keyof IdeaDraft, unknown>>): IdeaDraft {
  const texts = Object.entries({ ...EMPTY_IDEA, ...kept }).filter(([, value]) => typeof value === "string");
  const draft = { ...EMPTY_IDEA, ...(Object.fromEntries(texts) as Partial<IdeaDraft>) }; // all of it is text
  return {
    ...draft,
    model: MODEL_NAMES.find((one) => one === draft.model) ?? EMPTY_IDEA.model,
    pointOfView: POINTS_OF_VIEW.find((one) => one === draft.pointOfView) ?? EMPTY_IDEA.pointOfView,
    tense: TENSES.find((one) => one === draft.tense) ?? EMPTY_IDEA.tense,
  };
}
