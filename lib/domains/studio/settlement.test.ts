import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MODEL_NAMES, priceOfWords, quote } from "@/lib/contract/quote";
import {
  chargeOfUnit,
  type CountedPiece,
  endPiece,
  missingWords,
  type PricedText,
  quoteOfRest,
  quoteOfUnit,
  unitOf,
} from "./settlement";

const page = (nth: number, over: Partial<CountedPiece> = {}): CountedPiece => ({
  nth,
  status: "waiting",
  target_words: 400,
  charged_credits: 0,
  free: false,
  words: 0,
  words_before: 0,
  chargeable_words: 0,
  ...over,
});

describe("settlement", () => {
  it("charges what was delivered, rounded once over all pages", () => {
    const text: PricedText = { kind: "single-prompt", model: "creative", charged_credits: 0 };
    const pieces = [page(1, { words: 400 }), page(2, { words: 130 }), page(3)];
    const ended = [endPiece(pieces[0]!, "done"), endPiece(pieces[1]!, "stopped"), pieces[2]!];
    expect(chargeOfUnit(text, ended, pieces, quote({ model: "creative", pages: 3 }).credits)).toBe(
      Math.ceil((530 / 400) * 1.5),
    );
  });

  it("charges nothing for a page that failed, and keeps its words free for ever", () => {
    const text: PricedText = { kind: "single-prompt", model: "balanced", charged_credits: 0 };
    const failed = endPiece(page(1, { words: 390 }), "failed");
    expect(chargeOfUnit(text, [failed], [page(1)], 1)).toBe(0);
    const again = endPiece({ ...failed, words: 402, words_before: 390 }, "done");
    expect(again.chargeable_words).toBe(12);
  });

  it("never charges later for what ran on past a quote", () => {
    // 1,440 words in four pages, then a last one that was quoted at a coin and brought words for two.
    const done = [1, 2, 3, 4].map((nth) =>
      page(nth, { status: "done", words: 360, words_before: 360, chargeable_words: 360 }),
    );
    const text: PricedText = { kind: "single-prompt", model: "creative", charged_credits: 6 };
    const last = page(5, { words: 427 });
    const stopped = [...done, endPiece(last, "stopped")];
    expect(chargeOfUnit(text, stopped, [...done, page(5)], 1)).toBe(1);
    const later = { ...text, charged_credits: 7 };
    const before = stopped.map((piece) => ({ ...piece, words_before: piece.words }));
    expect(quoteOfRest(later, before)?.credits).toBe(0);
    expect(chargeOfUnit(later, [...done, endPiece(before[4]!, "failed")], before, 1)).toBe(0);
  });

  it("asks for no more of a page that is done, and for some sentences of one that is nearly whole", () => {
    expect(missingWords(page(1, { status: "done", words: 12 }))).toBe(0);
    expect(missingWords(page(1, { status: "stopped", words: 100 }))).toBe(300);
    expect(missingWords(page(1, { status: "failed", words: 399 }))).toBeGreaterThan(0);
  });

  it("never charges above a quote, nor all rounds together above the price of the pages, whatever happens", () => {
    const round = fc.record({
      ends: fc.constantFrom("done", "stopped", "failed"),
      atPage: fc.nat({ max: 9 }),
      share: fc.double({ min: 0, max: 1.2, noNaN: true }),
      runsOn: fc.double({ min: 0.9, max: 1.2, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...MODEL_NAMES),
        fc.integer({ min: 1, max: 10 }),
        fc.array(round, { minLength: 1, maxLength: 8 }),
        (model, pages, rounds) => {
          const whole = quote({ model, pages }).credits;
          let pieces = Array.from({ length: pages }, (_, at) => page(at + 1));
          let charged = 0;
          let quoted = whole;
          for (const { ends, atPage, share, runsOn } of rounds) {
            const text: PricedText = { kind: "single-prompt", model, charged_credits: charged };
            const before = (pieces = pieces.map((piece) => ({ ...piece, words_before: piece.words })));
            const open = pieces.filter(({ status }) => status !== "done");
            const last = open[Math.min(atPage, open.length - 1)];
            pieces = pieces.map((piece) => {
              if (piece.status === "done" || last === undefined || piece.nth > last.nth) return piece;
              const part = piece === last && ends !== "done" ? share : runsOn;
              const grown = { ...piece, words: piece.words + Math.round(missingWords(piece) * part) };
              return endPiece(grown, piece === last ? ends : "done");
            });
            const added = pieces.reduce((sum, piece) => sum + piece.words - piece.words_before, 0);
            const charge = chargeOfUnit(text, pieces, before, quoted);
            expect(charge).toBeLessThanOrEqual(quoted);
            expect(charge).toBeGreaterThanOrEqual(0);
            if (added === 0) expect(charge).toBe(0);
            charged += charge;
            expect(charged).toBeLessThanOrEqual(whole);
            const paid = pieces.reduce((sum, piece) => sum + piece.chargeable_words, 0);
            expect(charged).toBeLessThanOrEqual(priceOfWords(paid, model));
            // Only pages that run on past their quote cost less than their words.
            if (rounds.every((one) => one.runsOn <= 1 && one.share <= 1))
              expect(charged).toBe(Math.min(whole, priceOfWords(paid, model)));
            const next = quoteOfRest({ ...text, charged_credits: charged }, pieces);
            if (next === null) break;
            expect(charged + next.credits).toBeLessThanOrEqual(whole);
            quoted = next.credits;
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("prices each chapter by itself, and what is left of a story as the sum of that", () => {
    const text: PricedText = { kind: "story-chapters", model: "creative", charged_credits: 9 };
    const chapters = [
      page(1, {
        target_words: 1_000,
        words: 1_012,
        status: "done",
        chargeable_words: 1_012,
        charged_credits: 4,
      }),
      page(2, {
        target_words: 1_000,
        words: 300,
        status: "stopped",
        chargeable_words: 300,
        charged_credits: 2,
      }),
      page(3, { target_words: 1_000 }),
    ];
    expect(chapters.map((one) => quoteOfUnit(unitOf(text, [one], one.nth).text, [one]))).toEqual([
      null,
      { credits: 2, words: 700 },
      { credits: 4, words: 1_000 },
    ]);
    expect(quoteOfRest(text, chapters)).toEqual({ credits: 6, words: 1_700 });
  });

  it("asks nothing for a free draft, whatever it brings", () => {
    const free = page(1, { target_words: 1_000, free: true });
    const text: PricedText = { kind: "story-chapters", model: "creative", charged_credits: 0 };
    expect(quoteOfUnit(text, [free])).toEqual({ credits: 0, words: 1_000 });
    const ended = endPiece({ ...free, words: 1_000 }, "done");
    expect(ended.chargeable_words).toBe(0);
    expect(chargeOfUnit(text, [ended], [free], 0)).toBe(0);
  });

  it("charges a coin for each answer that was delivered, of whatever length, and begins what failed anew", () => {
    const text: PricedText = { kind: "tool", model: "creative", charged_credits: 0 };
    const answers = [1, 2, 3].map((nth) => page(nth, { target_words: 200 }));
    expect(quoteOfUnit(text, answers)?.credits).toBe(3);
    const ended = [
      endPiece({ ...answers[0]!, words: 900 }, "done"),
      endPiece({ ...answers[1]!, words: 3 }, "stopped"),
      endPiece({ ...answers[2]!, words: 90 }, "failed"),
    ];
    expect(chargeOfUnit(text, ended, answers, 3)).toBe(2);
    expect(quoteOfRest(text, ended)).toBeNull();
  });
});
