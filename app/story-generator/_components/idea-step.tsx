"use client";

import { type FormEvent, useState } from "react";
import type { WholeStory } from "@/lib/contract/story";
import { Button } from "@/lib/ui/button";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { FailureNotice } from "../../_components/studio/failure-notice";
import { ConflictNotice } from "./conflict-notice";
import { draftOf, ideaOf, problemOf } from "./idea-draft";
import { IdeaFields } from "./idea-fields";
import { useSaveStory } from "./use-save-story";

interface IdeaStepProps {
  whole: WholeStory;
  topupUrl: string;
  refresh: () => Promise<WholeStory | null>;
}

/** The idea of a story that was begun, to be changed at any time. What is written stays as it is. */
export function IdeaStep({ whole, topupUrl, refresh }: IdeaStepProps) {
  const { story } = whole;
  const [changed, setChanged] = useState<{ title: string; idea: ReturnType<typeof draftOf> } | null>(null);
  const saving = useSaveStory(whole, refresh);
  const stored = { title: story.title, idea: draftOf(story.idea) };
  const { title, idea } = changed ?? stored;
  const problem = title.trim() === "" ? "Give it a title." : problemOf(idea);

  async function save(version?: number) {
    if (problem !== null) return;
    if (await saving.save({ title, idea: ideaOf(idea) }, version)) setChanged(null);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    if (changed !== null && !saving.busy) void save();
  }

  return (
    <form onSubmit={submit} noValidate className="flex max-w-3xl flex-col gap-7" aria-label="Idea">
      <Field label="Title">
        {(control) => (
          <Input
            {...control}
            value={title}
            maxLength={200}
            onChange={(event) => setChanged({ title: event.target.value, idea })}
          />
        )}
      </Field>
      <IdeaFields draft={idea} change={(part) => setChanged({ title, idea: { ...idea, ...part } })} />
      {saving.conflict === null ? null : (
        <ConflictNotice
          stored={
            <p className="font-serif whitespace-pre-wrap">
              {story.title}
              {"\n\n"}
              {story.idea.premise}
            </p>
          }
          busy={saving.busy}
          onKeepMine={() => void save(saving.conflict ?? undefined)}
          onTakeStored={() => {
            setChanged(null);
            saving.settle();
          }}
        />
      )}
      {saving.failure === null ? null : <FailureNotice failure={saving.failure} topupUrl={topupUrl} />}
      <SaveRow
        changed={changed !== null}
        busy={saving.busy}
        problem={problem}
        onUndo={() => setChanged(null)}
      />
    </form>
  );
}

interface SaveRowProps {
  changed: boolean;
  busy: boolean;
  problem: string | null;
  onUndo: () => void;
}

/** The way to save what was changed, or to leave it; and a word on which of both it is. */
export function SaveRow({ changed, busy, problem, onUndo }: SaveRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        type="submit"
        variant={changed ? "primary" : "secondary"}
        busy={busy}
        aria-disabled={!changed || problem !== null || undefined}
      >
        Save
      </Button>
      {changed ? (
        <Button variant="quiet" onClick={onUndo}>
          Undo
        </Button>
      ) : null}
      <p role="status" className="text-sm text-soft">
        {changed ? (problem ?? "Not saved yet.") : "Saved."}
      </p>
    </div>
  );
}
