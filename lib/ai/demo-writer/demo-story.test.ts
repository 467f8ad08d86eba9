import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { chapterRequest, type ChapterRequestInput } from "@/lib/ai/chapter-prompt";
import { checkChapter } from "@/lib/ai/chapter-checks";
import { demoText, DemoWriter } from "@/lib/ai/demo-writer/demo-writer";
import { jointAfter } from "@/lib/ai/join-pieces";
import { findRepetition } from "@/lib/ai/repetition";
import { endsAtSentence } from "@/lib/ai/sentences";
import { rememberChapter, rewriteChapterPlan, writeBible, writeOutline } from "@/lib/ai/story-plan";
import { POINTS_OF_VIEW } from "@/lib/contract/prompt-input";
import { sameBeats } from "@/lib/contract/same-beats";
import {
  EMPTY_MEMORY,
  outlineOf,
  storyBible,
  type Outline,
  type StoryBible,
  type StoryMemory,
} from "@/lib/contract/story-input";
import { countWords } from "@/lib/contract/word-count";
import { outlineFor, STORY_BIBLE, storyIdeaOf } from "@/lib/testing/stories";

// Much is composed here, and a slow machine is no defect.
vi.setConfig({ testTimeout: 120_000 });

const never = { signal: new AbortController().signal };
const writer = new DemoWriter({ wordsPerSecond: Number.POSITIVE_INFINITY });
const PREMISE =
  "Ada, the keeper of a lighthouse, finds a letter that was never sent. Bram the ferryman knows why.";

const chapter = (more: Partial<ChapterRequestInput> = {}): string =>
  demoText(
    chapterRequest({
      idea: storyIdeaOf(),
      bible: STORY_BIBLE,
      outline: outlineFor(5),
      chapterNumber: 2,
      memory: EMPTY_MEMORY,
      previousChapter: "She waited. The boat was gone.",
      standing: "",
      ...more,
    }).brief,
  );

