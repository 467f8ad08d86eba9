import { describe, expect, it } from "vitest";
import { STORY_BIBLE, storyIdeaOf } from "@/lib/testing/stories";
import { bibleDraftOf, bibleOf } from "./bible-draft";
import { draftOf, EMPTY_IDEA, ideaOf, priceOf, problemOf } from "./idea-draft";
import { type ChapterDraft, moved, planOf } from "./outline-draft";

describe("what is typed", () => {
  it("of an idea is the idea, and of a bible the bible", () => {
    const idea = storyIdeaOf();
    expect(ideaOf(draftOf(idea))).toEqual(idea);
    expect(bibleOf(bibleDraftOf(STORY_BIBLE))).toEqual(STORY_BIBLE);
    expect(bibleOf(bibleDraftOf(null))).toBeNull();
  });

  it("names what is missing, and has its price as soon as it has figures", () => {
    expect(problemOf(EMPTY_IDEA)).toBe("Say first what the story is about.");
    const idea = { ...EMPTY_IDEA, premise: "A light." };
    expect(problemOf(idea)).toBeNull();
    expect(priceOf(idea)).toEqual({ credits: 15, words: 5_000 });
    for (const chapters of ["0", "41", "", "2.5", "x"]) expect(priceOf({ ...idea, chapters })).toBeNull();
    for (const words of ["299", "2501"]) expect(problemOf({ ...idea, words })).toMatch(/300 to 2,500/);
  });

  it("of an outline keeps each chapter the one that it is, wherever it goes", () => {
    const draft = (key: string, id?: string): ChapterDraft => ({
      ...{ key, id, title: ` ${key} `, pointOfView: "", beats: " One. \n\nTwo.\n", written: false },
    });
    expect(planOf(moved([draft("a", "1"), draft("b"), draft("c", "3")], 2, 0))).toEqual([
      { id: "3", title: "c", point_of_view: "", beats: ["One.", "Two."] },
      { id: "1", title: "a", point_of_view: "", beats: ["One.", "Two."] },
      { title: "b", point_of_view: "", beats: ["One.", "Two."] },
    ]);
  });
});
