"use client";

import { Sparkles } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCallApi } from "@/lib/client/page-user";
import { PLAN_CREDITS, type WholeStory, writeStoryBible } from "@/lib/contract/story";
import { coinsInWords } from "@/lib/ui/coin";
import { Field } from "@/lib/ui/field";
import { Textarea } from "@/lib/ui/textarea";
import { FailureNotice } from "../../_components/studio/failure-notice";
import { BeginButton } from "../../_components/studio/begin-button";
import { type Means, obstacleTo } from "../../_components/studio/means";
import { useBegin } from "../../_components/studio/use-begin";
import { BIBLE_PARTS, type BibleDraft, bibleDraftOf, bibleOf } from "./bible-draft";
import { ConflictNotice } from "./conflict-notice";
import { SaveRow } from "./idea-step";
import { useSaveStory } from "./use-save-story";

interface BibleStepProps {
  whole: WholeStory;
  means: Means;
  /** Something of this story is being made now. */
  active: boolean;
  refresh: () => Promise<WholeStory | null>;
}

/** What stays true in every chapter: made by the model, written by hand, or left out. */
export function BibleStep({ whole, means, active, refresh }: BibleStepProps) {
  const callApi = useCallApi();
  const { story, bible } = whole;
  const [changed, setChanged] = useState<BibleDraft | null>(null);
  const saving = useSaveStory(whole, refresh);
  const { busy, failure, begin } = useBegin(refresh);
  const draft = changed ?? bibleDraftOf(bible);
  const price = { credits: PLAN_CREDITS, words: 0 };
  const obstacle = active
    ? ({ kind: "form", text: "Wait until what is being made is done." } as const)
    : obstacleTo(means, price, 0);

  async function save(version?: number) {
    if (await saving.save({ bible: bibleOf(draft) }, version)) setChanged(null);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (changed !== null && !saving.busy) void save();
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-3xl flex-col gap-7" aria-label="Bible">
      <p className="max-w-prose text-soft">
        People, places and rules that every chapter keeps to. You can leave it out.
      </p>
      <BeginButton
        variant={bible === null ? "primary" : "secondary"}
        busy={busy === "bible"}
        obstacle={obstacle}
        topupUrl={means.topupUrl}
        note={`${coinsInWords(PLAN_CREDITS)}; nothing if it fails.${bible === null ? "" : " It takes the place of what stands here."}`}
        onClick={() =>
          void begin(
            "bible",
            (idempotencyKey) => callApi(writeStoryBible, { id: story.id }, { idempotencyKey }),
            refresh,
          )
        }
      >
        <Sparkles aria-hidden="true" /> {bible === null ? "Make a bible" : "Make another"}
      </BeginButton>
      {failure === null ? null : <FailureNotice failure={failure} topupUrl={means.topupUrl} />}
      {BIBLE_PARTS.map(({ part, label, hint }) => (
        <Field key={part} label={label} hint={hint}>
          {(control) => (
            <Textarea
              {...control}
              rows={part === "style" ? 3 : 5}
              value={draft[part]}
              onChange={(event) => setChanged({ ...draft, [part]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {saving.conflict === null ? null : (
        <ConflictNotice
          stored={<p className="whitespace-pre-wrap">{Object.values(bibleDraftOf(bible)).join("\n\n")}</p>}
          busy={saving.busy}
          onKeepMine={() => void save(saving.conflict ?? undefined)}
          onTakeStored={() => {
            setChanged(null);
            saving.settle();
          }}
        />
      )}
      {saving.failure === null ? null : <FailureNotice failure={saving.failure} topupUrl={means.topupUrl} />}
      <SaveRow changed={changed !== null} busy={saving.busy} problem={null} onUndo={() => setChanged(null)} />
    </form>
  );
}
