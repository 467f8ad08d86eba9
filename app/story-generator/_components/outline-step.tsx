"use client";

import { Plus, Sparkles } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCallApi } from "@/lib/client/page-user";
import { sameBeats } from "@/lib/contract/same-beats";
import { PLAN_CREDITS, type WholeStory, writeStoryOutline } from "@/lib/contract/story";
import { MAX_CHAPTERS } from "@/lib/contract/story-input";
import { Button } from "@/lib/ui/button";
import { coinsInWords } from "@/lib/ui/coin";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { FailureNotice } from "../../_components/studio/failure-notice";
import { BeginButton } from "../../_components/studio/begin-button";
import { type Means, obstacleTo } from "../../_components/studio/means";
import { useBegin } from "../../_components/studio/use-begin";
import { ConflictNotice } from "./conflict-notice";
import { SaveRow } from "./idea-step";
import { OutlineChapterFields } from "./outline-chapter";
import { type ChapterDraft, draftsOf, moved, newChapter, planOf } from "./outline-draft";
import { useSaveStory } from "./use-save-story";

interface OutlineStepProps {
  whole: WholeStory;
  means: Means;
  /** Something of this story is being made now. */
  active: boolean;
  refresh: () => Promise<WholeStory | null>;
}

const WAIT = { kind: "form", text: "Wait until what is being made is done." } as const;
const SAVE_FIRST = { kind: "form", text: "Save the outline first." } as const;

/** The plan of the chapters: made by the model or by hand, changed freely, and saved as a whole. */
export function OutlineStep({ whole, means, active, refresh }: OutlineStepProps) {
  const callApi = useCallApi();
  const { story, chapters } = whole;
  const [changed, setChanged] = useState<ChapterDraft[] | null>(null);
  const [leaving, setLeaving] = useState<ChapterDraft | null>(null);
  const saving = useSaveStory(whole, refresh);
  const { busy, failure, begin } = useBegin(refresh);
  const drafts = changed ?? draftsOf(chapters);
  const same = sameBeats(planOf(drafts));
  const written = chapters.some(({ text }) => text !== "");
  const blocked = active
    ? WAIT
    : changed === null
      ? obstacleTo(means, { credits: PLAN_CREDITS, words: 0 }, 0)
      : SAVE_FIRST;

  const change = (at: number, part: Partial<ChapterDraft>) =>
    setChanged(drafts.map((draft, nth) => (nth === at ? { ...draft, ...part } : draft)));
  const without = (key: string) => setChanged(drafts.filter((draft) => draft.key !== key));

  async function save(version?: number) {
    if (await saving.save({ chapters: planOf(drafts) }, version)) setChanged(null);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (changed !== null && !saving.busy) void save();
  }
  function plan(chapterId?: string) {
    const what = { id: story.id, ...(chapterId === undefined ? {} : { chapter_id: chapterId }) };
    void begin(
      `outline ${chapterId ?? ""}`,
      (idempotencyKey) => callApi(writeStoryOutline, what, { idempotencyKey }),
      refresh,
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-6" aria-label="Outline">
      {written ? null : (
        <BeginButton
          variant={drafts.length === 0 ? "primary" : "secondary"}
          busy={busy === "outline "}
          obstacle={blocked}
          topupUrl={means.topupUrl}
          note={`${coinsInWords(PLAN_CREDITS)} for a plan of exactly ${story.idea.chapters} chapters; nothing if it fails.`}
          onClick={() => plan()}
        >
          <Sparkles aria-hidden="true" />{" "}
          {drafts.length === 0 ? "Plan the chapters" : "Plan all of them anew"}
        </BeginButton>
      )}
      {failure === null ? null : <FailureNotice failure={failure} topupUrl={means.topupUrl} />}
      <ol className="flex flex-col gap-4" aria-label="Plan of the chapters">
        {drafts.map((draft, at) => (
          <OutlineChapterFields
            key={draft.key}
            draft={draft}
            number={at + 1}
            count={drafts.length}
            same={same.filter((pair) => pair.some(({ chapter }) => chapter === at + 1))}
            replan={{
              busy: draft.id !== undefined && busy === `outline ${draft.id}`,
              blocked: draft.id === undefined ? SAVE_FIRST : blocked,
              onClick: () => draft.id !== undefined && plan(draft.id),
            }}
            onChange={(part) => change(at, part)}
            onMove={(to) => setChanged(moved(drafts, at, to))}
            onRemove={() => (draft.written ? setLeaving(draft) : without(draft.key))}
          />
        ))}
      </ol>
      <div>
        <Button
          aria-disabled={drafts.length >= MAX_CHAPTERS || undefined}
          onClick={() => setChanged([...drafts, newChapter()])}
        >
          <Plus aria-hidden="true" /> Add a chapter
        </Button>
      </div>
      {saving.conflict === null ? null : (
        <ConflictNotice
          stored={
            <ol className="list-decimal space-y-1 pl-6">
              {chapters.map(({ id, title, beats }) => (
                <li key={id}>
                  {title}: {beats.join(" / ")}
                </li>
              ))}
            </ol>
          }
          busy={saving.busy}
          onKeepMine={() => void save(saving.conflict ?? undefined)}
          onTakeStored={() => {
            setChanged(null);
            saving.settle();
          }}
        />
      )}
      {saving.failure === null ? null : <FailureNotice failure={saving.failure} topupUrl={means.topupUrl} />}
      <div className="sticky bottom-0 -mx-4 border-t border-line bg-paper px-4 py-3 sm:mx-0 sm:px-0">
        <SaveRow
          changed={changed !== null}
          busy={saving.busy}
          problem={null}
          onUndo={() => setChanged(null)}
        />
      </div>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => (open ? undefined : setLeaving(null))}
        title={`Remove “${leaving?.title ?? ""}” and what is written of it?`}
        description="Its text and its earlier versions go when you save. Until then you can undo it."
        confirmLabel="Remove"
        onConfirm={() => {
          if (leaving !== null) without(leaving.key);
          setLeaving(null);
        }}
      />
    </form>
  );
}
