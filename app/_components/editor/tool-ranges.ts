import { type Editor, Extension } from "@tiptap/core";
import { closeHistory } from "@tiptap/pm/history";
import { Fragment, Node, Slice } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { toBlocks } from "./markdown/to-blocks";

/** A passage that a tool works on, wherever the text around it has moved it. */
export interface ToolRange {
  readonly from: number;
  readonly to: number;
}

type Ranges = ReadonlyMap<string, ToolRange>;
type Change = { readonly keep: string; readonly range: ToolRange } | { readonly drop: string };

const key = new PluginKey<Ranges>("toolRanges");

function moved(ranges: Ranges, transaction: Transaction): Ranges {
  const change = transaction.getMeta(key) as Change | undefined; // nobody else has the key
  if (!transaction.docChanged && change === undefined) return ranges;
  const next = new Map<string, ToolRange>();
  for (const [id, { from, to }] of ranges) {
    // What is typed at its edges stands outside of it.
    const start = transaction.mapping.map(from, from === to ? -1 : 1);
    next.set(id, { from: start, to: Math.max(start, transaction.mapping.map(to, -1)) });
  }
  if (change !== undefined && "keep" in change) next.set(change.keep, change.range);
  if (change !== undefined && "drop" in change) next.delete(change.drop);
  return next;
}

/** Keeps the passages that tools work on: each is moved with the text, and marked in it. */
export const ToolRanges = Extension.create({
  name: "toolRanges",
  addProseMirrorPlugins: () => [
    new Plugin<Ranges>({
      key,
      state: { init: () => new Map(), apply: (transaction, ranges) => moved(ranges, transaction) },
      props: {
        decorations(state) {
          const ranges = key.getState(state);
          if (ranges === undefined || ranges.size === 0) return null;
          const marks = [...ranges.values()].map(({ from, to }) =>
            Decoration.inline(from, to, { class: "tool-range" }),
          );
          return DecorationSet.create(state.doc, marks);
        },
      },
    }),
  ],
});

export function keepRange(editor: Editor, id: string, range: ToolRange): void {
  editor.view.dispatch(editor.state.tr.setMeta(key, { keep: id, range } satisfies Change));
}

export function dropRange(editor: Editor, id: string): void {
  if (!editor.isDestroyed) editor.view.dispatch(editor.state.tr.setMeta(key, { drop: id } satisfies Change));
}

export function findRange(state: EditorState, id: string): ToolRange | null {
  return key.getState(state)?.get(id) ?? null;
}

/** The words of a passage as they stand now. */
export function wordsOf(document: Node, { from, to }: ToolRange): string {
  return document.textBetween(from, to, "\n\n", "\n");
}

const ENDS_SENTENCE = /[.!?…。！？]["”’')\]»]*\s*$/u;

/**
 * The change that puts an answer into the text: in place of its passage, or behind it. Behind the end of a sentence that
 * ends its paragraph the answer begins a paragraph of its own.
 */
export function withAnswer(
  state: EditorState,
  { from, to }: ToolRange,
  answer: string,
  where: "replace" | "go on" | "below",
): Transaction {
  const nodes = toBlocks(answer).map(({ json }) => Node.fromJSON(state.schema, json));
  const end = state.doc.resolve(to);
  const atEnd = end.parentOffset === end.parent.content.size;
  const before = end.parent.isTextblock ? end.parent.textBetween(0, end.parentOffset, undefined, " ") : "";
  const asBlocks = where === "below" || (where === "go on" && atEnd && ENDS_SENTENCE.test(before));
  if (asBlocks && end.depth > 0) {
    const after = end.after(1);
    return state.tr.replaceRange(after, after, new Slice(Fragment.from(nodes), 0, 0));
  }
  const open = [nodes.at(0), nodes.at(-1)].map((node) => (node?.type.name === "paragraph" ? 1 : 0));
  const slice = new Slice(Fragment.from(nodes), open[0] ?? 0, open[1] ?? 0);
  if (where === "replace") return state.tr.replaceRange(from, to, slice);
  const tr = state.tr;
  if (before !== "" && !/\s$/.test(before)) tr.insertText(" ", to);
  const place = tr.mapping.map(to);
  return tr.replaceRange(place, place, slice);
}

/** Puts an answer into the text, as one step that can be undone. False where its passage is gone. */
export function acceptAnswer(
  editor: Editor,
  id: string,
  answer: string,
  where: "replace" | "go on" | "below",
): boolean {
  const range = findRange(editor.state, id);
  if (range === null || (where === "replace" && range.from === range.to)) return false;
  editor.view.dispatch(closeHistory(withAnswer(editor.state, range, answer, where)).scrollIntoView());
  // What is typed next is a step of its own.
  editor.view.dispatch(closeHistory(editor.state.tr));
  dropRange(editor, id);
  editor.commands.focus();
  return true;
}
