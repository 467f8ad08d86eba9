"use client";

import { ArrowLeft, NotebookPen, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ExportMenu } from "@/app/_components/export-menu";
import { MODEL_WORDS } from "@/app/_components/studio/model-choice";
import { describeFailure } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { deleteStory, type WholeStory } from "@/lib/contract/story";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { ButtonLink } from "@/lib/ui/button-link";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { figure } from "@/lib/ui/figure";

/** What the story is, who wrote in it, and the ways on: to the editor, to files, and away. */
export function StoryHead({ whole: { story }, busy }: { whole: WholeStory; busy: boolean }) {
  const { id, title, idea, label, project_code: code } = story;
  const facts = [
    `${story.chapters || idea.chapters} chapters of about ${figure(idea.words_per_chapter)} words`,
    MODEL_WORDS[idea.model],
    idea.genre,
    idea.language,
  ].filter((fact) => fact);
  return (
    <header>
      <ButtonLink href="/story-generator" variant="quiet" size="sm" className="-ml-3">
        <ArrowLeft aria-hidden="true" /> All stories
      </ButtonLink>
      <div className="mt-3 flex flex-wrap items-start justify-between gap-x-8 gap-y-4">
        <div className="min-w-0">
          <h1 className="font-serif text-3xl leading-tight font-semibold tracking-[-0.01em] break-words">
            {title}
          </h1>
          <p className="mt-1.5 text-sm text-faint tabular-nums">{facts.join(" · ")}</p>
          {label === null ? null : (
            <p className="mt-3">
              <Badge tone="warn">{label}</Badge>
            </p>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          {code === null ? null : (
            <>
              <ButtonLink href={`/workspace/${code}`} size="sm">
                <NotebookPen aria-hidden="true" /> Edit
              </ButtonLink>
              <ExportMenu code={code} />
            </>
          )}
          <DeleteStory id={id} title={title} kept={code !== null} busy={busy} />
        </div>
      </div>
    </header>
  );
}

/** Asks on the page. What stands in the workspace stays there. */
function DeleteStory({ id, title, kept, busy }: { id: string; title: string; kept: boolean; busy: boolean }) {
  const callApi = useCallApi();
  const router = useRouter();
  const [key, setKey] = useState<string | null>(null);
  const [deleting, setDeleting] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function remove() {
    setDeleting(true);
    try {
      await callApi(deleteStory, { id }, { idempotencyKey: key ?? newIdempotencyKey() });
      router.push("/story-generator");
      router.refresh();
    } catch (error) {
      const failure = describeFailure(error);
      setProblem(`${failure.title} ${failure.description}`);
      setDeleting(false);
    }
  }

  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        aria-disabled={busy || undefined}
        title={busy ? "Stop it first, or wait until it is done." : undefined}
        onClick={() => {
          setProblem(null);
          setKey(newIdempotencyKey());
        }}
      >
        <Trash2 aria-hidden="true" /> Delete
      </Button>
      <ConfirmDialog
        open={key !== null}
        onOpenChange={(open) => (open ? undefined : setKey(null))}
        title={`Delete “${title}”?`}
        description={
          kept
            ? "Its plan and earlier texts are gone for good. What stands in the workspace stays there."
            : "Its plan is gone for good. Nothing of it stands in the workspace."
        }
        confirmLabel="Delete"
        busy={deleting}
        error={problem}
        onConfirm={() => void remove()}
      />
    </>
  );
}
