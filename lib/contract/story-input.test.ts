import { describe, expect, it } from "vitest";
import { outlineOf, storyBible, storyIdea } from "./story-input";
import { toolInput } from "./tool-input";

const idea = {
  premise: " A keeper finds a letter. ",
  chapters: 5,
  words_per_chapter: 1_000,
  model: "balanced",
};

describe("a story's idea", () => {
  it("needs a premise, a length and a model; the rest has a sense of its own", () => {
    expect(storyIdea.parse(idea)).toMatchObject({
      premise: "A keeper finds a letter.",
      point_of_view: "third person",
      tense: "past",
      chapters: 5,
    });
  });

  it.each([
    { chapters: 0 },
    { chapters: 41 },
    { words_per_chapter: 299 },
    { words_per_chapter: 2_501 },
    { premise: "  " },
    { premise: "x".repeat(4_001) },
    { premise: "nul\0" },
    { model: "huge" },
    { tense: "future" },
  ])("is refused with %j", (wrong) => expect(storyIdea.safeParse({ ...idea, ...wrong }).success).toBe(false));

  it.each([
    { chapters: 40, words_per_chapter: 2_500 },
    { chapters: 1, words_per_chapter: 300 },
  ])("is taken at its bounds (%j)", (bounds) =>
    expect(storyIdea.safeParse({ ...idea, ...bounds }).success).toBe(true),
  );
});

describe("an outline", () => {
  const chapter = { title: "One", beats: ["It rains.", " ", ""] };

  it("has exactly as many chapters as the story", () => {
    expect(outlineOf(2).safeParse([chapter]).success).toBe(false);
    expect(outlineOf(2).parse([chapter, chapter])[1]).toEqual({
      title: "One",
      point_of_view: "",
      beats: ["It rains."],
    });
  });
});

describe("a bible", () => {
  it("may be empty, and is bounded", () => {
    expect(storyBible.parse({})).toEqual({ characters: [], places: [], rules: [], style: "" });
    expect(storyBible.safeParse({ characters: Array<object>(25).fill({ name: "Ada" }) }).success).toBe(false);
    expect(storyBible.safeParse({ characters: [{ name: " " }] }).success).toBe(false);
  });
});

describe("a tool's input", () => {
  it.each([
    { tool: "write", text: "x", variants: 4 },
    { tool: "write", text: " " },
    { tool: "rewrite", text: "x", style: "pirate" },
    { tool: "rewrite", text: "x".repeat(8_001) },
    { tool: "describe", text: "x", sense: "sixth" },
    { tool: "brainstorm", text: "x", kind: "names", count: 11 },
    { tool: "brainstorm", text: "x" },
    { tool: "translate", text: "x" },
  ])("is refused: %j", (wrong) => expect(toolInput.safeParse(wrong).success).toBe(false));

  it("keeps the text as it was sent", () => {
    expect(toolInput.parse({ tool: "rewrite", text: " as it was \n" })).toMatchObject({
      text: " as it was \n",
    });
  });
});
