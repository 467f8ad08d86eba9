"use client";

import { ChevronRight } from "lucide-react";
import type { Ref } from "react";
import { POINTS_OF_VIEW } from "@/lib/contract/prompt-input";
import { MODEL_NAMES, MODELS } from "@/lib/contract/quote";
import {
  MAX_CHAPTERS,
  MAX_PREMISE_CHARACTERS,
  MAX_WORDS_PER_CHAPTER,
  MIN_WORDS_PER_CHAPTER,
  TENSES,
} from "@/lib/contract/story-input";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Segmented } from "@/lib/ui/segmented";
import { Select } from "@/lib/ui/select";
import { Textarea } from "@/lib/ui/textarea";
import { UploadPanel } from "../../_components/upload/upload-panel";
import { chaptersOf, type IdeaDraft, wordsOf } from "./idea-draft";

const NAMES = { creative: "Creative", balanced: "Balanced", fast: "Fast" } as const;
const figures = new Intl.NumberFormat("en-GB");
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface IdeaFieldsProps {
  draft: IdeaDraft;
  change: (part: Partial<IdeaDraft>) => void;
  premiseRef?: Ref<HTMLTextAreaElement>;
}

/** What a story is to be: the premise, how long it is, and what else may be wished for. */
export function IdeaFields({ draft, change, premiseRef }: IdeaFieldsProps) {
  const tooLong = draft.premise.length - MAX_PREMISE_CHARACTERS;
  const wished = [draft.genre, draft.tone, draft.audience, draft.language].filter(
    (wish) => wish.trim() !== "",
  );
  return (
    <div className="flex min-w-0 flex-col gap-7">
      <Field
        label="What is the story about?"
        aside={`${figures.format(draft.premise.length)} / ${figures.format(MAX_PREMISE_CHARACTERS)}`}
        error={tooLong > 0 ? `${figures.format(tooLong)} characters too many.` : undefined}
      >
        {(control) => (
          <Textarea
            {...control}
            ref={premiseRef}
            written
            rows={5}
            value={draft.premise}
            onChange={(event) => change({ premise: event.target.value })}
            placeholder="Ada keeps a lighthouse. One night a letter arrives that she wrote herself, dated next year."
          />
        )}
      </Field>
      <UploadPanel
        context={draft.material === "" ? null : { name: draft.materialName, text: draft.material }}
        onContext={(context) => change({ material: context?.text ?? "", materialName: context?.name ?? "" })}
        sentWith="each plan and chapter"
        work={{
          label: "Use as the premise",
          most: MAX_PREMISE_CHARACTERS,
          onText: (premise) => change({ premise }),
        }}
      />
      <div className="grid grid-cols-2 gap-x-6 gap-y-6 sm:grid-cols-[7rem_9rem_minmax(0,1fr)]">
        <Field
          label="Chapters"
          hint={`1 to ${MAX_CHAPTERS}`}
          error={chaptersOf(draft) === null ? `From 1 to ${MAX_CHAPTERS}.` : undefined}
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={1}
              max={MAX_CHAPTERS}
              value={draft.chapters}
              onChange={(event) => change({ chapters: event.target.value })}
              className="tabular-nums"
            />
          )}
        </Field>
        <Field
          label="Words a chapter"
          hint={`${MIN_WORDS_PER_CHAPTER} to ${figures.format(MAX_WORDS_PER_CHAPTER)}`}
          error={wordsOf(draft) === null ? `From ${MIN_WORDS_PER_CHAPTER} to 2,500.` : undefined}
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              inputMode="numeric"
              min={MIN_WORDS_PER_CHAPTER}
              max={MAX_WORDS_PER_CHAPTER}
              step={50}
              value={draft.words}
              onChange={(event) => change({ words: event.target.value })}
              className="tabular-nums"
            />
          )}
        </Field>
        <div className="col-span-2 sm:col-span-1">
          <Segmented
            legend="Model"
            wide
            value={draft.model}
            onChange={(model) => change({ model })}
            options={MODEL_NAMES.map((name) => ({
              value: name,
              label: NAMES[name],
              note: `${MODELS[name]} a page`,
            }))}
          />
        </div>
      </div>
      <details className="group border-y border-line">
        <summary className="flex list-none items-center gap-2 py-3 text-sm font-medium text-ink [&::-webkit-details-marker]:hidden">
          <ChevronRight
            aria-hidden="true"
            className="size-4 shrink-0 text-faint transition-transform duration-100 group-open:rotate-90"
          />
          Genre, voice and language
          <span className="min-w-0 truncate font-normal text-faint">
            {wished.length === 0 ? "optional" : wished.join(", ")}
          </span>
        </summary>
        <div className="grid gap-x-6 gap-y-5 pt-2 pb-6 sm:grid-cols-2">
          <Wish
            label="Genre"
            value={draft.genre}
            max={80}
            hint="Mystery"
            onChange={(genre) => change({ genre })}
          />
          <Wish
            label="Tone"
            value={draft.tone}
            max={80}
            hint="Dry and warm"
            onChange={(tone) => change({ tone })}
          />
          <Field label="Point of view">
            {(control) => (
              <Select
                {...control}
                value={draft.pointOfView}
                onChange={(event) => change({ pointOfView: event.target.value as IdeaDraft["pointOfView"] })}
              >
                {POINTS_OF_VIEW.map((one) => (
                  <option key={one} value={one}>
                    {capital(one)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Tense">
            {(control) => (
              <Select
                {...control}
                value={draft.tense}
                onChange={(event) => change({ tense: event.target.value as IdeaDraft["tense"] })}
              >
                {TENSES.map((one) => (
                  <option key={one} value={one}>
                    {capital(one)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Wish
            label="Language"
            value={draft.language}
            max={60}
            hint="That of the premise"
            onChange={(language) => change({ language })}
          />
          <Wish
            label="Readers"
            value={draft.audience}
            max={120}
            hint="Adults who like a slow burn"
            onChange={(audience) => change({ audience })}
          />
        </div>
      </details>
    </div>
  );
}

interface WishProps {
  label: string;
  value: string;
  max: number;
  hint: string;
  onChange: (value: string) => void;
}

function Wish({ label, value, max, hint, onChange }: WishProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          value={value}
          maxLength={max}
          placeholder={hint}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
