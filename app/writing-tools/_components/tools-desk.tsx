"use client";

import { CornerDownLeft, Undo2, Wand2 } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import { BeginButton } from "@/app/_components/studio/begin-button";
import { FailureNotice } from "@/app/_components/studio/failure-notice";
import type { Writing } from "@/app/_components/studio/generation-state";
import { type MeansAtFirst, NO_WRITER } from "@/app/_components/studio/means";
import { ModelChoice } from "@/app/_components/studio/model-choice";
import { balanceInWords, type Obstacle } from "@/app/_components/studio/price-words";
import { linesToCopy } from "@/app/_components/tools/list-items";
import { ToolAnswer } from "@/app/_components/tools/tool-answer";
import { askOfDraft, useToolDraft, withAnswer } from "@/app/_components/tools/tool-draft";
import { ToolOptions } from "@/app/_components/tools/tool-options";
import { TOOL_WORDS } from "@/app/_components/tools/tool-words";
import { useStartTool } from "@/app/_components/tools/use-start-tool";
import { UploadPanel } from "@/app/_components/upload/upload-panel";
import { usePageUser } from "@/lib/client/page-user";
import { useBalance } from "@/lib/client/use-balance";
import { quoteTool } from "@/lib/contract/quote";
import { MAX_GUIDANCE_CHARACTERS, MAX_TOOL_CHARACTERS, TOOLS } from "@/lib/contract/tool-input";
import { countWords } from "@/lib/contract/word-count";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { coinsInWords } from "@/lib/ui/coin";
import { Field } from "@/lib/ui/field";
import { figure } from "@/lib/ui/figure";
import { Input } from "@/lib/ui/input";
import { Segmented } from "@/lib/ui/segmented";
import { Textarea } from "@/lib/ui/textarea";

interface ToolsDeskProps extends MeansAtFirst {
  /** The last answers, newest first. */
  last: readonly Writing[];
}

/** A text, a tool, and its answers beside it. The text is changed by nothing but its writer's own hand. */
export function ToolsDesk({ last, balance: initialBalance, topupUrl, writer }: ToolsDeskProps) {
  const balance = useBalance(initialBalance).credits;
  const [draft, change] = useToolDraft(usePageUser());
  const [answers, setAnswers] = useState(last);
  const [before, setBefore] = useState<string | null>(null);
  const textField = useRef<HTMLTextAreaElement>(null);
  const { begin, busy, failure } = useStartTool();

  function accept(answer: string) {
    setBefore(draft.text);
    change({ text: withAnswer(draft, linesToCopy(answer)) });
    textField.current?.focus();
  }

  const made = askOfDraft(draft);
  const price = quoteTool(draft);
  const obstacle = findObstacle();

  function findObstacle(): Obstacle | null {
    if (writer === null) return NO_WRITER;
    if ("obstacle" in made) return { kind: "form", text: made.obstacle };
    if (price <= balance) return null;
    return { kind: "coins", text: `You have ${coinsInWords(balance)}, and this needs ${price}.` };
  }

  async function ask(event: FormEvent) {
    event.preventDefault();
    if (draft.text.trim() === "") textField.current?.focus();
    if (busy || obstacle !== null || "obstacle" in made) return;
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
          aside={`${figure(countWords(draft.text))} words`}
          hint={
            draft.tool === "write" && draft.text.length > MAX_TOOL_CHARACTERS.write
              ? `The last ${figure(MAX_TOOL_CHARACTERS.write)} characters are sent.`
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
        <ModelChoice value={draft.model} onChange={(model) => change({ model })} />
        <div className="border-t border-line pt-5">
          <p className="font-serif text-lg text-ink tabular-nums">
            {coinsInWords(price)}.{" "}
            <span className="text-soft">{balanceInWords(balance, { credits: price })}</span>
          </p>
          <BeginButton
            type="submit"
            variant="primary"
            className="mt-3"
            busy={busy}
            obstacle={obstacle}
            topupUrl={topupUrl}
            note="Charged for what is delivered. An answer that fails costs nothing."
          >
            <Wand2 aria-hidden="true" /> {words.button}
          </BeginButton>
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
