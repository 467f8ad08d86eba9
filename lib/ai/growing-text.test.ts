import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jointAfter } from "@/lib/ai/join-pieces";
import { MAX_ROUNDS, needsMore } from "@/lib/ai/length-control";
import { endsAtSentence } from "@/lib/ai/sentences";
import { countWords } from "@/lib/contract/word-count";
import { GrowingText } from "./growing-text";

const chunks = (text: string, cuts: number[]): string[] => {
  const at = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => text.slice(from, at[i] ?? text.length));
};

describe("a growing text", () => {
  it("gives out exactly what came, however it was cut, once it is finished", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", minLength: 1, maxLength: 300 }),
        fc.array(fc.nat()),
        fc.integer({ min: 1, max: 60 }),
        (text, cuts, targetWords) => {
          const growing = new GrowingText({ standing: "", joint: "", targetWords });
          const given = chunks(text, cuts)
            .map((chunk) => growing.push(chunk))
            .concat(growing.finish())
            .join("");
          expect(given).toBe(text.replaceAll("\0", "").trim());
          expect(growing.words).toBe(countWords(given));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("never shows half a word, so that what was broken off can be gone on with", () => {
    const growing = new GrowingText({ standing: "", joint: "", targetWords: 400 });
    expect(growing.push("The light")).toBe("The");
    expect(growing.push("house kept")).toBe(" lighthouse");
    expect(growing.push(" watch. ")).toBe(" kept watch.");
  });

  it("shows Chinese and Japanese as they come, which have no spaces to wait for", () => {
    const growing = new GrowingText({ standing: "", joint: "", targetWords: 400 });
    expect(growing.push("灯台守のアダは")).toBe("灯台守のアダは");
  });

  it("ends a page that runs on at a whole sentence", () => {
    const growing = new GrowingText({ standing: "", joint: "", targetWords: 5 });
    const given = ["One two three four five six. ", "Seven eight. Nine ten", " eleven twelve"].map((chunk) =>
      growing.push(chunk),
    );
    expect(given.join("")).toBe("One two three four five six. Seven eight.");
  });

  it("joins what comes to what stands there, and counts both", () => {
    const growing = new GrowingText({ standing: "It was a dark", joint: " ", targetWords: 10 });
    expect(growing.push("and stormy night. ")).toBe(" and stormy night.");
    expect(growing.words).toBe(7);
  });

  describe("with a length", () => {
    const sentence = fc
      .tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom(".", "!", "?”", "…", " –.", "。"))
      .map(([words, end]) => `${end === "?”" ? "“" : ""}${Array(words).fill("word").join(" ")}${end}`);
    const answers = fc.array(
      fc.record({
        sentences: fc.array(sentence, { maxLength: 60 }),
        cutAt: fc.option(fc.nat(), { nil: undefined }),
        cuts: fc.array(fc.nat(), { maxLength: 5 }),
      }),
      { minLength: 3, maxLength: 3 },
    );

    it("never passes 110 %, and after the last round never ends in mid-sentence, whatever the model says", () => {
      fc.assert(
        fc.property(answers, fc.integer({ min: 60, max: 400 }), (rounds, askedWords) => {
          let text = "";
          rounds.every(({ sentences, cutAt, cuts }, round) => {
            const answer = sentences.join(" ");
            const said = cutAt === undefined ? answer : answer.slice(0, cutAt % (answer.length + 1));
            const joint = jointAfter(text);
            const lastRound = round === MAX_ROUNDS - 1;
            const options = { standing: text, joint, targetWords: askedWords, askedWords, lastRound };
            const growing = new GrowingText(options);
            for (const chunk of chunks(said, cuts)) text += growing.push(chunk);
            text += growing.finish();
            expect(growing.words).toBe(countWords(text));
            return needsMore(text, askedWords, round + 1).kind === "more";
          });
          expect(countWords(text)).toBeLessThanOrEqual(askedWords * 1.1);
          expect(endsAtSentence(text)).toBe(true);
        }),
        { numRuns: 500 },
      );
    });

    it("says that it is full when the next sentence has no room, and takes nothing more", () => {
      const growing = new GrowingText({ standing: "", joint: "", targetWords: 10, askedWords: 10 });
      const given = growing.push(
        "One two three four five six seven eight. Nine ten. Eleven twelve thirteen. ",
      );
      expect(given).toBe("One two three four five six seven eight. Nine ten.");
      expect(growing.full).toBe(true);
      expect(growing.push("Fourteen. ") + growing.finish()).toBe("");
    });

    it("does not end within a quotation that closes soon", () => {
      const growing = new GrowingText({ standing: "", joint: "", targetWords: 10, askedWords: 10 });
      const text = "One two three four five six seven eight. “Nine. Ten. Eleven. Twelve.” ";
      expect(growing.push(text)).toBe("One two three four five six seven eight.");
    });

    it("ends with an ellipsis where the last round leaves a sentence that was shown unfinished", () => {
      const growing = new GrowingText({
        standing: "It had rained for",
        joint: " ",
        targetWords: 40,
        askedWords: 300,
        lastRound: true,
      });
      expect(growing.push("a week and nobody") + growing.finish()).toBe("…");
    });
  });
});
