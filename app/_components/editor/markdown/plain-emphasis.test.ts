import type { JSONContent } from "@tiptap/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockToMarkdown } from "./block-to-markdown";
import { joinTexts } from "./block-from-markdown";
import { readEmphasis } from "./plain-emphasis";
import { toBlocks } from "./to-blocks";

/** A definition anywhere has all of a text read by the parser. */
const DEFINITION = "\n\n[x]: https://example.com";
const readByParser = (text: string) =>
  toBlocks(text + DEFINITION)
    .slice(0, -1)
    .map(({ json }) => json);
const read = (text: string) => toBlocks(text).map(({ json }) => json);
/** A quoted paragraph is written by the writer, whatever stands in it. */
const writtenByWriter = (paragraph: JSONContent) =>
  blockToMarkdown({ type: "blockquote", content: [paragraph] }).replace(/^>( |$)/gm, "");

describe("emphasis that is read and written without the parser", () => {
  it("is known where it stands around whole words, and only there", () => {
    const marks = (text: string) =>
      readEmphasis(text).flatMap(({ text: words, mark }) => (mark ? [words] : []));
    expect(marks("*Oh*, she said: “*no, never*” — **not I**.")).toEqual(["Oh", "no, never", "not I"]);
    for (const text of [
      "2 * 3 * 4",
      "a*b*c",
      "* a *",
      "***a***",
      "*a\nb*",
      "*a.*b",
      "**a*",
      "\\*a*",
      "x *a *",
    ])
      expect(marks(text), text).toEqual([]);
  });

  it("is what the parser reads", () => {
    const piece = fc.constantFrom(
      ...[
        "*",
        "**",
        "***",
        " ",
        " ",
        "\n",
        "a",
        "bc",
        "é",
        "1",
        "雨",
        ".",
        ",",
        "“",
        "”",
        "(",
        ")",
        "—",
        "-",
        "'",
        "\u00a0",
        "!",
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 14 }), (pieces) => {
        const text = `w${pieces.join("")}w`.replace(/[ \n]*\n[ \n]*/g, "\n");
        expect(read(text)).toEqual(readByParser(text));
      }),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it("is what the writer writes", () => {
    const run = fc.record({
      text: fc.constantFrom("a", "b c", " d ", ", ", "“", "”", "é", "1", " — ", "x.", "!"),
      mark: fc.constantFrom(null, null, "italic", "bold"),
    });
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) => {
        const content = joinTexts(
          runs.map(({ text, mark }) => ({
            type: "text",
            text,
            ...(mark === null ? {} : { marks: [{ type: mark }] }),
          })),
        );
        const paragraph = { type: "paragraph", content };
        expect(blockToMarkdown(paragraph)).toBe(writtenByWriter(paragraph));
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});
