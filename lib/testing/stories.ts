import type { Outline, StoryBible, StoryIdea } from "@/lib/contract/story-input";

/** An idea as step 1 of a story gives it. */
export function storyIdeaOf(more: Partial<StoryIdea> = {}): StoryIdea {
  return {
    premise: "Ada, the keeper of a lighthouse, finds a letter that was never sent.",
    genre: "mystery",
    tone: undefined,
    audience: undefined,
    point_of_view: "third person",
    tense: "past",
    language: undefined,
    chapters: 5,
    words_per_chapter: 1_000,
    model: "balanced",
    ...more,
  };
}

export const STORY_BIBLE: StoryBible = {
  characters: [
    { name: "Ada Quill", description: "Keeps the light; proud, lonely, exact." },
    { name: "Bram", description: "The ferryman, who owes her a winter." },
  ],
  places: [{ name: "Skerry", description: "The rock with the lighthouse." }],
  rules: ["Nobody ever leaves the island at night."],
  style: "Plain sentences, dry humour.",
};

/** A plan for so many chapters, each of its own. */
export function outlineFor(chapters: number): Outline {
  const things = ["letter", "lamp", "boat", "storm", "ledger", "key", "bell", "coat", "map", "knife"];
  return Array.from({ length: chapters }, (_, at) => ({
    title: `The ${things[at % things.length]} of day ${at + 1}`,
    point_of_view: "Ada",
    beats: [
      `Ada loses the ${things[at % things.length]} number ${at + 1}.`,
      `Bram rows out for reason ${at + 1} and comes back late.`,
      `The tide of day ${at + 1} turns.`,
    ],
  }));
}
