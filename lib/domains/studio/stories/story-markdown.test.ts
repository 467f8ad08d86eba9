import { describe, expect, it } from "vitest";
import { type ChapterText, mergeStory, renderStory } from "./story-markdown";

const chapter = (position: number, text: string, saved_text = text): ChapterText => ({
  id: `c${position}`,
  position,
  title: `Day ${position}`,
  text,
  saved_text,
});

describe("a story as a document", () => {
  it("has a heading for each chapter that is written", () => {
    expect(renderStory([chapter(1, "One."), chapter(2, ""), { ...chapter(3, "Three."), title: "" }])).toBe(
      "## 1. Day 1\n\nOne.\n\n## 3.\n\nThree.",
    );
  });

  it("takes a new chapter behind the one before it, and leaves its owner's words alone", () => {
    const theirs = "# My title\n\nOne.\n\nA word of mine.\n\nThree.\n\nTHE END";
    const chapters = [chapter(1, "One."), chapter(2, "Two.", ""), chapter(3, "Three.")];
    expect(mergeStory(theirs, chapters)).toEqual({
      content: "# My title\n\nOne.\n\n## 2. Day 2\n\nTwo.\n\nA word of mine.\n\nThree.\n\nTHE END",
      placed: ["c1", "c2", "c3"],
    });
  });

  it("exchanges a chapter that stands there as it was saved", () => {
    const { content, placed } = mergeStory("Mine.\n\nOld.\n\nMine.", [chapter(1, "New.", "Old.")]);
    expect(content).toBe("Mine.\n\nNew.\n\nMine.");
    expect(placed).toEqual(["c1"]);
  });

  it("never writes over a chapter that its owner has changed; only when asked does it go to the end", () => {
    const theirs = "Old, but better.\n\nTwo.";
    const chapters = [chapter(1, "New.", "Old."), chapter(2, "Two.")];
    expect(mergeStory(theirs, chapters)).toEqual({ content: theirs, placed: ["c2"] });
    expect(mergeStory(theirs, chapters, { lostToEnd: true })).toEqual({
      content: `${theirs}\n\n## 1. Day 1\n\nNew.`,
      placed: ["c1", "c2"],
    });
  });

  it("is not taken for words that stand elsewhere, too", () => {
    for (const theirs of ["It rained. Yes.\n\nTwo.", "It rained.\n\nIt rained."]) {
      expect(mergeStory(theirs, [chapter(1, "New.", "It rained.")])).toEqual({ content: theirs, placed: [] });
    }
  });

  it("goes into a document that was emptied", () => {
    expect(mergeStory("", [chapter(1, "One.", "")]).content).toBe("## 1. Day 1\n\nOne.");
  });
});
