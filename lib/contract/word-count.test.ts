import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countText, countWords, WordMeter } from "@/lib/contract/word-count";

describe("countWords", () => {
  it.each([
    ["", 0],
    [" \n\t ", 0],
    ["— … ! * #", 0],
    ["One.", 1],
    ["one two\nthree\u00a0four", 4],
    ["don't don’t mother-in-law", 3],
    ["one—two, three--four", 4],
    ["‘quoted’ “words”", 2],
    ["1,000.50 and 3.14", 3],
    ["done.Next one,two", 4],
    ["snake_case and e\u0301tude", 3],
    ["Сегодня хорошая погода", 3],
    ["مرحبا بالعالم", 2],
    ["می\u200cخواهم", 1],
    ["我喜欢写作。", 5],
    ["コーヒーを飲む", 7],
    ["저는 글을 씁니다", 3],
    ["Tokyo東京2026年", 5],
    ["👩‍👩‍👧 family", 1],
    ["𝒜 𠮷", 2],
  ])("%j has %i", (text, words) => {
    expect(countWords(text)).toBe(words);
  });

  it("is the sum of its paragraphs", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (first, second) => {
        expect(countWords(`${first}\n\n${second}`)).toBe(countWords(first) + countWords(second));
      }),
    );
  });

  it("counts a megabyte of hard cases to the end", () => {
    expect(countWords("a-".repeat(500_000))).toBe(1);
    expect(countWords("1.".repeat(500_000))).toBe(1);
    expect(countWords("字".repeat(350_000))).toBe(350_000);
    expect(countWords("word ".repeat(200_000))).toBe(200_000);
    expect(countWords("'’-".repeat(300_000))).toBe(0);
  });
});

describe("countText", () => {
  it("counts characters as people see code points, pages and minutes begun", () => {
    expect(countText("")).toEqual({ words: 0, characters: 0, pages: 0, readingMinutes: 0 });
    expect(countText("a 😀")).toEqual({ words: 1, characters: 3, pages: 1, readingMinutes: 1 });
    expect(countText("word ".repeat(401))).toMatchObject({ words: 401, pages: 2, readingMinutes: 2 });
  });
});

describe("WordMeter", () => {
  it("gives the count of the whole, wherever the chunks are cut", () => {
    const text = fc.string({
      unit: fc.constantFrom("a", "’", "-", " ", "\n", ".", "1", "字", "é"),
      maxLength: 80,
    });
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 9 })), (whole, sizes) => {
        const meter = new WordMeter();
        let at = 0;
        for (const size of [...sizes, whole.length]) {
          meter.add(whole.slice(at, at + size));
          at += size;
        }
        expect(meter.words).toBe(countWords(whole));
      }),
    );
  });
});
