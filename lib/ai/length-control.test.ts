import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthLimits, MAX_ROUNDS, needsMore, trimAtSentence } from "@/lib/ai/length-control";
import { endsAtSentence } from "@/lib/ai/sentences";
import { countWords } from "@/lib/contract/word-count";

const word = fc.constantFrom(
  "rain",
  "Ada",
  "灯台守は",
  "свет",
  "don’t",
  "3.14",
  "Mr.",
  "“",
  "”",
  "كتاب",
  "ฝน",
);
const mark = fc.constantFrom(".", "!", "?”", "…", "。", "।", "\n\n", ",", " ", " ", " ");
const texts = fc
  .array(fc.tuple(word, mark), { maxLength: 120 })
  .map((parts) => parts.map(([one, end]) => `${one}${end} `).join(""));
const words = (count: number) => Array(count).fill("word").join(" ");

describe("trimAtSentence", () => {
  it("gives a beginning of the text that has room and ends with a sentence", () => {
    fc.assert(
      fc.property(
        fc.oneof(texts, fc.string({ unit: "grapheme" })),
        fc.integer({ min: 1, max: 150 }),
        (text, max) => {
          const trimmed = trimAtSentence(text, max);
          expect(countWords(trimmed)).toBeLessThanOrEqual(max);
          if (countWords(text) === 0) return;
          expect(endsAtSentence(trimmed)).toBe(true);
          expect(text.startsWith(trimmed.replace(/…$/, ""))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("changes nothing of a text that fits and is finished", () => {
    expect(trimAtSentence("It rained. It did.", 4)).toBe("It rained. It did.");
  });

  it.each([
    ["It rained. Then it stopped.", 4, "It rained."],
    ["It rained. Then it stopped", 40, "It rained."],
    ["下雨了。他走了。她也走了。", 7, "下雨了。他走了。"],
    ["बारिश हुई। वह गया। वह आई।", 4, "बारिश हुई। वह गया।"],
    ["She met Mr. Hale. He left.", 4, "She met Mr. Hale."],
    ["She met Mr. Hale at noon.", 3, "She met Mr…"],
    ["He left. “I came. I saw. I won.” She left.", 6, "He left."],
    ["“Stop…” He stopped. Then he went on.", 4, "“Stop…” He stopped."],
    ["no end at all here", 2, "no end…"],
    ["ฝนตก เขาไป", 1, "ฝนตก"],
    ["", 5, ""],
  ])("%j to %i words is %j", (text, max, trimmed) => expect(trimAtSentence(text, max)).toBe(trimmed));

  it("is quick with a long text that has no sentences", () => {
    expect(trimAtSentence("word ".repeat(200_000), 100)).toMatch(/word…$/);
  });
});

describe("needsMore", () => {
  it.each([
    [`${words(900)}.`, 1, { kind: "done" }],
    [`${words(899)}.`, 1, { kind: "more", words: 101 }],
    [`${words(620)}.`, 2, { kind: "more", words: 380 }],
    [`${words(620)}.`, 3, { kind: "short" }],
    [words(990), 2, { kind: "more", words: 40 }],
    [words(990), 3, { kind: "done" }],
    ["", 1, { kind: "more", words: 1_000 }],
  ] as const)("judges by length and end (%#)", (text, rounds, step) => {
    expect(needsMore(text, 1_000, rounds)).toEqual(step);
  });

  it("ends after three rounds", () => {
    fc.assert(fc.property(texts, (text) => needsMore(text, 500, MAX_ROUNDS).kind !== "more"));
  });

  it("holds a text to 90–110 %", () => expect(lengthLimits(1_000)).toEqual({ least: 900, most: 1_100 }));
});
