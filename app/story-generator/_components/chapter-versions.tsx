"use client";

import { History } from "lucide-react";
import { useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { type AnswerOf, newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { listChapterVersions, restoreChapterVersion } from "@/lib/contract/story";
import { Button } from "@/lib/ui/button";
import { Dialog } from "@/lib/ui/dialog";
import { SkeletonText } from "@/lib/ui/skeleton";
import { wordsInWords } from "../../_components/studio/price-words";
import type { ShownChapter } from "./story-state";

type Versions = AnswerOf<typeof listChapterVersions>["versions"];

interface ChapterVersionsProps {
  storyId: string;
  chapter: ShownChapter;
  onRestored: () => Promise<unknown>;
}

/** The texts that a chapter had before, to read and to put back. */
export function ChapterVersions({ storyId, chapter, onRestored }: ChapterVersionsProps) {
  const callApi = useCallApi();
  const [open, setOpen] = useState(false);
  const [versions, setVersions] = useState<Versions | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const place = { id: storyId, chapter: chapter.id };

  async function look() {
    setOpen(true);
    setProblem(null);
    setVersions(null);
    try {
      setVersions((await callApi(listChapterVersions, place)).versions);
    } catch (error) {
      setProblem(describeFailure(error).title);
    }
  }

  async function restore(versionId: string) {
    setBusy(versionId);
    try {
      await callApi(
        restoreChapterVersion,
        { ...place, version_id: versionId },
        { idempotencyKey: newIdempotencyKey() },
      );
      await onRestored();
      setOpen(false);
    } catch (error) {
      const { title, description } = describeFailure(error);
      setProblem(`${title} ${description}`);
    } finally {
      setBusy(null);
    }
  }

  return (
    <>
      <Button variant="quiet" size="sm" className="mt-3 -ml-3" onClick={() => void look()}>
        <History aria-hidden="true" />
        {chapter.versions} earlier {chapter.versions === 1 ? "text" : "texts"}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={`Earlier texts of chapter ${chapter.position}`}
        description="Putting one back keeps the one that stands there now."
      >
        {problem === null ? null : (
          <p role="alert" className="mb-3 text-sm text-accent">
            {problem}
          </p>
        )}
        {versions === null && problem === null ? (
          <SkeletonText lines={4} label="The texts are being fetched" />
        ) : null}
        <ul className="space-y-4">
          {versions?.map(({ id, draft, text, words, created_at: at }) => (
            <li key={id} className="border-t border-line pt-3">
              <div className="flex flex-wrap items-center justify-between gap-2">
                <p className="text-sm text-soft tabular-nums">
                  Draft {draft}, {wordsInWords(words)}, until{" "}
                  <time dateTime={at}>
                    {new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" })}
                  </time>
                </p>
                <Button size="sm" busy={busy === id} onClick={() => void restore(id)}>
                  Put it back
                </Button>
              </div>
              <div
                tabIndex={0}
                role="region"
                aria-label={`Draft ${draft}`}
                className="mt-2 max-h-48 overflow-y-auto rounded-md bg-well p-3 font-serif whitespace-pre-wrap"
              >
                {text}
              </div>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}
