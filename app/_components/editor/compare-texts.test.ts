import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareTexts, mergeTexts } from "./compare-texts";

describe("two texts beside each other", () => {
  it("show the words in which they differ, paragraph by paragraph", () => {
    const rows = compareTexts("Same.\n\nThe red door.\n\nOnly left.", "Same.\n\nThe blue door.");
    expect(rows[0]).toEqual({
      ...{
        same: true,
        left: [{ text: "Same.", changed: false }],
        right: [{ text: "Same.", changed: false }],
      },
    });
    expect(rows[1]?.left.filter(({ changed }) => changed)).toEqual([{ text: "red", changed: true }]);
    expect(rows[1]?.right.filter(({ changed }) => changed)).toEqual([{ text: "blue", changed: true }]);
    expect(rows[2]).toEqual({ same: false, left: [{ text: "Only left.", changed: true }], right: [] });
  });

  it("hold every word of both", () => {
    const text = fc
      .array(fc.constantFrom("a b", "a c", "d", "e f g", "b"), { maxLength: 8 })
      .map((p) => p.join("\n\n"));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const rows = compareTexts(left, right);
        const side = (name: "left" | "right") =>
          rows
            .map((row) => row[name].map((part) => part.text).join(""))
            .filter((paragraph) => paragraph !== "");
        expect(side("left").join("\n\n")).toBe(left);
        expect(side("right").join("\n\n")).toBe(right);
      }),
    );
  });
});

describe("two changes of one text in one", () => {
  it("take each paragraph from whoever changed it, and both where both did", () => {
    const base = "One.\n\nTwo.\n\nThree.";
    expect(mergeTexts(base, "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree.\n\nFour.")).toBe(
      "One!\n\nTwo.\n\nThree.\n\nFour.",
    );
    expect(mergeTexts(base, "One.\n\nMine.\n\nThree.", "One.\n\nTheirs.\n\nThree.")).toBe(
      "One.\n\nTheirs.\n\nMine.\n\nThree.",
    );
    expect(mergeTexts(base, "One.\n\nThree.", base)).toBe("One.\n\nThree.");
    expect(mergeTexts(null, "A.\n\nMine.\n\nB.", "A.\n\nTheirs.\n\nB.")).toBe("A.\n\nTheirs.\n\nMine.\n\nB.");
    expect(mergeTexts(base, "Same.\n\nTwo.\n\nThree.", "Same.\n\nTwo.\n\nThree.")).toBe(
      "Same.\n\nTwo.\n\nThree.",
    );
  });

  it("lose no paragraph that either of them wrote", () => {
    const paragraph = fc.constantFrom("a", "b", "c", "d", "e", "f");
    const text = fc.array(paragraph, { maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const merged = mergeTexts(base.join("\n\n"), mine.join("\n\n"), theirs.join("\n\n")).split("\n\n");
        for (const words of [...mine, ...theirs].filter((p) => !base.includes(p)))
          expect(merged).toContain(words);
      }),
    );
  });
});
