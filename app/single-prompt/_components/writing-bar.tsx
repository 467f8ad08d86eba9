"use client";

import { Square } from "lucide-react";
import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import type { Line } from "@/lib/client/keep-reading";
import { useCallApi } from "@/lib/client/page-user";
import { WORDS_PER_PAGE } from "@/lib/contract/quote";
import { stopGeneration } from "@/lib/contract/studio";
import { Button } from "@/lib/ui/button";
import { Progress } from "@/lib/ui/progress";
import { failureInWords, type Failure } from "../../_components/studio/failure-words";
import type { Writing } from "../../_components/studio/generation-state";
import { wordsInWords } from "../../_components/studio/price-words";
import { useLostFocus } from "../../_components/studio/use-lost-focus";

/** What goes on, how far it has come, and the way to stop it; always in sight while a text is written. */
export function WritingBar({
  writing: { generation, pieces },
  line,
  onStopping,
}: {
  writing: Writing;
  line: Line;
  onStopping: () => void;
}) {
  const callApi = useCallApi();
  const [failure, setFailure] = useState<Failure | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  useLostFocus(bar);
  const { id, pages, words, stop_requested: stopping } = generation;
  const current =
    pieces.find(({ status }) => status === "writing") ?? pieces.find(({ status }) => status !== "done");
  const wanted = pages * WORDS_PER_PAGE;

  async function stop() {
    setFailure(null);
    try {
      await callApi(stopGeneration, { id }, {});
      onStopping();
    } catch (error) {
      setFailure(failureInWords(error));
    }
  }

  return (
    <div
      ref={bar}
      tabIndex={-1}
      className="sticky bottom-0 z-10 -mx-4 mt-8 border-t border-line bg-paper px-4 pt-3 pb-4 outline-none sm:mx-0 sm:px-0"
    >
      <Progress
        label="Words written"
        value={Math.min(words, wanted)}
        max={wanted}
        valueText={`${wordsInWords(words)} of about ${wordsInWords(wanted)}`}
      />
      <div className="mt-3 flex items-center justify-between gap-4">
        <p className="min-w-0 text-sm text-soft tabular-nums">
          <span className="font-medium text-ink">
            {stopping ? "Stopping" : `Writing page ${current?.nth ?? pages} of ${pages}`}
          </span>
          <span className="block text-faint">
            {failure === null ? lineInWords(line, words, wanted) : `${failure.title}. ${failure.description}`}
          </span>
        </p>
        <Button onClick={stop} busy={stopping}>
          <Square aria-hidden="true" /> Stop
        </Button>
      </div>
    </div>
  );
}

function lineInWords(line: Line, words: number, wanted: number): string {
  if (line === "live") return `${wordsInWords(words)} of about ${wordsInWords(wanted)}`;
  if (line === "lost")
    return "The connection is lost. The text is still being written, and nothing is missed.";
  const { title, description } = failureInWords(line);
  return line instanceof ApiError ? `${title}. ${description}` : title;
}
