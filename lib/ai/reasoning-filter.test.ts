import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ReasoningFilter } from "@/lib/ai/reasoning-filter";

function filtered(text: string, sizes: readonly number[]): string {
  const filter = new ReasoningFilter();
  let out = "";
  let at = 0;
  for (const size of [...sizes, text.length]) {
    out += filter.push(text.slice(at, at + size));
    at += size;
  }
  return out + filter.end();
}

describe("ReasoningFilter", () => {
  const cuts = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 });
  const plain = fc.string({ unit: fc.constantFrom("a", " ", "t", "h", "/", ">", "é"), maxLength: 12 });

  it("removes every thought, wherever the chunks are cut", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(plain, plain), { maxLength: 4 }), plain, cuts, (parts, last, sizes) => {
        const text = parts.map(([shown, thought]) => `${shown}<think>${thought}</think>`).join("") + last;
        expect(filtered(text, sizes)).toBe(parts.map(([shown]) => shown).join("") + last);
      }),
    );
  });

  it("leaves a text without thoughts as it is, also where it holds what looks like a tag", () => {
    const text = fc.string({
      unit: fc.constantFrom("<", "/", "t", "h", "i", "n", " ", "<thin ", "<b>"),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, cuts, (whole, sizes) => {
        expect(filtered(whole, sizes)).toBe(whole);
      }),
    );
  });

  it("gives nothing of a thought that never ends", () => {
    expect(filtered("Rain.<THINK>and then", [3, 3, 3])).toBe("Rain.");
  });
});
