import { type Editor, useEditor } from "@tiptap/react";
import { useState } from "react";
import { DocumentText } from "./document-text";
import { editorExtensions } from "./extensions";
import { openText } from "./open-text";

interface TextEditorOptions {
  readonly markdown: string;
  /** Names the field. */
  readonly label: string;
}

/**
 * The editor of a text. No part of the page is rendered for a keystroke: who wants to know of changes listens to the
 * editor. Null until the browser has made it.
 */
export function useTextEditor({ markdown, label }: TextEditorOptions): {
  editor: Editor | null;
  text: DocumentText;
  /** What was opened, as the editor writes it. */
  opened: string;
} {
  const [opened] = useState(() => openText(markdown));
  const [text] = useState(() => new DocumentText());
  const [extensions] = useState(editorExtensions);
  const editor = useEditor({
    extensions,
    content: opened.document,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    // Styles stand in the style sheet: the content policy lets no script write one.
    injectCSS: false,
    editorProps: {
      attributes: (state) => ({
        class: "written",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": label,
        spellcheck: "true",
        ...(state.doc.childCount === 1 && state.doc.firstChild?.content.size === 0
          ? { "data-empty": "" }
          : {}),
      }),
    },
    onCreate: ({ editor: made }) => text.learn(made.state.doc, opened.sources),
  });
  return { editor, text, opened: opened.markdown };
}
