import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MODEL_NAMES,
  MODELS,
  priceOfWords,
  quote,
  quoteStory,
  quoteTool,
  WORDS_PER_PAGE,
} from "@/lib/contract/quote";

const model = fc.constantFrom(...MODEL_NAMES);
const words = fc.integer({ min: 0, max: 1_000_000 });

describe("quote", () => {
  it.each([
    [1, "creative", 2, 400],
    [1, "balanced", 1, 400],
    [1, "fast", 1, 400],
    [2, "fast", 1, 800],
    [3, "fast", 2, 1_200],
    [3, "creative", 5, 1_200],
    [12, "balanced", 12, 4_800],
    [50, "creative", 75, 20_000],
  ] as const)("%i pages with %s cost %i and buy %i words", (pages, name, credits, bought) => {
    expect(quote({ pages, model: name })).toEqual({ credits, words: bought });
  });

  it("is max(1, ceil(pages × factor))", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), model, (pages, name) => {
        expect(quote({ pages, model: name }).credits).toBe(Math.max(1, Math.ceil(pages * MODELS[name])));
      }),
    );
  });

  it("is at least one coin for a single word", () => {
    expect(MODEL_NAMES.map((name) => quote({ words: 1, model: name }).credits)).toEqual([1, 1, 1]);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("refuses %s pages", (pages) => {
    expect(() => quote({ pages, model: "balanced" })).toThrow(RangeError);
  });
});

describe("priceOfWords", () => {
  it("rounds up once, exactly at the edges of a coin", () => {
    expect([0, 1, 400, 401, 800, 801].map((count) => priceOfWords(count, "balanced"))).toEqual([
      0, 1, 1, 2, 2, 3,
    ]);
    expect([266, 267, 400, 533, 534, 800].map((count) => priceOfWords(count, "creative"))).toEqual([
      1, 2, 2, 2, 3, 3,
    ]);
    expect([800, 801].map((count) => priceOfWords(count, "fast"))).toEqual([1, 2]);
  });

  it("never falls when a word is added", () => {
    fc.assert(
      fc.property(words, model, (count, name) => {
        expect(priceOfWords(count + 1, name)).toBeGreaterThanOrEqual(priceOfWords(count, name));
      }),
    );
  });

  it("is never above the quote when no more was delivered than quoted", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        model,
        (pages, share, name) => {
          const offer = quote({ pages, model: name });
          expect(priceOfWords(Math.floor(offer.words * share), name)).toBeLessThanOrEqual(offer.credits);
        },
      ),
    );
  });

  it("agrees with exact arithmetic", () => {
    fc.assert(
      fc.property(words, model, (count, name) => {
        const tenths = BigInt(count) * BigInt(MODELS[name] * 10);
        const coin = BigInt(WORDS_PER_PAGE * 10);
        expect(priceOfWords(count, name)).toBe(Number((tenths + coin - 1n) / coin));
      }),
    );
  });
});

describe("quoteStory", () => {
  it("is the sum of its chapters' quotes", () => {
    expect(quoteStory({ chapters: 5, wordsPerChapter: 1_000, model: "balanced" })).toEqual({
      credits: 15,
      words: 5_000,
    });
    expect(quoteStory({ chapters: 40, wordsPerChapter: 300, model: "fast" })).toEqual({
      credits: 40,
      words: 12_000,
    });
    expect(quoteStory({ chapters: 1, wordsPerChapter: 2_500, model: "creative" }).credits).toBe(10);
  });

  it("refuses a story without chapters", () => {
    expect(() => quoteStory({ chapters: 0, wordsPerChapter: 300, model: "fast" })).toThrow(RangeError);
  });
});

describe("quoteTool", () => {
  it("is one coin, and for continuations one for each", () => {
    expect(["rewrite", "describe", "brainstorm", "write"].map((tool) => quoteTool({ tool }))).toEqual([
      1, 1, 1, 1,
    ]);
    expect(quoteTool({ tool: "write", variants: 3 })).toBe(3);
    expect(quoteTool({ tool: "rewrite", variants: 3 })).toBe(1);
  });
});
