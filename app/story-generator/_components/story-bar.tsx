"use client";

import { Square } from "lucide-react";
import { useRef, useState } from "react";
import type { Line } from "@/lib/client/keep-reading";
import { ApiError } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { stopGeneration } from "@/lib/contract/studio";
import { Button } from "@/lib/ui/button";
import { Progress } from "@/lib/ui/progress";
import { type Failure, failureInWords } from "../../_components/studio/failure-words";
import type { Writing } from "../../_components/studio/generation-state";
import { wordsInWords } from "../../_components/studio/price-words";
import { useLostFocus } from "../../_components/studio/use-lost-focus";

interface StoryBarProps {
  active: Writing;
  line: Line;
  onStopping: () => void;
}

/** What is being made, how far it has come, and the way to stop it; in sight at every step. */
export function StoryBar({ active, line, onStopping }: StoryBarProps) {
  const callApi = useCallApi();
  const [failure, setFailure] = useState<Failure | null>(null);
  const bar = useRef<HTMLDivElement>(null);
  useLostFocus(bar);
  const { generation, pieces } = active;
  const { id, words, stop_requested: stopping } = generation;
  const wanted = pieces.reduce((sum, piece) => sum + piece.target_words, 0);

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
      {wanted === 0 ? null : (
        <Progress
          label="Words written"
          value={Math.min(words, wanted)}
          max={wanted}
          valueText={`${wordsInWords(words)} of about ${wordsInWords(wanted)}`}
        />
      )}
      <div className="mt-3 flex items-center justify-between gap-4">
        <p className="min-w-0 text-sm text-soft tabular-nums">
          <span className="font-medium text-ink">{stopping ? "Stopping" : doingInWords(active)}</span>
          <span className="block text-faint">
            {failure === null ? lineInWords(line, words, wanted) : `${failure.title}. ${failure.description}`}
          </span>
        </p>
        <Button onClick={() => void stop()} busy={stopping}>
          <Square aria-hidden="true" /> Stop
        </Button>
      </div>
    </div>
  );
}

function doingInWords({ generation: { kind, pages }, pieces }: Writing): string {
  if (kind === "story-bible") return "Making the bible";
  if (kind === "story-outline") return "Planning";
  const current =
    pieces.find(({ status }) => status === "writing") ?? pieces.find(({ status }) => status !== "done");
  const at = current === undefined ? pages : pieces.indexOf(current) + 1;
  const which = `Writing chapter ${current?.nth ?? pieces.at(-1)?.nth ?? 1}`;
  return pages === 1 ? which : `${which}, ${at} of ${pages}`;
}

function lineInWords(line: Line, words: number, wanted: number): string {
  if (line === "live")
    return wanted === 0 ? "This takes a moment." : `${wordsInWords(words)} of about ${wordsInWords(wanted)}`;
  if (line === "lost") return "The connection is lost. It is still being written, and nothing is missed.";
  const { title, description } = failureInWords(line);
  return line instanceof ApiError ? `${title}. ${description}` : title;
}
