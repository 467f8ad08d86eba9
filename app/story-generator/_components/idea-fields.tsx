"use client";

import type { Ref } from "react";
import { MODELS } from "@/lib/contract/quote";
import {
  MAX_CHAPTERS,
  MAX_PREMISE_CHARACTERS,
  MAX_WORDS_PER_CHAPTER,
  MIN_WORDS_PER_CHAPTER,
} from "@/lib/contract/story-input";
import { figure } from "@/lib/ui/figure";
import { NumberField } from "@/lib/ui/number-field";
import { ModelChoice } from "../../_components/studio/model-choice";
import { PromptField } from "../../_components/studio/prompt-field";
import { UploadPanel } from "../../_components/upload/upload-panel";
import { chaptersOf, type IdeaDraft, wordsOf } from "./idea-draft";
import { StoryWishes } from "./story-wishes";

interface IdeaFieldsProps {
  draft: IdeaDraft;
  change: (part: Partial<IdeaDraft>) => void;
  premiseRef?: Ref<HTMLTextAreaElement>;
}

/** What a story is to be: the premise, how long it is, and what else may be wished for. */
export function IdeaFields({ draft, change, premiseRef }: IdeaFieldsProps) {
  return (
    <div className="flex min-w-0 flex-col gap-7">
      <PromptField
        label="What is the story about?"
        ref={premiseRef}
        rows={5}
        maxCharacters={MAX_PREMISE_CHARACTERS}
        value={draft.premise}
        onChange={(premise) => change({ premise })}
        placeholder="Ada keeps a lighthouse. One night a letter arrives that she wrote herself, dated next year."
      />
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
        <NumberField
          label="Chapters"
          hint={`1 to ${MAX_CHAPTERS}`}
          error={chaptersOf(draft) === null ? `From 1 to ${MAX_CHAPTERS}.` : null}
          min={1}
          max={MAX_CHAPTERS}
          value={draft.chapters}
          onChange={(chapters) => change({ chapters })}
        />
        <NumberField
          label="Words a chapter"
          hint={`${MIN_WORDS_PER_CHAPTER} to ${figure(MAX_WORDS_PER_CHAPTER)}`}
          error={
            wordsOf(draft) === null
              ? `From ${MIN_WORDS_PER_CHAPTER} to ${figure(MAX_WORDS_PER_CHAPTER)}.`
              : null
          }
          min={MIN_WORDS_PER_CHAPTER}
          max={MAX_WORDS_PER_CHAPTER}
          step={50}
          value={draft.words}
          onChange={(words) => change({ words })}
        />
        <div className="col-span-2 sm:col-span-1">
          <ModelChoice
            value={draft.model}
            onChange={(model) => change({ model })}
            note={(name) => `${MODELS[name]} a page`}
          />
        </div>
      </div>
      <StoryWishes draft={draft} change={change} />
    </div>
  );
}
