import { describe, expect, it } from "vitest";
import { MAX_SUMMARY_WORDS } from "@/lib/contract/story-input";
import { countWords } from "@/lib/contract/word-count";
import { newPerson } from "@/lib/testing/builders";
import { fakeText } from "@/lib/testing/fake-models";
import { sessionOf, writeWith } from "@/lib/testing/generations";
import { STORY_BIBLE } from "@/lib/testing/stories";
import { json, wordsOf } from "@/lib/testing/story-model";
import { studioModel } from "@/lib/testing/studio-model";
import { plannedStory, storyOf, writtenStory } from "@/lib/testing/write-stories";
import { updateStory } from "./edit-story";

const model = await studioModel();

const isSummary = (system: string) => system.includes("keep the notes of a novelist");
const chapterOf = (prompt: string) =>
  Number(/(?:the rest of )?chapter (\d+) of \d+ now/.exec(prompt)?.[1] ?? 0);
const between = (tag: string, prompt: string) =>
  new RegExp(`<${tag}>\n(.*?)\n</${tag}>`, "s").exec(prompt)?.[1] ?? "";

/** Everything that was asked for a chapter, and for nothing else. */
function promptsOf(chapter: number): string[] {
  return model.requests
    .map((request) => wordsOf(request))
    .filter(({ system, prompt }) => !isSummary(system) && chapterOf(prompt) === chapter)
    .map(({ prompt }) => prompt);
}

describe("a story of forty chapters", () => {
  it("asks for chapter 40 with a prompt as big as for chapter 5, which holds the end of chapter 39", async () => {
    writeWith(model);
    const facts = Array.from({ length: 60 }, (_, at) => `Fact ${at} of the island that nobody may forget.`);
    model.handle((request) => {
      const { system, prompt } = wordsOf(request);
      // A model that keeps no measure: its notes are far too long.
      if (isSummary(system)) return json({ summary: fakeText(900, 50), facts });
      return { chapter: chapterOf(prompt) };
    });
    const user = await newPerson(60);
    const planned = await plannedStory(user, { chapters: 40, words_per_chapter: 300 });
    const caller = sessionOf(user);
    await updateStory({ caller, id: planned.story.id, version: planned.story.version, bible: STORY_BIBLE });
    const done = await writtenStory(user, await storyOf(user, planned.story.id));
    expect(done.story).toMatchObject({ status: "done", chapters_done: 40 });

    const [early = "", late = ""] = [promptsOf(5)[0], promptsOf(40)[0]];
    expect(Math.abs(late.length / early.length - 1)).toBeLessThan(0.1);
    for (const [prompt, before] of [
      [early, 4],
      [late, 39],
    ] as const) {
      const previous = done.chapters[before - 1]?.text.split(/\s+/) ?? [];
      const written = between("written", prompt);
      expect(written.split(/\s+/)).toEqual(previous.slice(-250));
      const summary = between("summary", prompt);
      expect(countWords(summary)).toBeGreaterThan(MAX_SUMMARY_WORDS * 0.9);
      expect(countWords(summary)).toBeLessThanOrEqual(MAX_SUMMARY_WORDS);
      expect(between("outline", prompt).split("\n")).toHaveLength(40);
      expect(between("bible", prompt)).toContain("Skerry: The rock with the lighthouse.");
      expect(prompt).not.toContain(fakeText(40, 1));
    }
  }, 180_000);
});

describe("what a story remembers", () => {
  it("is made anew from where chapters were taken out or moved, and only from there", async () => {
    writeWith(model);
    model.handle((request) => {
      const { system, prompt } = wordsOf(request);
      if (!isSummary(system)) return { chapter: chapterOf(prompt) };
      const told = /“([^”]*)”:/.exec(prompt)?.[1] ?? "?";
      return json({ summary: `${between("summary", prompt)} ${told} was told.`.trim(), facts: [] });
    });
    const user = await newPerson(20);
    const planned = await plannedStory(user, { chapters: 5 });
    const written = await writtenStory(user, planned, [1, 2, 3, 4]);
    const [one, , three, four, five] = written.chapters;
    const keep = [one, three, four, five].map((chapter) => {
      const { id, title, point_of_view, beats } = chapter ?? expect.fail("there are five");
      return { id, title, point_of_view, beats };
    });
    const { id, version } = written.story;
    await updateStory({ caller: sessionOf(user), id, version, chapters: keep });
    model.requests.length = 0;
    await writtenStory(user, await storyOf(user, id), [4]);
    // Chapter 1 is remembered as it was; what stood behind the one that went is read once more.
    expect(model.requests.filter((request) => isSummary(wordsOf(request).system))).toHaveLength(2);
    expect(between("summary", promptsOf(4)[0] ?? "")).toBe(
      [one, three, four].map((chapter) => `${chapter?.title} was told.`).join(" "),
    );
  });
});
