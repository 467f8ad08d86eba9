"use client";

import { useEffect, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import type { Stored } from "@/lib/client/autosave";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { keepConflict } from "@/lib/contract/versions";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import { mergeTexts } from "../../../_components/editor/compare-texts";
import { SideBySide } from "../../../_components/editor/side-by-side";

export type ConflictViewProps = {
  code: string;
  /** What both began from, where it is known. */
  base: string | null;
  mine: Stored;
  theirs: Stored;
  /** The words to go on with. */
  onChoice: (words: { title: string; content: string }) => void;
};

type Kept = "asking" | "kept" | { problem: string };

/**
 * Two texts that were written at once, beside each other. Both are kept as versions before anything can be chosen, so
 * that no choice loses a word.
 */
export function ConflictView({ code, base, mine, theirs, onChoice }: ConflictViewProps) {
  const [kept, setKept] = useState<Kept>("asking");
  const [attempt, setAttempt] = useState(0);
  const [key] = useState(newIdempotencyKey);
  const call = useCallApi();

  useEffect(() => {
    const left = new AbortController();
    const ask = { code, content: mine.content === "" ? "\n" : mine.content };
    call(keepConflict, ask, { idempotencyKey: key, signal: left.signal }).then(
      () => setKept("kept"),
      (error: unknown) => {
        if (!left.signal.aborted) setKept({ problem: describeFailure(error).title });
      },
    );
    return () => left.abort();
  }, [call, code, key, mine.content, attempt]);

  const off = kept !== "kept";
  return (
    <section aria-labelledby="conflict" className="my-6">
      <h2 id="conflict" className="text-lg font-semibold tracking-tight">
        This text was changed elsewhere meanwhile
      </h2>
      <p className="mt-1 mb-4 text-sm text-soft" role="status">
        {kept === "kept"
          ? "Both are kept as versions: whatever you choose, nothing is lost."
          : kept === "asking"
            ? "Keeping both as versions…"
            : ""}
      </p>
      {typeof kept === "object" ? (
        <Notice
          tone="error"
          role="alert"
          title={kept.problem}
          className="mb-4"
          actions={
            <Button
              size="sm"
              onClick={() => {
                setKept("asking");
                setAttempt(attempt + 1);
              }}
            >
              Try again
            </Button>
          }
        >
          Both texts must be kept as versions before you choose. Yours stays on this page and in this browser.
        </Notice>
      ) : null}
      <SideBySide
        left={{ title: "Saved meanwhile", text: theirs.content }}
        right={{ title: "Yours, on this page", text: mine.content }}
      />
      <div className="mt-4 flex flex-wrap gap-2">
        <Button variant="primary" aria-disabled={off} onClick={() => onChoice(mine)}>
          Keep yours
        </Button>
        <Button aria-disabled={off} onClick={() => onChoice(theirs)}>
          Keep the saved one
        </Button>
        <Button
          aria-disabled={off}
          onClick={() =>
            onChoice({
              title: mine.title,
              content: mergeTexts(base, mine.content, theirs.content),
            })
          }
        >
          Edit both in one
        </Button>
      </div>
    </section>
  );
}
