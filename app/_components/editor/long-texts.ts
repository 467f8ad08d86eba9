import { Extension } from "@tiptap/core";
import { type EditorState, Plugin, TextSelection, type Transaction } from "@tiptap/pm/state";

/** Characters, more or less: some 40 pages. */
const LONG = 100_000;

/**
 * Typing in a long text. A browser that types a letter by itself counts all characters before the cursor, and once more
 * when the editor has read the page; where the editor types it, that is done once: two thirds of the time at the end of a
 * novel. What an input method, a spelling or a device with a keyboard on its screen puts in goes the browser's own way.
 */
export const LongTexts = Extension.create({
  name: "longTexts",
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleKeyPress(view, { charCode }) {
          const typed = typedInLongText(view.state, charCode);
          if (typed === null) return false;
          const { text, from, to, transaction } = typed;
          const taken = view.someProp("handleTextInput", (handle) =>
            handle(view, from, to, text, transaction),
          );
          if (taken !== true) view.dispatch(transaction());
          return true;
        },
      },
    }),
  ],
});

interface Typed {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly transaction: () => Transaction;
}

/** What a key changes in a long text; null where the browser shall see to it. */
export function typedInLongText(state: EditorState, charCode: number): Typed | null {
  const { selection, doc } = state;
  if (charCode < 32 || doc.content.size < LONG || !(selection instanceof TextSelection)) return null;
  const { from, to } = selection;
  const text = String.fromCharCode(charCode);
  return { text, from, to, transaction: () => state.tr.insertText(text).scrollIntoView() };
}
