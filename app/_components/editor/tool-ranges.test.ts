import { getSchema } from "@tiptap/core";
import { history, undo } from "@tiptap/pm/history";
import { EditorState, type Transaction } from "@tiptap/pm/state";
import { describe, expect, it } from "vitest";
import { DocumentText } from "./document-text";
import { editorExtensions } from "./extensions";
import { toBlocks } from "./markdown/to-blocks";
import { withAnswer } from "./tool-ranges";

const schema = getSchema(editorExtensions());

function open(markdown: string): EditorState {
  const content = toBlocks(markdown).map(({ json }) => json);
  return EditorState.create({ doc: schema.nodeFromJSON({ type: "doc", content }), plugins: [history()] });
}

const said = (state: EditorState) => new DocumentText().markdownOf(state.doc);

/** Where these words stand. */
function find(state: EditorState, words: string) {
  let found: { from: number; to: number } | null = null;
  state.doc.descendants((node, at) => {
    const start = node.isText ? (node.text ?? "").indexOf(words) : -1;
    if (start >= 0) found = { from: at + start, to: at + start + words.length };
  });
  if (found === null) throw new Error(`"${words}" is not there`);
  return found as { from: number; to: number };
}

describe("an answer that is accepted", () => {
  it("takes the place of its passage, and the paragraphs around it stay", () => {
    const state = open("One red fox.\n\nTwo.");
    const next = (words: string) =>
      said(state.apply(withAnswer(state, find(state, "red fox"), words, "replace")));
    expect(next("*blue* whale")).toBe("One *blue* whale.\n\nTwo.");
    expect(next("first.\n\nSecond")).toBe("One first.\n\nSecond.\n\nTwo.");
  });

  it("goes on in the sentence, or in a new paragraph behind one that is over", () => {
    const within = open("She went to\n\nLater.");
    const at = (state: EditorState, words: string) => ({
      from: find(state, words).to,
      to: find(state, words).to,
    });
    expect(said(within.apply(withAnswer(within, at(within, "went to"), "the sea.", "go on")))).toBe(
      "She went to the sea.\n\nLater.",
    );
    const over = open("She went.\n\nLater.");
    expect(said(over.apply(withAnswer(over, at(over, "went."), "It rained.\n\nThen sun.", "go on")))).toBe(
      "She went.\n\nIt rained.\n\nThen sun.\n\nLater.",
    );
  });

  it("stands below its passage where it is a list or a description", () => {
    const state = open("- one\n- two\n\nEnd.");
    expect(said(state.apply(withAnswer(state, find(state, "one"), "- A key\n- A map", "below")))).toBe(
      "- one\n- two\n\n* A key\n* A map\n\nEnd.",
    );
  });

  it("is one step back", () => {
    let state = open("One red fox.\n\nTwo.");
    const apply = (tr: Transaction) => void (state = state.apply(tr));
    apply(withAnswer(state, find(state, "red fox"), "a.\n\nb.\n\nc", "replace"));
    expect(said(state)).toBe("One a.\n\nb.\n\nc.\n\nTwo.");
    undo(state, apply);
    expect(said(state)).toBe("One red fox.\n\nTwo.");
  });
});
