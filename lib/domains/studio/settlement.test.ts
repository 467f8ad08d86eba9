import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MODEL_NAMES, type ModelName, priceOfWords, quote } from "@/lib/contract/quote";
import { chargeOfRound, continueQuote, type CountedPiece, endPiece, missingWords } from "./settlement";

const page = (nth: number, over: Partial<CountedPiece> = {}): CountedPiece => ({
  nth,
  status: "waiting",
  words: 0,
  words_before: 0,
  chargeable_words: 0,
  ...over,
});

describe("settlement", () => {
  it("charges what was delivered, rounded once over all pages", () => {
    const text = { model: "creative" as ModelName, pages: 3, charged_credits: 0 };
    const pieces = [page(1, { words: 400 }), page(2, { words: 130 }), page(3)];
    const ended = [endPiece(pieces[0]!, "done"), endPiece(pieces[1]!, "stopped"), pieces[2]!];
    expect(chargeOfRound(text, ended, quote({ model: "creative", pages: 3 }).credits)).toBe(
      Math.ceil((530 / 400) * 1.5),
    );
  });

  it("charges nothing for a page that failed, and keeps its words free for ever", () => {
    const text = { model: "balanced" as ModelName, pages: 1, charged_credits: 0 };
    const failed = endPiece(page(1, { words: 390 }), "failed");
    expect(chargeOfRound(text, [failed], 1)).toBe(0);
    const again = endPiece({ ...failed, words: 402, words_before: 390 }, "done");
    expect(again.chargeable_words).toBe(12);
  });

  it("asks for no more of a page that is done, and for some sentences of one that is nearly whole", () => {
    expect(missingWords({ status: "done", words: 12 })).toBe(0);
    expect(missingWords({ status: "stopped", words: 100 })).toBe(300);
    expect(missingWords({ status: "failed", words: 399 })).toBeGreaterThan(0);
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
            const text = { model, pages, charged_credits: charged };
            pieces = pieces.map((piece) => ({ ...piece, words_before: piece.words }));
            const open = pieces.filter(({ status }) => status !== "done");
            const last = open[Math.min(atPage, open.length - 1)];
            pieces = pieces.map((piece) => {
              if (piece.status === "done" || last === undefined || piece.nth > last.nth) return piece;
              const part = piece === last && ends !== "done" ? share : runsOn;
              const grown = { ...piece, words: piece.words + Math.round(missingWords(piece) * part) };
              return endPiece(grown, piece === last ? ends : "done");
            });
            const added = pieces.reduce((sum, piece) => sum + piece.words - piece.words_before, 0);
            const charge = chargeOfRound(text, pieces, quoted);
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
            const next = continueQuote({ ...text, charged_credits: charged }, pieces);
            if (next === null) break;
            expect(charged + next.credits).toBeLessThanOrEqual(whole);
            quoted = next.credits;
          }
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
