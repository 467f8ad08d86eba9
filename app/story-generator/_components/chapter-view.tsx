"use client";

import { PenLine, RotateCcw } from "lucide-react";
import type { WholeStory } from "@/lib/contract/story";
import { estimateTextBytes } from "@/lib/contract/text-size";
import { coinsInWords } from "@/lib/ui/coin";
import { Notice } from "@/lib/ui/notice";
import type { Obstacle } from "../../_components/studio/price-words";
import { StreamingText } from "../../_components/studio/streaming-text";
import { BeginButton } from "../../_components/studio/begin-button";
import { type Means, obstacleTo } from "../../_components/studio/means";
import { ChapterVersions } from "./chapter-versions";
import { chapterInWords, type ShownChapter } from "./story-state";

interface ChapterViewProps {
  whole: WholeStory;
  chapter: ShownChapter;
  means: Means;
  /** Something of this story is being made now. */
  active: boolean;
  /** What was asked for and is not answered yet. */
  busy: string | null;
  onWrite: (what: { chapters: string[]; rewrite: boolean }) => void;
  onChanged: () => Promise<unknown>;
}

/** A chapter to read: how it stands, what to look at, what can be done, and its text. */
export function ChapterView(props: ChapterViewProps) {
  const { chapter, whole, onChanged } = props;
  const { position, title, warnings, out_of_date: outOfDate, live, text } = chapter;
  return (
    <article className="min-w-0" aria-label={`Chapter ${position}`}>
      <h2 className="font-serif text-2xl leading-snug font-semibold break-words">
        {position}. {title}
      </h2>
      <p className="mt-1 text-sm text-soft tabular-nums">
        {chapterInWords(chapter)}
        {chapter.charged_credits > 0 ? `, ${coinsInWords(chapter.charged_credits)}` : ""}
      </p>
      {outOfDate && !live ? (
        <Notice tone="warn" title="May be out of date" className="mt-4">
          Something before it, or its own plan, was changed after it was written.
        </Notice>
      ) : null}
      {warnings.length === 0 || live ? null : (
        <Notice tone="warn" title="To look at" className="mt-4">
          <ul className="space-y-1">
            {warnings.map(({ kind, message, examples }) => (
              <li key={`${kind} ${message}`}>
                {message}
                {examples.length === 0 ? "" : ` “${examples.join("”, “")}”`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {live ? null : <Actions {...props} />}
      {live || chapter.versions === 0 ? null : (
        <ChapterVersions storyId={whole.story.id} chapter={chapter} onRestored={onChanged} />
      )}
      {text === "" && !live ? (
        <Plan chapter={chapter} />
      ) : (
        <StreamingText key={chapter.id} text={text} live={live} fromStart={false} />
      )}
    </article>
  );
}

function Actions({ whole, chapter, means, active, busy, onWrite }: ChapterViewProps) {
  const { id, quote, rewrite_quote: again } = chapter;
  const { premise, language } = whole.story.idea;
  const obstacle = (price: { credits: number; words: number }): Obstacle | null =>
    active
      ? { kind: "form", text: "Wait until what is being made is done." }
      : obstacleTo(
          means,
          price,
          estimateTextBytes({ prompt: premise, language: language ?? null, words: price.words }),
        );
  const upTo = (credits: number) => (credits === 0 ? "Free." : `Up to ${coinsInWords(credits)}.`);
  return (
    <div className="mt-5 flex flex-col gap-3">
      {quote === null ? null : (
        <BeginButton
          busy={busy === `write ${id}`}
          obstacle={obstacle(quote)}
          topupUrl={means.topupUrl}
          note={`${upTo(quote.credits)}${chapter.words > 0 ? " You pay only for the words that it adds." : ""}`}
          onClick={() => onWrite({ chapters: [id], rewrite: false })}
        >
          <PenLine aria-hidden="true" /> {chapter.words > 0 ? "Continue this chapter" : "Write this chapter"}
        </BeginButton>
      )}
      {again === null ? null : (
        <BeginButton
          busy={busy === `rewrite ${id}`}
          obstacle={obstacle(again)}
          topupUrl={means.topupUrl}
          note={`${again.credits === 0 ? "Free, once for each chapter." : upTo(again.credits)} What stands here is kept as a version.`}
          onClick={() => onWrite({ chapters: [id], rewrite: true })}
        >
          <RotateCcw aria-hidden="true" /> Write it anew
        </BeginButton>
      )}
    </div>
  );
}

function Plan({ chapter: { beats, point_of_view: seenBy } }: { chapter: ShownChapter }) {
  return (
    <section aria-label="Its plan" className="mt-8 max-w-prose text-soft">
      {seenBy === "" ? null : <p>Seen by {seenBy}.</p>}
      <ul className="mt-2 list-disc space-y-1 pl-5">
        {beats.map((beat, at) => (
          <li key={at}>{beat}</li>
        ))}
      </ul>
      {beats.length === 0 ? <p>Nothing is planned for it yet.</p> : null}
    </section>
  );
}
