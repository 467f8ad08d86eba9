"use client";

import { useEditorState } from "@tiptap/react";
import type { Editor } from "@tiptap/core";
import { Check, X } from "lucide-react";
import { useCallApi } from "@/lib/client/page-user";
import { getGeneration, stopGeneration } from "@/lib/contract/studio";
import type { ToolName } from "@/lib/contract/tool-input";
import { Button } from "@/lib/ui/button";
import type { Writing } from "../studio/generation-state";
import { linesToCopy } from "../tools/list-items";
import { ToolAnswer } from "../tools/tool-answer";
import { TOOL_WORDS } from "../tools/tool-words";
import { acceptAnswer, findRange, wordsOf } from "./tool-ranges";

/** An answer that was asked for, and the passage that it is about. */
export interface AskedTool {
  readonly id: string;
  readonly tool: ToolName;
  readonly writing: Writing;
  /** The words of the passage when the tool was asked. */
  readonly passage: string;
}

const WHERE = { write: "go on", rewrite: "replace", describe: "below", brainstorm: "below" } as const;

/** An answer beside the text. The text is as it was until it is accepted; rejected, nothing has happened to it. */
export function ToolCard({
  editor,
  asked,
  onAccepted,
  onGone,
}: {
  editor: Editor;
  asked: AskedTool;
  onAccepted: () => void;
  onGone: () => void;
}) {
  const { id, tool, writing, passage } = asked;
  const call = useCallApi();
  const now = useEditorState({
    editor,
    selector: ({ editor: e }) => {
      const range = findRange(e.state, id);
      return range === null ? null : wordsOf(e.state.doc, range);
    },
  });
  const gone = now === null || (tool === "rewrite" && now === "");

  function accept(text: string) {
    const answer = tool === "brainstorm" ? text : linesToCopy(text);
    if (!acceptAnswer(editor, id, answer, WHERE[tool])) return;
    onAccepted();
    onGone();
  }

  async function reject() {
    onGone();
    editor.commands.focus();
    // What nobody wants need not be written to its end, and costs nothing more.
    const { generation } = await call(getGeneration, { id: writing.generation.id }).catch(() => writing);
    if (generation.status === "writing")
      await call(stopGeneration, { id: writing.generation.id }).catch(() => undefined);
  }

  return (
    <section aria-label={`${TOOL_WORDS[tool].name}: answer`} className="border-t border-line pt-4">
      <div className="mb-2 flex items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">{TOOL_WORDS[tool].name}</h3>
        <Button size="sm" variant="quiet" onClick={() => void reject()}>
          <X aria-hidden="true" /> Reject
        </Button>
      </div>
      {passage === "" ? null : (
        <p className="mb-2 line-clamp-2 font-serif text-sm text-faint">“{passage.slice(0, 200)}”</p>
      )}
      {gone ? (
        <p className="mb-2 text-sm text-soft">
          The passage is no longer in the text. Copy the answer instead.
        </p>
      ) : tool === "rewrite" && now !== passage ? (
        <p className="mb-2 text-sm text-soft">
          You changed the passage since. Accept replaces it as it stands now; one undo brings it back.
        </p>
      ) : null}
      <ToolAnswer
        initial={writing}
        actions={(text) =>
          gone ? null : (
            <Button size="sm" onClick={() => accept(text)}>
              <Check aria-hidden="true" /> Accept
            </Button>
          )
        }
      />
    </section>
  );
}
