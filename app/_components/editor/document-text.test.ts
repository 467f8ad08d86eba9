import { getSchema } from "@tiptap/core";
import { EditorState } from "@tiptap/pm/state";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countText } from "@/lib/contract/word-count";
import { DocumentText } from "./document-text";
import { editorExtensions } from "./extensions";
import { toBlocks } from "./markdown/to-blocks";

const schema = getSchema(editorExtensions());

function open(markdown: string) {
  const blocks = toBlocks(markdown);
  const doc = schema.nodeFromJSON({ type: "doc", content: blocks.map(({ json }) => json) });
  doc.check();
  const text = new DocumentText();
  text.learn(
    doc,
    blocks.map(({ source }) => source),
  );
  return { doc, text, state: EditorState.create({ doc }) };
}

const STRANGE =
  "* a\n* b\n\n***\n\n__bold__ and _it_\n\nAn _old_ way\n======\n\n| a |\n|---|\n| 1 |\n\n    an indented verse";

describe("the Markdown of a document", () => {
  it("is that of its source for every block that nobody touched", () => {
    const { doc, text, state } = open(STRANGE);
    expect(text.markdownOf(doc)).toBe(STRANGE);
    const changed = state.apply(state.tr.insertText("X", 3)).doc;
    expect(text.markdownOf(changed)).toBe(STRANGE.replace("* a\n* b", "- Xa\n- b"));
  });

  it("keeps lists in a row apart, whatever marks they came with", () => {
    const { doc, text } = open("* a\n\n- b\n\n1. c\n\n1) d");
    const again = toBlocks(text.markdownOf(doc));
    expect(again.map(({ json }) => json.type)).toEqual([
      "bulletList",
      "bulletList",
      "orderedList",
      "orderedList",
    ]);
  });

  it("is empty for an empty document, and passes empty paragraphs over", () => {
    const empty = open(" \n\n ");
    expect(empty.text.markdownOf(empty.doc)).toBe("");
    expect(empty.text.countOf(empty.doc)).toEqual(countText(""));
    const { doc, text } = open("a\n\n\n\n\nb");
    expect(text.markdownOf(doc)).toBe("a\n\nb");
  });
});

describe("the count of a document", () => {
  it("is the count of its Markdown, after any edit", () => {
    const piece = fc.constantFrom(
      "one two",
      "**bold** word",
      "- a\n- b",
      "雨が降る",
      "don’t 1,000.5",
      "# Head\n\nx",
    );
    const edit = fc.record({ at: fc.nat(200), words: fc.constantFrom("x", " y z ", "雨", "'s") });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1 }), fc.array(edit, { maxLength: 5 }), (pieces, edits) => {
        const { text, ...opened } = open(pieces.join("\n\n"));
        let { state } = opened;
        expect(text.countOf(state.doc)).toEqual(countText(text.markdownOf(state.doc)));
        for (const { at, words } of edits) {
          const places: number[] = [];
          state.doc.descendants((node, pos) => void (node.isTextblock && places.push(pos + 1)));
          state = state.apply(state.tr.insertText(words, places[at % places.length] ?? 1));
          expect(text.countOf(state.doc)).toEqual(countText(text.markdownOf(state.doc)));
        }
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
