import type { JSONContent } from "@tiptap/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinTexts } from "./block-from-markdown";
import { blockToMarkdown } from "./block-to-markdown";
import { toBlocks } from "./to-blocks";

const write = (blocks: JSONContent[]) => blocks.map((block) => blockToMarkdown(block)).join("\n\n");
const read = (markdown: string) => toBlocks(markdown).map(({ json }) => json);
const again = (markdown: string) => write(read(markdown));
const paragraph = (...content: JSONContent[]): JSONContent => ({ type: "paragraph", content });
const text = (value: string, ...marks: string[]): JSONContent => ({
  ...{ type: "text", text: value },
  ...(marks.length > 0 ? { marks: marks.map((type) => ({ type })) } : {}),
});

describe("Markdown that is read and written again", () => {
  it("stays as it is to the last byte where it is prose", () => {
    const prose = [
      "First paragraph — with “quotes”, a dash - and don’t.",
      "A line,\nand one below it.\nAnd a third!",
      '*Italics*, **bold**, ~~gone~~, `code` and [a link](https://example.com "title").',
      "See https://example.com/a_b?x=1 for more.",
      "# One",
      "## Two *words*",
      "> Quoted,\n> twice.\n>\n> And again.",
      "- one\n- two\n  - three\n- four",
      "3. three\n4. four",
      "* * *",
      "```js\nlet a = 1;\n\nlet b = 2;\n```",
      "![A lighthouse](penora:IMG_ABC123)",
      "<b>not bold</b> & 1 < 2 && a <br> b",
      "雨が降る。\n\nДождь идёт.",
      "Fish & chips cost 5 $ (or 6 €) at 50% off; #1 in town",
    ].join("\n\n");
    expect(again(prose)).toBe(prose);
  });

  it("keeps as it was written what the editor can't hold", () => {
    const strange = [
      "| a | b |\n|---|---|\n| 1 | 2 |",
      "A note[^1] in a text.",
      "[^1]: The note.",
      "- [ ] to do\n- [x] done",
      "A [reference][r] to somewhere.",
      "[r]: https://example.com",
      "   An indented verse,\n      further in.",
      "[not a link](javascript:alert(1))",
      "***a*b** and `*x*` in **`y`**",
    ];
    const text = strange.join("\n\n");
    expect(again(text)).toBe(text);
    expect(read(text).every(({ type }) => type === "asWritten")).toBe(true);
  });

  it("shows what looks like HTML as text, whichever block it is in", () => {
    for (const html of [
      "<script>alert(1)</script>",
      "<!-- a -->",
      "<div>\n\nx\n\n</div>",
      "a <img src=x onerror=y> b",
    ]) {
      const words = read(html).map((block) => block.content?.map((part) => part.text).join("\n"));
      expect(words.join("\n\n")).toBe(html);
      expect(again(html)).toBe(html);
    }
  });
});

describe("what is typed and read again", () => {
  it("is text, though it looks like a heading, a list, a rule or a link", () => {
    const typed = [
      ...["# no heading", "1. no list", "1984. It was a bright day", "- no", "+ no", "* no", "> no quote"],
      ...[
        "---",
        "***",
        "===",
        "2 * 3 * 4",
        "snake_case_word",
        "*stars*",
        "[a](b)",
        "`code`",
        "~~x~~",
        "&amp;",
        "\\*",
      ],
      ...["| a | b |", "!", "![a](b)", "<b>x</b>", "a  b", "[^1]: x"],
      ...[
        "[a]: b",
        "#",
        "-",
        "1.",
        "1)",
        "```",
        "~~~",
        "a\\",
        "😀 *",
        "a_b_",
        "_",
        "**",
        "x:y",
        "¯\\_(ツ)_/¯",
      ],
    ];
    for (const words of typed) {
      expect(read(write([paragraph(text(words))])), words).toEqual([paragraph(text(words))]);
      const below = paragraph(text("A line"), { type: "hardBreak" }, text(words));
      expect(read(write([below])), words).toEqual([below]);
    }
  });

  it("becomes a link where it is an address, and loses no character", () => {
    for (const address of ["<https://example.com>", "http://x.y", "a@b.cd", "www.example.com/a_b"]) {
      const [block] = read(write([paragraph(text(address))]));
      expect(block?.content?.map((part) => part.text).join("")).toBe(address);
    }
  });

  it("keeps two lists that follow each other apart, and blank lines within a paragraph", () => {
    const list = (type: string, words: string): JSONContent => ({
      ...{ type, ...(type === "orderedList" ? { attrs: { start: 1 } } : {}) },
      content: [{ type: "listItem", content: [paragraph(text(words))] }],
    });
    for (const type of ["bulletList", "orderedList"]) {
      const lists = [list(type, "one"), list(type, "two")];
      const markdown = lists.map((block, nth) => blockToMarkdown(block, nth === 1)).join("\n\n");
      expect(read(markdown)).toEqual(lists);
    }
    const gap = paragraph(text("a"), { type: "hardBreak" }, { type: "hardBreak" }, text("b"));
    expect(read(write([gap]))).toEqual([gap]);
  });

  it("is the same again, whatever stands in it and however it is marked", () => {
    const word = fc
      .array(
        fc.oneof(
          { weight: 6, arbitrary: fc.constantFrom("a", "b", "é", "1", "雨", ".", ",", "!", "—", "'") },
          { weight: 2, arbitrary: fc.constantFrom(...'*_`[]()<>#+-=|~&\\:@/^"$'.split("")) },
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((letters) => letters.join(""));
    const marks = fc
      .constantFrom<string[][]>([], [], [], ["bold"], ["italic"], ["bold", "italic"], ["strike"])
      .map((m) => m);
    const run = fc.record({ word, marks, space: fc.boolean() });
    const block = fc
      .array(run, { minLength: 1, maxLength: 6 })
      .map((runs) =>
        paragraph(
          ...joinTexts(
            runs.flatMap(({ word: w, marks: m, space }, i) => [
              ...(i > 0 && space ? [text(" ")] : []),
              text(w, ...m),
            ]),
          ),
        ),
      );
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (blocks) => {
        expect(read(write(blocks))).toEqual(blocks);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
