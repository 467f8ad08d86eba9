"use client";

import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { currentPiece, type Writing } from "../../_components/studio/generation-state";
import type { Means } from "../../_components/studio/means";
import { announce } from "../../_components/studio/announce";
import { StreamingText } from "../../_components/studio/streaming-text";
import { useGeneration } from "../../_components/studio/use-generation";
import { WritingBar } from "../../_components/studio/writing-bar";
import { Outcome } from "./outcome";
import { PageMarks } from "./page-marks";
import { Request } from "./request";

export interface GenerationViewProps extends Omit<Means, "writer"> {
  initial: Writing;
  /** The text was begun here a moment ago: the keyboard goes on from its heading, and the page follows the text. */
  begunHere?: boolean;
  onLeave: () => void;
}

/** A text while it is written and after: the tab is only a window on it. */
export function GenerationView({
  initial,
  balance,
  freeBytes,
  topupUrl,
  begunHere = false,
  onLeave,
}: GenerationViewProps) {
  const [spoken, setSpoken] = useState("");
  const { writing, line, begin, patch } = useGeneration(initial, (before, after) => {
    const said = announce(before, after);
    if (said !== null) setSpoken(said);
  });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (begunHere) heading.current?.focus({ preventScroll: true });
  }, [begunHere]);

  const { generation, pieces } = writing;
  const live = generation.status === "writing";
  const justEnded = !live && spoken !== "";
  return (
    <article className="mx-auto max-w-prose">
      <Button variant="quiet" size="sm" className="-ml-3" onClick={onLeave}>
        <ArrowLeft aria-hidden="true" /> Write something new
      </Button>
      <header className="mt-4 border-b border-line pb-5">
        <Request generation={generation} headingRef={heading} />
        {generation.label === null ? null : (
          <p className="mt-3">
            <Badge tone="warn">{generation.label}</Badge>
          </p>
        )}
        <PageMarks pieces={pieces} />
      </header>
      <p role="status" className="sr-only">
        {spoken}
      </p>
      <StreamingText text={pieces.map(({ text }) => text).join("")} live={live} fromStart={begunHere} />
      {live ? (
        <WritingBar
          writing={writing}
          doing={`Writing page ${currentPiece(pieces)?.nth ?? generation.pages} of ${generation.pages}`}
          subject="The text"
          line={line}
          onStopping={() => patch({ stop_requested: true })}
        />
      ) : (
        <Outcome
          generation={generation}
          balance={balance}
          freeBytes={freeBytes}
          topupUrl={topupUrl}
          justEnded={justEnded}
          onContinued={begin}
          onSaved={(project_code) => patch({ project_code, unsaved: false })}
        />
      )}
    </article>
  );
}
