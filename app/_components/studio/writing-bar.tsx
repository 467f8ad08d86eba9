"use client";

import { Square } from "lucide-react";
import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import type { Line } from "@/lib/client/keep-reading";
import { useCallApi } from "@/lib/client/page-user";
import { stopGeneration } from "@/lib/contract/studio";
import { Button } from "@/lib/ui/button";
import { Progress } from "@/lib/ui/progress";
import { failureInWords, type Failure } from "./failure-words";
import type { Writing } from "./generation-state";
import { wordsInWords } from "./price-words";
import { useLostFocus } from "./use-lost-focus";

interface WritingBarProps {
  writing: Writing;
  /** What is done just now: "Writing page 2 of 3". */
  doing: string;
  /** What goes on where the line is lost. */
  subject: "The text" | "It";
  line: Line;
  onStopping: () => void;
}

/** What goes on, how far it has come, and the way to stop it; always in sight while something is written. */
export function WritingBar({ writing, doing, subject, line, onStopping }: WritingBarProps) {
  const callApi = useCallApi();
  const [failure, setFailure] = useState<Failure | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  useLostFocus(bar);
  const { id, words, stop_requested: stopping } = writing.generation;
  const wanted = writing.pieces.reduce((sum, piece) => sum + piece.target_words, 0);
  const progress = `${wordsInWords(words)} of about ${wordsInWords(wanted)}`;

  async function stop() {
    setFailure(null);
    try {
      await callApi(stopGeneration, { id }, {});
      onStopping();
    } catch (error) {
      setFailure(failureInWords(error));
    }
  }

  function lineInWords(): string {
    if (failure !== null) return `${failure.title}. ${failure.description}`;
    if (line === "live") return wanted === 0 ? "This takes a moment." : progress;
    if (line === "lost")
      return `The connection is lost. ${subject} is still being written, and nothing is missed.`;
    const { title, description } = failureInWords(line);
    return line instanceof ApiError ? `${title}. ${description}` : title;
  }

  return (
    <div
      ref={bar}
      tabIndex={-1}
      className="sticky bottom-0 z-10 -mx-4 mt-8 border-t border-line bg-paper px-4 pt-3 pb-4 outline-none sm:mx-0 sm:px-0"
    >
      {wanted === 0 ? null : (
        <Progress label="Words written" value={Math.min(words, wanted)} max={wanted} valueText={progress} />
      )}
      <div className="mt-3 flex items-center justify-between gap-4">
        <p className="min-w-0 text-sm text-soft tabular-nums">
          <span className="font-medium text-ink">{stopping ? "Stopping" : doing}</span>
          <span className="block text-faint">{lineInWords()}</span>
        </p>
        <Button onClick={() => void stop()} busy={stopping}>
          <Square aria-hidden="true" /> Stop
        </Button>
      </div>
    </div>
  );
}
