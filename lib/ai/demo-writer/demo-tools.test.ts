import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { demoText } from "@/lib/ai/demo-writer/demo-writer";
import { findRepetition } from "@/lib/ai/repetition";
import { endsAtSentence } from "@/lib/ai/sentences";
import { toolRequest } from "@/lib/ai/tool-prompt";
import {
  BRAINSTORM_KINDS,
  DESCRIBE_SENSES,
  REWRITE_STYLES,
  toolInput,
  WRITE_MODES,
} from "@/lib/contract/tool-input";
import { countWords } from "@/lib/contract/word-count";

// Much is composed here, and a slow machine is no defect.
vi.setConfig({ testTimeout: 120_000 });

const TEXT =
  "Ada was very tired, and the old dog didn't move. She looked at the sea, but it was dark. “I can't stay,” she said. Then she walked home, because the kids were asleep (as always).\n\nBram felt angry. He had lost a lot of money in the storm.";
const tool = (input: object, variant = 1): string =>
  demoText(toolRequest(toolInput.parse({ text: TEXT, ...input }), variant).brief);
const anyText = fc
  .oneof(fc.constant(TEXT), fc.string({ minLength: 1 }), fc.string({ unit: "grapheme", minLength: 1 }))
  .filter((text) => text.trim() !== "");

describe("the demo's continuations", () => {
  it.each(WRITE_MODES)("in the mode %s have their length, and three variants of their own", (mode) => {
    const variants = [1, 2, 3].map((variant) =>
      tool({ tool: "write", mode, variants: 3, words: 300 }, variant),
    );
    for (const text of variants) {
      expect(Math.abs(countWords(text) - 300)).toBeLessThanOrEqual(15);
      expect(endsAtSentence(text)).toBe(true);
    }
    const [one = "", two = "", three = ""] = variants;
    expect(Math.max(findRepetition(two, [one]).share, findRepetition(three, [one, two]).share)).toBeLessThan(
      0.2,
    );
  });

  it("differ by mode, draw on the text, and finish its sentence", () => {
    const texts = WRITE_MODES.map((mode) => tool({ tool: "write", mode }));
    expect(new Set(texts).size).toBe(WRITE_MODES.length);
    expect(tool({ tool: "write", words: 400 })).toMatch(/Ada|Bram/);
    expect(tool({ tool: "write", text: "She went to the" })).toMatch(/^–/);
    expect(tool({ tool: "write", mode: "dialogue" }).match(/“/g)?.length).toBeGreaterThan(4);
  });
});

describe("the demo's rewriting", () => {
  it.each(REWRITE_STYLES)(
    "in the style %s changes the text by its own rules, and keeps its paragraphs' people",
    (style) => {
      const rewritten = tool({ tool: "rewrite", style });
      expect(rewritten).not.toBe(TEXT);
      expect(rewritten).toContain("Ada");
      expect(tool({ tool: "rewrite", style })).toBe(rewritten);
    },
  );

  it("knows the words of each style", () => {
    expect(tool({ tool: "rewrite", style: "formal" })).toMatch(
      /did not move[^]*“I cannot stay,”[^]*the children were/,
    );
    expect(tool({ tool: "rewrite", style: "casual", text: "It is late. He did not purchase it." })).toBe(
      "It's late. He didn't buy it.",
    );
    expect(tool({ tool: "rewrite", style: "improve" })).toContain("Ada was exhausted");
    expect(tool({ tool: "rewrite", style: "improve", text: "Suddenly, it rained. “Who?” she said." })).toBe(
      "It rained. “Who?” she said.",
    );
    expect(tool({ tool: "rewrite", style: "dramatic" })).toContain("she cried");
    expect(tool({ tool: "rewrite", style: "show don't tell" })).not.toMatch(/very tired|felt angry/);
  });

  it("shortens to about half, and expands to twice", () => {
    expect(countWords(tool({ tool: "rewrite", style: "shorten" })) / countWords(TEXT)).toBeLessThan(0.6);
    expect(countWords(tool({ tool: "rewrite", style: "expand" })) / countWords(TEXT)).toBeCloseTo(2, 1);
  });

  it("never leaves a text as it was; shortened it is shorter, expanded longer, whatever the text", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...REWRITE_STYLES), (text, style) => {
        const rewritten = tool({ tool: "rewrite", style, text });
        expect(rewritten).not.toBe(text.trim());
        expect(rewritten).not.toBe("");
        const [before, after] = [countWords(text), countWords(rewritten)];
        if (style === "shorten" && before > 3) expect(after).toBeLessThan(before);
        if (style === "expand") expect(after).toBeGreaterThan(before);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the demo's descriptions", () => {
  it.each(DESCRIBE_SENSES)("through %s have their length and differ by feeling", (sense) => {
    const text = tool({ tool: "describe", sense });
    expect(Math.abs(countWords(text) - 180)).toBeLessThanOrEqual(9);
    expect(text.split("\n\n").length).toBeGreaterThanOrEqual(sense === "all" ? 5 : 1);
    expect(tool({ tool: "describe", sense, emotion: "dread" })).not.toBe(text);
  });
});

describe("the demo's ideas", () => {
  it("are exactly as many as asked, a line each, and no two the same", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...BRAINSTORM_KINDS),
        fc.integer({ min: 1, max: 10 }),
        anyText,
        (kind, count, text) => {
          const lines = tool({ tool: "brainstorm", kind, count, text }).split("\n");
          expect(lines).toHaveLength(count);
          expect(new Set(lines).size).toBe(count);
          for (const line of lines) expect(line).toMatch(/^- \S/);
        },
      ),
      { numRuns: 200 },
    );
  });
});
