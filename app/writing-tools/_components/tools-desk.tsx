"use client";

import { CornerDownLeft, Undo2, Wand2 } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { ToolAnswer } from "@/app/_components/tools/tool-answer";
import { linesToCopy } from "@/app/_components/tools/list-items";
import { TOOL_WORDS } from "@/app/_components/tools/tool-words";
import { useStartTool } from "@/app/_components/tools/use-start-tool";
import { UploadPanel } from "@/app/_components/upload/upload-panel";
import { FailureNotice } from "@/app/single-prompt/_components/failure-notice";
import type { Writing } from "@/app/single-prompt/_components/generation-state";
import { useBalance } from "@/lib/client/use-balance";
import { WayOut } from "@/app/single-prompt/_components/way-out";
import type { BalanceNews } from "@/lib/client/balance-news";
import { usePageUser } from "@/lib/client/page-user";
import { MODEL_NAMES, quoteTool } from "@/lib/contract/quote";
import { MAX_GUIDANCE_CHARACTERS, MAX_TOOL_CHARACTERS, TOOLS } from "@/lib/contract/tool-input";
import { countWords } from "@/lib/contract/word-count";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { coinsInWords } from "@/lib/ui/coin";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Segmented } from "@/lib/ui/segmented";
import { Textarea } from "@/lib/ui/textarea";
import {
  askOfDraft,
  EMPTY_TOOL_DRAFT,
  keepToolDraft,
  readToolDraft,
  type ToolDraft,
  withAnswer,
} from "./tool-draft";
import { ToolOptions } from "./tool-options";

interface ToolsDeskProps {
  /** The last answers, newest first. */
  last: readonly Writing[];
  balance: Required<BalanceNews>;
  topupUrl: string;
  /** Null where writing is not available. */
  writer: { demoLabel: string | null } | null;
}

const MODEL_WORDS = { creative: "Creative", balanced: "Balanced", fast: "Fast" } as const;
const figures = new Intl.NumberFormat("en-GB");

