"use client";

import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { Wand2, X } from "lucide-react";
import { type FormEvent, useEffect, useEffectEvent, useState } from "react";
import { useBalance } from "@/lib/client/use-balance";
import { quoteTool } from "@/lib/contract/quote";
import { MAX_AFTER_CHARACTERS, MAX_TOOL_CHARACTERS, type ToolInput, TOOLS } from "@/lib/contract/tool-input";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { coinsInWords } from "@/lib/ui/coin";
import { Segmented } from "@/lib/ui/segmented";
import { FailureNotice } from "../studio/failure-notice";
import type { Writing } from "../studio/generation-state";
import { type MeansAtFirst, NO_WRITER } from "../studio/means";
import { balanceInWords } from "../studio/price-words";
import { WayOut } from "../studio/way-out";
import { askOfDraft, EMPTY_TOOL_DRAFT, type ToolDraft } from "../tools/tool-draft";
import { ToolOptions } from "../tools/tool-options";
import { TOOL_WORDS } from "../tools/tool-words";
import { useStartTool } from "../tools/use-start-tool";
import { type AskedTool, ToolCard } from "./tool-card";
import { dropRange, keepRange, type ToolRange, wordsOf } from "./tool-ranges";

export type ToolPanelProps = MeansAtFirst & {
  editor: Editor;
  /** An answer of this generation stands in the text now. */
  onAccepted: (generation: Writing["generation"]) => void;
  onClose: () => void;
};

/** The writing tools beside a text: they work on what is selected, or go on where the cursor is. */
export function ToolPanel({
  editor,
  balance: initial,
  topupUrl,
  writer,
  onAccepted,
  onClose,
}: ToolPanelProps) {
  const balance = useBalance(initial).credits;
  const [draft, setDraft] = useState(EMPTY_TOOL_DRAFT);
  const [asked, setAsked] = useState<readonly AskedTool[]>([]);
  const { begin, busy, failure } = useStartTool();
  const empty = useEditorState({ editor, selector: ({ editor: e }) => e.state.selection.empty });
  const price = quoteTool(draft);
  const selectFirst = "Select the words that it is about.";
  const obstacle =
    writer === null
      ? NO_WRITER.text
      : empty && (draft.tool === "rewrite" || draft.tool === "describe")
        ? selectFirst
        : null;
  const short = price > balance;
  const [refusal, setRefusal] = useState<string | null>(null);

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (busy || short || obstacle !== null) return;
    const { range, passage, after } = passageFor(editor, draft);
    if (passage.trim() === "")
      return setRefusal(range.from === range.to ? "Write something first." : selectFirst);
    const made = askOfDraft({ ...draft, text: passage });
    setRefusal("obstacle" in made ? made.obstacle : null);
    if ("obstacle" in made) return;
    const id = crypto.randomUUID();
    keepRange(editor, id, range);
    const writing = await begin(
      made.ask.tool === "write" && after !== "" ? { ...made.ask, after } : (made.ask satisfies ToolInput),
    );
    if (writing === null) return dropRange(editor, id);
    const about = range.from === range.to ? "" : passage;
    setAsked((now) => [{ id, tool: draft.tool, writing, passage: about }, ...now]);
  }

  function gone(id: string) {
    dropRange(editor, id);
    setAsked((now) => now.filter((one) => one.id !== id));
  }

  const dropAll = useEffectEvent(() => asked.forEach(({ id }) => dropRange(editor, id)));
  useEffect(() => () => dropAll(), []);

  // Beside the text and in sight wherever one writes in it; where there is no room beside, at the lower edge.
  return (
    <div data-tools="" className="lg:absolute lg:inset-y-0 lg:left-[calc(100%+1.5rem)] lg:w-68">
      <aside
        aria-label="Writing tools"
        className="fixed inset-x-0 bottom-0 z-20 max-h-[55dvh] overflow-y-auto overscroll-contain border-t border-edge bg-sheet p-4 shadow-sheet lg:sticky lg:top-4 lg:mt-5 lg:max-h-[calc(100dvh-2rem)] lg:rounded-lg lg:border lg:border-line lg:shadow-none"
      >
        <div className="mb-3 flex items-center justify-between">
          <h2 className="text-sm font-semibold">Writing tools</h2>
          <button
            type="button"
            aria-label="Close the writing tools"
            onClick={onClose}
            className="-mr-2 grid size-8 place-items-center rounded-md text-soft hover:bg-well hover:text-ink"
          >
            <X aria-hidden="true" className="size-4" />
          </button>
        </div>
        <div className="mb-5 space-y-5 border-b border-line pb-5 empty:hidden">
          {asked.map((one) => (
            <ToolCard
              key={one.id}
              editor={editor}
              asked={one}
              onAccepted={() => onAccepted(one.writing.generation)}
              onGone={() => gone(one.id)}
            />
          ))}
        </div>
        <form onSubmit={(event) => void ask(event)} noValidate className="space-y-4">
          <Segmented
            legend="Tool"
            hideLegend
            size="sm"
            wide
            value={draft.tool}
            onChange={(tool) => setDraft({ ...draft, tool })}
            options={TOOLS.map((value) => ({ value, label: TOOL_WORDS[value].name }))}
          />
          <p className="text-[0.8125rem] text-soft">{TOOL_WORDS[draft.tool].does}</p>
          <ToolOptions draft={draft} change={(part) => setDraft((now) => ({ ...now, ...part }))} />
          <p className="text-sm text-soft tabular-nums">
            {coinsInWords(price)}.{" "}
            {short ? (
              <>
                You have {coinsInWords(balance)}. <WayOut kind="coins" topupUrl={topupUrl} />
              </>
            ) : (
              balanceInWords(balance, { credits: price })
            )}
          </p>
          <Button
            type="submit"
            variant="primary"
            size="sm"
            busy={busy}
            aria-disabled={short || obstacle !== null || undefined}
            aria-describedby="tool-obstacle"
          >
            <Wand2 aria-hidden="true" /> {TOOL_WORDS[draft.tool].button}
          </Button>
          <p id="tool-obstacle" className="text-[0.8125rem] text-faint">
            {obstacle ?? refusal ?? "The text stays as it is until you accept an answer."}
          </p>
          {writer?.demoLabel ? <Badge tone="warn">{writer.demoLabel}</Badge> : null}
          {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} />}
        </form>
      </aside>
    </div>
  );
}

/** What the tool is given to read, and the passage that its answer is about. */
function passageFor(
  editor: Editor,
  { tool }: ToolDraft,
): { range: ToolRange; passage: string; after: string } {
  const { doc, selection } = editor.state;
  const { from, to, empty } = selection;
  const { size } = doc.content;
  if (tool !== "write" && !empty)
    return { range: { from, to }, passage: wordsOf(doc, { from, to }), after: "" };
  const before = wordsOf(doc, { from: 0, to }).slice(-MAX_TOOL_CHARACTERS[tool]).toWellFormed();
  const after = wordsOf(doc, { from: to, to: Math.min(size, to + 2 * MAX_AFTER_CHARACTERS) });
  return {
    range: { from: to, to },
    passage: before,
    after: after.slice(0, MAX_AFTER_CHARACTERS).toWellFormed(),
  };
}