describe("the demo's plans", () => {
  it.each([1, 3, 40])(
    "of %i chapters come through the port as exactly as many, no beat twice",
    async (chapters) => {
      const idea = storyIdeaOf({ premise: PREMISE, chapters });
      const bible = await writeBible(writer, idea, never);
      expect(storyBible.parse(bible)).toEqual(bible);
      expect(bible?.characters.map(({ name }) => name.split(" ")[0])).toEqual(
        expect.arrayContaining(["Ada", "Bram"]),
      );
      const outline = await writeOutline(writer, { idea, bible }, never);
      expect(outlineOf(chapters).parse(outline)).toEqual(outline);
      expect(sameBeats(outline ?? [])).toEqual([]);
      expect(new Set(outline?.map(({ title }) => title)).size).toBe(chapters);
      expect(await writeOutline(writer, { idea, bible }, never)).toEqual(outline);
    },
  );

  it("of one chapter is another one than stands", async () => {
    const idea = storyIdeaOf({ premise: PREMISE });
    const outline = (await writeOutline(writer, { idea, bible: null }, never)) ?? [];
    const input = { idea, bible: null, outline, chapterNumber: 3 };
    const plan = await rewriteChapterPlan(writer, input, never);
    expect(plan?.title).not.toBe(outline[2]?.title);
    for (const fresh of plan?.beats ?? []) {
      expect(sameBeats([...outline, { title: "", point_of_view: "", beats: [fresh] }])).toEqual([]);
    }
  });

  it("come for any premise", async () => {
    const premises = fc.oneof(fc.string({ minLength: 1 }), fc.string({ unit: "grapheme", minLength: 1 }));
    await fc.assert(
      fc.asyncProperty(premises, async (premise) => {
        const idea = storyIdeaOf({ premise, chapters: 3 });
        expect(
          await writeOutline(writer, { idea, bible: await writeBible(writer, idea, never) }, never),
        ).toHaveLength(3);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the demo's chapters", () => {
  const ideas = fc.record({
    words_per_chapter: fc.integer({ min: 300, max: 2_500 }),
    point_of_view: fc.constantFrom(...POINTS_OF_VIEW),
    tense: fc.constantFrom("past" as const, "present" as const),
    language: fc.constantFrom(undefined, "French"),
    tone: fc.constantFrom(undefined, "dark", "warm"),
  });

  it("are within 5 % of their length, end with a sentence, and fill every slot", () => {
    const beats = fc.array(
      fc.oneof(fc.string({ minLength: 1, maxLength: 300 }), fc.constant("Ada burns the {letter}.")),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(ideas, beats, fc.integer({ min: 1, max: 5 }), (idea, own, chapterNumber) => {
        const outline = outlineFor(5).with(chapterNumber - 1, { title: "", point_of_view: "", beats: own });
        const text = chapter({ idea: storyIdeaOf(idea), outline, chapterNumber });
        expect(Math.abs(countWords(text) / idea.words_per_chapter - 1)).toBeLessThanOrEqual(0.05);
        expect(endsAtSentence(text)).toBe(true);
        if (!/[{}^~]/.test(own.join(""))) expect(text).not.toMatch(/[{}^~]|undefined/);
      }),
      { numRuns: 60 },
    );
  });

  it("tell the beats of the outline, with its names", () => {
    const outline = outlineFor(5).with(1, {
      title: "",
      point_of_view: "",
      beats: ["Teodora burns the silver compass."],
    });
    const text = chapter({ outline });
    expect(text).toContain("Teodora burns the silver compass");
    expect(text).toContain("silver compass");
    expect(text).toMatch(/\b(?:Ada|Bram)\b/);
  });

  it("go on from their own end, also in mid-sentence, with the words that are asked for", () => {
    const standing = "Ada went up to the";
    const rest = chapter({ standing, targetWords: 400 });
    expect(rest).toMatch(/^–/);
    expect(jointAfter(standing)).toBe(" ");
    expect(Math.abs(countWords(rest) - 400)).toBeLessThanOrEqual(20);
  });

  it("are the same for the same request, and others in a further draft", () => {
    expect(chapter()).toBe(chapter());
    expect(findRepetition(chapter({ draft: 2 }), [chapter()]).share).toBeLessThan(0.08);
  });

  it("say that they know English and the past tense only", () => {
    const idea = storyIdeaOf({ language: "French", tense: "present" });
    expect(chapter({ idea, chapterNumber: 1 })).toMatch(
      /^This demo writer knows English only[^\n]*French\.\n\nThis demo writer knows the past/,
    );
    expect(chapter({ idea })).not.toContain("demo writer");
  });
});

describe("a demo story of 40 chapters of 2,500 words", () => {
  const idea = storyIdeaOf({ premise: PREMISE, chapters: 40, words_per_chapter: 2_500 });
  const texts: string[] = [];
  let [bible, outline, memory]: [StoryBible | null, Outline, StoryMemory] = [null, [], EMPTY_MEMORY];

  beforeAll(async () => {
    bible = await writeBible(writer, idea, never);
    outline = (await writeOutline(writer, { idea, bible }, never)) ?? [];
    for (let chapterNumber = 1; chapterNumber <= 40; chapterNumber += 1) {
      const text = chapter({
        idea,
        bible,
        outline,
        chapterNumber,
        memory,
        previousChapter: texts.at(-1) ?? "",
      });
      const { title } = outline[chapterNumber - 1] ?? { title: "" };
      memory = (await rememberChapter(writer, { idea, memory, chapterNumber, title, text }, never)) ?? memory;
      texts.push(text);
    }
  }, 120_000);

  it("repeats less than 8 % of its six-word runs in any chapter", () => {
    const shares = texts.map((text, at) => findRepetition(text, texts.slice(0, at)).share);
    expect(Math.max(...shares)).toBeLessThan(0.08);
  });

  it("gives the checks nothing to find", () => {
    for (const chapterNumber of [1, 2, 20, 40]) {
      const [text = "", earlier] = [texts[chapterNumber - 1], texts.slice(0, chapterNumber - 1)];
      expect(checkChapter({ idea, bible, outline, chapterNumber, text, earlier })).toEqual([]);
    }
  });

  it("is remembered within its bounds", () => {
    expect(countWords(memory.summary)).toBeLessThanOrEqual(400);
    expect(memory.summary).toContain("Chapter 40");
    expect(memory.facts).toHaveLength(30);
  });
});