/** A text, a tool, and its answers beside it. The text is changed by nothing but its writer's own hand. */
export function ToolsDesk({ last, balance: initialBalance, topupUrl, writer }: ToolsDeskProps) {
  const userId = usePageUser();
  const balance = useBalance(initialBalance).credits;
  const [draft, setDraft] = useState(EMPTY_TOOL_DRAFT);
  const [answers, setAnswers] = useState(last);
  const [before, setBefore] = useState<string | null>(null);
  const textField = useRef<HTMLTextAreaElement>(null);
  const { begin, busy, failure } = useStartTool();

  useEffect(() => {
    const kept = readToolDraft(userId);
    // The server does not know what this tab keeps: it is put in once the page is there.
    if (kept !== null) setDraft(kept);
  }, [userId]);

  function change(part: Partial<ToolDraft>) {
    setDraft((now) => {
      const next = { ...now, ...part };
      keepToolDraft(userId, next);
      return next;
    });
  }

  function accept(answer: string) {
    setBefore(draft.text);
    change({ text: withAnswer(draft, linesToCopy(answer)) });
    textField.current?.focus();
  }

  const made = askOfDraft(draft);
  const price = quoteTool(draft);
  const short = price > balance;

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (draft.text.trim() === "") textField.current?.focus();
    if (busy || short || writer === null || "obstacle" in made) return;
    const writing = await begin(made.ask);
    if (writing !== null) setAnswers((now) => [writing, ...now]);
  }

  const words = TOOL_WORDS[draft.tool];
  return (
    <div className="grid gap-x-12 gap-y-10 lg:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)]">
      <form onSubmit={ask} noValidate className="flex min-w-0 flex-col gap-7">
        <Segmented
          legend="Tool"
          hideLegend
          wide
          value={draft.tool}
          onChange={(tool) => change({ tool })}
          options={TOOLS.map((value) => ({ value, label: TOOL_WORDS[value].name }))}
        />
        <p className="-mt-3 text-[0.9375rem] text-soft">{words.does}</p>
        <Field
          label="Your text"
          aside={`${figures.format(countWords(draft.text))} words`}
          hint={
            draft.tool === "write" && draft.text.length > MAX_TOOL_CHARACTERS.write
              ? `The last ${figures.format(MAX_TOOL_CHARACTERS.write)} characters are sent.`
              : undefined
          }
        >
          {(control) => (
            <Textarea
              {...control}
              ref={textField}
              written
              rows={10}
              value={draft.text}
              onChange={(event) => {
                setBefore(null);
                change({ text: event.target.value });
              }}
              placeholder={
                draft.tool === "describe"
                  ? "An old lighthouse at low tide"
                  : "Put in a passage, or read a file."
              }
            />
          )}
        </Field>
        {before === null ? null : (
          <div className="-mt-4">
            <Button
              size="sm"
              variant="quiet"
              onClick={() => {
                change({ text: before });
                setBefore(null);
              }}
            >
              <Undo2 aria-hidden="true" /> Undo: put the text back as it was
            </Button>
          </div>
        )}
        <UploadPanel
          context={draft.context}
          onContext={(context) => change({ context })}
          sentWith="each request"
          work={{
            label: "Work on this text",
            onText: (text) => {
              setBefore(draft.text === "" ? null : draft.text);
              change({ text });
            },
          }}
        />
        <ToolOptions draft={draft} change={change} />
        <Field label="A wish of yours" aside="optional">
          {(control) => (
            <Input
              {...control}
              value={draft.guidance}
              maxLength={MAX_GUIDANCE_CHARACTERS}
              onChange={(event) => change({ guidance: event.target.value })}
              placeholder="Keep the keeper silent."
            />
          )}
        </Field>
        <Segmented
          legend="Model"
          wide
          value={draft.model}
          onChange={(model) => change({ model })}
          options={MODEL_NAMES.map((value) => ({ value, label: MODEL_WORDS[value] }))}
        />
        <div className="border-t border-line pt-5">
          <p className="font-serif text-lg text-ink tabular-nums">
            {coinsInWords(price)}.{" "}
            <span className="text-soft">
              {short
                ? ""
                : `Balance ${figures.format(balance)} → at least ${figures.format(balance - price)}.`}
            </span>
          </p>
          <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button
              type="submit"
              variant="primary"
              busy={busy}
              aria-disabled={writer === null || short || "obstacle" in made || undefined}
              aria-describedby="tool-reason"
            >
              <Wand2 aria-hidden="true" /> {words.button}
            </Button>
            <p id="tool-reason" className="min-w-0 flex-1 basis-52 text-sm text-soft">
              {writer === null ? (
                "Writing is not available: this server has no model to write with."
              ) : "obstacle" in made ? (
                made.obstacle
              ) : short ? (
                <>
                  You have {coinsInWords(balance)}, and this needs {price}.{" "}
                  <WayOut kind="coins" topupUrl={topupUrl} />
                </>
              ) : (
                "Charged for what is delivered. An answer that fails costs nothing."
              )}
            </p>
          </div>
          {writer?.demoLabel ? (
            <p className="mt-4">
              <Badge tone="warn">{writer.demoLabel}</Badge>
            </p>
          ) : null}
          {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} className="mt-4" />}
        </div>
      </form>
      <section aria-label="Answers" className="min-w-0 space-y-8">
        {answers.length === 0 ? (
          <p className="rounded-lg border border-dashed border-line p-6 text-[0.9375rem] text-faint">
            Answers stand here, beside your text. Your text stays as it is until you accept one.
          </p>
        ) : null}
        {answers.map((writing) => (
          <ToolAnswer
            key={writing.generation.id}
            initial={writing}
            actions={(text) => (
              <Button size="sm" onClick={() => accept(text)}>
                <CornerDownLeft aria-hidden="true" />
                {draft.tool === "rewrite" ? "Accept: replace the text" : "Accept: add to the text"}
              </Button>
            )}
          />
        ))}
      </section>
    </div>
  );
}
