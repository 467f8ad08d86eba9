import fc from "fast-check";
import { describe, expect, it } from "vitest";
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
});
