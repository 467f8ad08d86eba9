import type { Editor, JSONContent } from "@tiptap/core";
import { type DocumentText } from "./document-text";
import { toBlocks } from "./markdown/to-blocks";

/** A text that was read for the editor. */
export interface OpenedText {
  readonly document: JSONContent;
  readonly sources: readonly string[];
  /** What the editor says of it as long as nobody changes it. */
  readonly markdown: string;
}

/** Reads stored Markdown for the editor. */
export function openText(markdown: string): OpenedText {
  const blocks = toBlocks(markdown);
  const sources = blocks.map(({ source }) => source);
  return {
    document: { type: "doc", content: blocks.map(({ json }) => json) },
    sources,
    markdown: sources.filter((source) => source !== "").join("\n\n"),
  };
}

/** Puts another text into the editor, as one step that can be undone. Nobody is told of an update. */
export function replaceText(editor: Editor, text: DocumentText, markdown: string): void {
  const opened = openText(markdown);
  editor.commands.setContent(opened.document, { emitUpdate: false });
  text.learn(editor.state.doc, opened.sources);
}
