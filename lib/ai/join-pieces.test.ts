import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jointAfter, tailOf } from "@/lib/ai/join-pieces";
import { endsAtSentence } from "@/lib/ai/sentences";

describe("pieces of one text", () => {
  it.each(["It rained.", "Did it?”", "“It did!”", "And so…", "下雨了。", "*It rained.*", "(It did.)\n", ""])(
    "%j ends a sentence",
    (text) => expect(endsAtSentence(text)).toBe(true),
  );

  it.each(["It rained", "It rained,", "He said:", "the lamp and the"])("%j does not", (text) =>
    expect(endsAtSentence(text)).toBe(false),
  );

  it("are joined by a paragraph after a whole sentence, and by a space within one", () => {
    expect(["", "It rained.", "It rained and", "It rained.\n\n"].map(jointAfter)).toEqual([
      "",
      "\n\n",
      " ",
      "",
    ]);
  });

  it("have a tail of at most so many words, with its line breaks", () => {
    expect(tailOf("one two\n\nthree four", 3)).toBe("two\n\nthree four");
    expect(tailOf("one two", 3)).toBe("one two");
    expect(tailOf("", 3)).toBe("");
    expect(tailOf(`${"字".repeat(5_000)} end`, 5).length).toBeLessThanOrEqual(60);
  });

  it("have a tail that is the end of the text and never begins within a word", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n"), maxLength: 300 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 10 }), (whole, words) => {
        const tail = tailOf(whole, words);
        expect(whole.trimEnd().endsWith(tail)).toBe(true);
        expect(tail.split(/\s+/).length).toBeLessThanOrEqual(words);
        if (/\s/.test(whole.trim().slice(-words * 12))) {
          expect(` ${whole.trimEnd()}`.at(-tail.length - 1)).toMatch(/\s/);
        }
      }),
    );
  });
});
