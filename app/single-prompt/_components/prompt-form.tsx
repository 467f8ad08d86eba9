"use client";

import { PenLine } from "lucide-react";
import { type FormEvent, useRef } from "react";
import { useCallApi, usePageUser } from "@/lib/client/page-user";
import { MAX_PAGES, MAX_PROMPT_CHARACTERS } from "@/lib/contract/prompt-input";
import { MODELS, quote } from "@/lib/contract/quote";
import { startGeneration } from "@/lib/contract/studio";
import { estimatePageBytes } from "@/lib/contract/text-size";
import { NumberField } from "@/lib/ui/number-field";
import { type Means, NO_WRITER, obstacleTo } from "../../_components/studio/means";
import { ModelChoice } from "../../_components/studio/model-choice";
import { PriceCard } from "../../_components/studio/price-card";
import type { Obstacle } from "../../_components/studio/price-words";
import { PromptField } from "../../_components/studio/prompt-field";
import { StudioForm } from "../../_components/studio/studio-form";
import { useBegin } from "../../_components/studio/use-begin";
import { WayOut } from "../../_components/studio/way-out";
import { UploadPanel } from "../../_components/upload/upload-panel";
import { TextWishes } from "./text-wishes";
import { type Draft, pagesOf, useDraft } from "./use-draft";

interface PromptFormProps {
  means: Means;
  onBegun: (generationId: string) => void;
}

/** What a text is to be, with its price while it is typed. What was typed stays until a text was begun with it. */
export function PromptForm({ means, onBegun }: PromptFormProps) {
  const callApi = useCallApi();
  const [draft, change] = useDraft(usePageUser());
  const { busy, failure, begin } = useBegin();
  const promptField = useRef<HTMLTextAreaElement>(null);

  const pages = pagesOf(draft);
  const price = pages === null ? null : quote({ pages, model: draft.model });
  const obstacle = findFormObstacle();

  function findFormObstacle(): Obstacle | null {
    if (means.writer === null) return NO_WRITER;
    const form = (text: string): Obstacle => ({ kind: "form", text });
    if (draft.prompt.trim() === "") return form("Say first what it should be about.");
    if (draft.prompt.length > MAX_PROMPT_CHARACTERS) return form("The prompt is too long.");
    if (pages === null || price === null) return form(`Say how many pages: 1 to ${MAX_PAGES}.`);
    const { prompt, language } = draft;
    return obstacleTo(means, price, estimatePageBytes({ prompt, language, pages }));
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.prompt.trim() === "") promptField.current?.focus();
    if (obstacle !== null || pages === null) return;
    const ask = askOf(draft, pages);
    void begin(
      JSON.stringify(ask),
      (idempotencyKey) => callApi(startGeneration, ask, { idempotencyKey }),
      (begun) => {
        change({ prompt: "", material: "", materialName: "" });
        onBegun(begun.generation_id);
      },
    );
  }

  return (
    <StudioForm title="Write from a prompt" onSubmit={submit}>
      <div className="flex min-w-0 flex-col gap-7">
        <PromptField
          label="What should it be about?"
          ref={promptField}
          rows={6}
          maxCharacters={MAX_PROMPT_CHARACTERS}
          value={draft.prompt}
          onChange={(prompt) => change({ prompt })}
          placeholder="A lighthouse keeper finds a letter in a bottle, and must decide whether to answer it."
        />
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
          <NumberField
            label="Pages"
            hint={`1 to ${MAX_PAGES}`}
            error={pages === null ? `A whole number from 1 to ${MAX_PAGES}.` : null}
            min={1}
            max={MAX_PAGES}
            step={1}
            value={draft.pages}
            onChange={(typed) => change({ pages: typed })}
          />
          <ModelChoice
            value={draft.model}
            onChange={(model) => change({ model })}
            note={(name) => `${MODELS[name]} ${MODELS[name] === 1 ? "coin" : "coins"} a page`}
          />
        </div>
        <TextWishes draft={draft} change={change} />
      </div>
      <PriceCard
        means={means}
        price={price}
        off={obstacle !== null}
        reason={
          obstacle === null ? (
            "Charged at the end, for the words that were delivered. What is not used goes back."
          ) : (
            <>
              {obstacle.text} <WayOut kind={obstacle.kind} topupUrl={means.topupUrl} />
            </>
          )
        }
        busy={busy !== null}
        failure={failure}
      >
        <PenLine aria-hidden="true" /> Write it
      </PriceCard>
    </StudioForm>
  );
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
