"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { ApiError } from "@/lib/client/api-error";
import { newsOf, tellBalance } from "@/lib/client/balance-news";
import { useCallApi, usePageUser } from "@/lib/client/page-user";
import { MAX_PAGES, MAX_PROMPT_CHARACTERS } from "@/lib/contract/prompt-input";
import { MODEL_NAMES, MODELS, quote } from "@/lib/contract/quote";
import { startGeneration } from "@/lib/contract/studio";
import { estimatePageBytes } from "@/lib/contract/text-size";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Segmented } from "@/lib/ui/segmented";
import { Textarea } from "@/lib/ui/textarea";
import { UploadPanel } from "../../_components/upload/upload-panel";
import { failureInWords, type Failure } from "./failure-words";
import { PriceCard } from "./price-card";
import { findObstacle, type Obstacle } from "./price-words";
import { type Draft, pagesOf, useDraft } from "./use-draft";
import { Wishes } from "./wishes";

export interface PromptFormProps {
  balance: number;
  freeBytes: number;
  topupUrl: string;
  /** Null where writing is not available. */
  writer: { demoLabel: string | null } | null;
  onBegun: (generationId: string) => void;
}

const NAMES = { creative: "Creative", balanced: "Balanced", fast: "Fast" } as const;
const figures = new Intl.NumberFormat("en-GB");

/** What a text is to be, with its price while it is typed. What was typed stays until a text was begun with it. */
export function PromptForm({ balance, freeBytes, topupUrl, writer, onBegun }: PromptFormProps) {
  const userId = usePageUser();
  const callApi = useCallApi();
  const [draft, change] = useDraft(userId);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = useRef<{ body: string; key: string } | null>(null);
  const promptField = useRef<HTMLTextAreaElement>(null);
  const headingId = useId();

  const pages = pagesOf(draft);
  const price = pages === null ? null : quote({ pages, model: draft.model });
  const obstacle = findFormObstacle(draft, pages) ?? moneyObstacle();

  function moneyObstacle(): Obstacle | null {
    if (pages === null || price === null) return null;
    const needed = estimatePageBytes({ prompt: draft.prompt, language: draft.language, pages });
    return findObstacle({ balance, freeBytes }, price, needed);
  }

  async function begin(event: FormEvent) {
    event.preventDefault();
    if (obstacle?.kind === "form" && draft.prompt.trim() === "") promptField.current?.focus();
    if (busy || obstacle !== null || pages === null || writer === null) return;
    const ask = askOf(draft, pages);
    const body = JSON.stringify(ask);
    // A request that was never answered may have arrived: the same once more is the same text, not a second one.
    if (attempt.current?.body !== body) attempt.current = { body, key: newIdempotencyKey() };
    setBusy(true);
    setFailure(null);
    try {
      const begun = await callApi(startGeneration, ask, { idempotencyKey: attempt.current.key });
      attempt.current = null;
      tellBalance(newsOf(begun));
      change({ prompt: "", material: "", materialName: "" });
      onBegun(begun.generation_id);
    } catch (error) {
      setFailure(failureInWords(error));
      if (!(error instanceof ApiError)) return;
      if (error.code !== "unreachable") attempt.current = null;
      if (error.code === "insufficient_credits" && typeof error.answer.credits === "number")
        tellBalance({ credits: error.answer.credits });
    } finally {
      setBusy(false);
    }
  }

  const tooLong = draft.prompt.length - MAX_PROMPT_CHARACTERS;
  return (
    <form onSubmit={begin} noValidate aria-labelledby={headingId}>
      <h1
        id={headingId}
        className="mb-8 text-2xl leading-tight font-semibold tracking-[-0.02em] sm:text-[1.75rem]"
      >
        Write from a prompt
      </h1>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-7">
          <Field
            label="What should it be about?"
            aside={`${figures.format(draft.prompt.length)} / ${figures.format(MAX_PROMPT_CHARACTERS)}`}
            error={tooLong > 0 ? `${figures.format(tooLong)} characters too many.` : undefined}
          >
            {(control) => (
              <Textarea
                {...control}
                ref={promptField}
                written
                rows={6}
                value={draft.prompt}
                onChange={(event) => change({ prompt: event.target.value })}
                placeholder="A lighthouse keeper finds a letter in a bottle, and must decide whether to answer it."
              />
            )}
          </Field>
          <UploadPanel
            context={draft.material === "" ? null : { name: draft.materialName, text: draft.material }}
            onContext={(context) =>
              change({ material: context?.text ?? "", materialName: context?.name ?? "" })
            }
            sentWith="each page"
            work={{
              label: "Use as the prompt",
              most: MAX_PROMPT_CHARACTERS,
              onText: (prompt) => change({ prompt }),
            }}
          />
          <div className="grid gap-x-8 gap-y-6 sm:grid-cols-[8rem_minmax(0,1fr)]">
            <Field
              label="Pages"
              hint={`1 to ${MAX_PAGES}`}
              error={pages === null ? `A whole number from 1 to ${MAX_PAGES}.` : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={MAX_PAGES}
                  step={1}
                  value={draft.pages}
                  onChange={(event) => change({ pages: event.target.value })}
                  className="tabular-nums"
                />
              )}
            </Field>
            <Segmented
              legend="Model"
              wide
              value={draft.model}
              onChange={(model) => change({ model })}
              options={MODEL_NAMES.map((name) => ({
                value: name,
                label: NAMES[name],
                note: `${MODELS[name]} ${MODELS[name] === 1 ? "coin" : "coins"} a page`,
              }))}
            />
          </div>
          <Wishes draft={draft} change={change} />
        </div>
        <PriceCard
          price={price}
          balance={balance}
          obstacle={obstacle}
          writer={writer}
          topupUrl={topupUrl}
          busy={busy}
          failure={failure}
        />
      </div>
    </form>
  );
}

function findFormObstacle({ prompt }: Draft, pages: number | null): Obstacle | null {
  if (prompt.trim() === "") return { kind: "form", text: "Say first what it should be about." };
  if (prompt.length > MAX_PROMPT_CHARACTERS) return { kind: "form", text: "The prompt is too long." };
  if (pages === null) return { kind: "form", text: `Say how many pages: 1 to ${MAX_PAGES}.` };
  return null;
}

function askOf(draft: Draft, pages: number) {
  const { prompt, model, language, tone, pointOfView, audience, format, material } = draft;
  const wish = (text: string) => (text.trim() === "" ? undefined : text.trim());
  return {
    prompt,
    pages,
    model,
    format,
    language: wish(language),
    tone: wish(tone),
    audience: wish(audience),
    point_of_view: pointOfView === "" ? undefined : pointOfView,
    context: material === "" ? undefined : material,
  };
}
