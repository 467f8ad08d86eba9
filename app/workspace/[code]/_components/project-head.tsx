"use client";

import { Pencil } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { MAX_TITLE_LENGTH } from "@/lib/contract/fields";
import { updateMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { shownTitle } from "../../../_components/in-words";

export type ProjectHeadProps = {
  code: string;
  title: string;
  /** What stands beside "Rename". */
  actions: ReactNode;
  /** What stands below the title. */
  children: ReactNode;
};

/** The title, and in its place, when asked, a field to change it. */
export function ProjectHead({ code, title: saved, actions, children }: ProjectHeadProps) {
  const [title, setTitle] = useState(saved);
  const [editing, setEditing] = useState(false);
  const renameButton = useRef<HTMLButtonElement>(null);
  const router = useRouter();

  function close() {
    setEditing(false);
    renameButton.current?.focus();
  }

  function done(next: string) {
    setTitle(next);
    close();
    router.refresh();
  }

  return (
    <header className="mt-5 border-b border-line pb-6">
      {editing ? (
        <TitleForm code={code} title={title} onDone={done} onCancel={close} />
      ) : (
        <h1 className="font-serif text-3xl leading-tight font-semibold tracking-[-0.01em] break-words sm:text-4xl">
          {shownTitle(title)}
        </h1>
      )}
      {children}
      <div className="mt-5 flex flex-wrap items-center gap-2">
        {actions}
        <Button
          ref={renameButton}
          variant="quiet"
          size="sm"
          aria-disabled={editing}
          onClick={() => setEditing(true)}
        >
          <Pencil aria-hidden="true" /> Rename
        </Button>
      </div>
    </header>
  );
}

type TitleFormProps = { code: string; title: string; onDone: (title: string) => void; onCancel: () => void };

function TitleForm({ code, title, onDone, onCancel }: TitleFormProps) {
  const [draft, setDraft] = useState(title);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const call = useCallApi();

  async function save(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    const next = draft.trim();
    if (next === "") return setProblem("A project needs a title.");
    if (next === title) return onCancel();
    setBusy(true);
    try {
      const { project } = await call(updateMyProject, { code, title: next });
      onDone(project.title);
    } catch (error) {
      const failure = describeFailure(error);
      setProblem(`${failure.title} ${failure.description}`);
      setBusy(false);
    }
  }

  function leave(event: KeyboardEvent) {
    if (event.key === "Escape" && !busy) onCancel();
  }

  return (
    <form onSubmit={(event) => void save(event)} onKeyDown={leave}>
      <h1 className="sr-only">{shownTitle(title)}</h1>
      <Field label="Title" error={problem}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            onFocus={(event) => event.target.select()}
            value={draft}
            maxLength={MAX_TITLE_LENGTH}
            onChange={(event) => setDraft(event.target.value)}
            className="font-serif text-xl"
          />
        )}
      </Field>
      <div className="mt-3 flex gap-2">
        <Button type="submit" variant="primary" size="sm" busy={busy}>
          Save title
        </Button>
        <Button size="sm" onClick={onCancel} aria-disabled={busy}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
