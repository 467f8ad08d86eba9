"use client";

import { PenLine } from "lucide-react";
import { useState } from "react";
import { useCallApi } from "@/lib/client/page-user";
import { type WholeStory, writeStoryChapters } from "@/lib/contract/story";
import { estimateTextBytes } from "@/lib/contract/text-size";
import { Button } from "@/lib/ui/button";
import { EmptyState } from "@/lib/ui/empty-state";
import { FailureNotice } from "../../_components/studio/failure-notice";
import type { Writing } from "../../_components/studio/generation-state";
import { balanceInWords, priceInWords } from "../../_components/studio/price-words";
import { BeginButton } from "../../_components/studio/begin-button";
import { type Means, obstacleTo } from "../../_components/studio/means";
import { useBegin } from "../../_components/studio/use-begin";
import { ChapterList } from "./chapter-list";
import { ChapterView } from "./chapter-view";
import { restOf, shownChapters } from "./story-state";

interface ChaptersStepProps {
  whole: WholeStory;
  means: Means;
  active: Writing | null;
  refresh: () => Promise<WholeStory | null>;
  onOutline: () => void;
}

/** The chapters: one at a time or all, what each costs and how it stands, and the text of one of them. */
export function ChaptersStep({ whole, means, active, refresh, onOutline }: ChaptersStepProps) {
  const callApi = useCallApi();
  const { busy, failure, begin } = useBegin(refresh);
  const [picked, setPicked] = useState<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  const live = active?.generation.status === "writing";
  const chapters = shownChapters(whole, active);
  const [first] = chapters;
  if (first === undefined) {
    return (
      <EmptyState
        title="No chapter is planned yet"
        action={
          <Button variant="primary" onClick={onOutline}>
            Go to the outline
          </Button>
        }
      >
        Have the chapters planned, or write the plan yourself.
      </EmptyState>
    );
  }
  // What is being written is shown, until the reader turns to another chapter; and it stays when it is done.
  const written = chapters.find((chapter) => chapter.live);
  if (written !== undefined && written.id !== followed) setFollowed(written.id);
  const chosen =
    chapters.find(({ id }) => id === picked) ??
    written ??
    chapters.find(({ id }) => id === followed) ??
    chapters.find(({ status }) => status !== "done") ??
    first;
  const rest = restOf(whole.chapters);
  const { premise, language } = whole.story.idea;
  const needed = estimateTextBytes({ prompt: premise, language: language ?? null, words: rest.words });
  const begun = whole.chapters.some(({ words }) => words > 0);

  function write(what: { chapters?: string[]; rewrite: boolean }) {
    const name =
      what.chapters === undefined ? "all" : `${what.rewrite ? "rewrite" : "write"} ${what.chapters.join()}`;
    setPicked(null);
    void begin(
      name,
      (idempotencyKey) => callApi(writeStoryChapters, { id: whole.story.id, ...what }, { idempotencyKey }),
      refresh,
    );
  }

  return (
    <div className="grid items-start gap-x-12 gap-y-8 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <div className="min-w-0 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-9rem)] lg:overflow-y-auto">
        {rest.chapters === 0 || live ? null : (
          <section aria-label="What is left to write" className="mb-5">
            <p className="font-serif text-lg leading-snug text-ink tabular-nums">{priceInWords(rest)}</p>
            <p className="mt-1 min-h-6 text-[0.9375rem] text-soft tabular-nums">
              {balanceInWords(means.balance, rest)}
            </p>
            <BeginButton
              variant="primary"
              className="mt-3"
              busy={busy === "all"}
              obstacle={obstacleTo(means, rest, needed)}
              topupUrl={means.topupUrl}
              note="Each chapter is paid for when it ends, for the words that were delivered."
              onClick={() => write({ rewrite: false })}
            >
              <PenLine aria-hidden="true" />
              {begun
                ? "Continue from here"
                : rest.chapters === 1
                  ? "Write the chapter"
                  : `Write all ${rest.chapters} chapters`}
            </BeginButton>
          </section>
        )}
        {failure === null ? null : (
          <FailureNotice failure={failure} topupUrl={means.topupUrl} className="mb-4" />
        )}
        <ChapterList chapters={chapters} chosen={chosen.id} onChoose={setPicked} />
      </div>
      <ChapterView
        whole={whole}
        chapter={chosen}
        means={means}
        active={live}
        busy={busy}
        onWrite={write}
        onChanged={refresh}
      />
    </div>
  );
}
