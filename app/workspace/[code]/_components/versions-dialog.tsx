"use client";

import { useEffect, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { getVersion, listVersions, restoreVersion, type Version } from "@/lib/contract/versions";
import { Button } from "@/lib/ui/button";
import { Dialog } from "@/lib/ui/dialog";
import { EmptyState } from "@/lib/ui/empty-state";
import { Skeleton } from "@/lib/ui/skeleton";
import { appTitle } from "../../../_components/app-names";
import { SideBySide } from "../../../_components/editor/side-by-side";
import { countInWords } from "../../../_components/in-words";

export type VersionsDialogProps = {
  code: string;
  /** The text as it stands on the page. */
  current: string;
  /** The version of the project that the page knows; null while its newest words are not saved. */
  version: number | null;
  onRestored: (restored: { content: string; version: number }) => void;
  onClose: () => void;
};

type Shown = Version & { content: string };

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** What the text was before: choose one, see what differs, make it the text again. */
export function VersionsDialog({ code, current, version, onRestored, onClose }: VersionsDialogProps) {
  const [versions, setVersions] = useState<readonly Version[] | null>(null);
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [key, setKey] = useState(newIdempotencyKey);
  const call = useCallApi();

  useEffect(() => {
    call(listVersions, { code }).then(
      ({ versions: list }) => setVersions(list),
      (error: unknown) => setProblem(describeFailure(error).title),
    );
  }, [call, code]);

  async function show(number: number) {
    setProblem(null);
    try {
      setShown((await call(getVersion, { code, number: String(number) })).version);
      setKey(newIdempotencyKey());
    } catch (error) {
      setProblem(describeFailure(error).title);
    }
  }

  async function restore({ number, content }: Shown) {
    setBusy(true);
    setProblem(null);
    try {
      const { project } = await call(
        restoreVersion,
        { code, number: String(number), version },
        { idempotencyKey: key },
      );
      onRestored({ content, version: project.version });
    } catch (error) {
      const failure = describeFailure(error);
      setProblem(`${failure.title} ${failure.description}`);
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      wide
      onOpenChange={onClose}
      title="Versions"
      description="Kept beside your 1 MB, at most 20 of a text: before you change it, at most every ten minutes, before another app does, and both sides of a conflict."
      actions={
        shown === null ? null : (
          <>
            <Button onClick={() => setShown(null)}>All versions</Button>
            <Button
              variant="primary"
              busy={busy}
              aria-disabled={version === null}
              onClick={() => void restore(shown)}
            >
              Restore this version
            </Button>
          </>
        )
      }
    >
      {problem === null ? null : (
        <p role="alert" className="mb-3 text-sm text-accent">
          {problem}
        </p>
      )}
      {shown !== null ? (
        <>
          <p className="mb-3 text-sm text-soft">
            {aboutVersion(shown)}
            {version === null ? " First the newest words on this page must be saved." : ""}
          </p>
          <SideBySide
            left={{ title: "This version", text: shown.content }}
            right={{ title: "The text now", text: current }}
          />
        </>
      ) : versions === null ? (
        problem === null ? (
          <Skeleton className="h-24" />
        ) : null
      ) : versions.length === 0 ? (
        <EmptyState title="No versions yet">
          The first is kept when you change what stands here now.
        </EmptyState>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {versions.map((one) => (
            <li key={one.number}>
              <button
                type="button"
                onClick={() => void show(one.number)}
                className="flex w-full flex-wrap items-baseline justify-between gap-x-4 px-2 py-3 text-left hover:bg-well"
              >
                <span className="font-medium">
                  <time dateTime={one.created_at}>{moment.format(new Date(one.created_at))}</time>
                </span>
                <span className="text-[0.8125rem] text-soft">
                  {whyKept(one)} · {countInWords(one.word_count, "word")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function whyKept({ reason, before_app: app }: Version): string {
  if (reason === "restore") return "before an older one was restored";
  if (reason === "conflict") return "one side of a conflict";
  return app === "penora" ? "before you changed it" : `before ${appTitle(app)} changed it`;
}

function aboutVersion(version: Version): string {
  const at = moment.format(new Date(version.created_at));
  return `Kept ${at}, ${whyKept(version)}. Restoring it keeps the text as it is now as a version too.`;
}
