"use client";

import { PenLine } from "lucide-react";
import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import { newsOf, tellBalance } from "@/lib/client/balance-news";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import type { Quote } from "@/lib/contract/quote";
import { continueGeneration } from "@/lib/contract/studio";
import { estimateTextBytes } from "@/lib/contract/text-size";
import { Button } from "@/lib/ui/button";
import { FailureNotice } from "../../_components/studio/failure-notice";
import { failureInWords, type Failure } from "../../_components/studio/failure-words";
import { balanceInWords, findObstacle, priceInWords } from "../../_components/studio/price-words";
import { WayOut } from "../../_components/studio/way-out";
import type { OutcomeProps } from "./outcome";

/** The way to go on, with what it costs: only the words that it adds. */
export function ContinueHere({
  generation,
  price,
  balance,
  freeBytes,
  topupUrl,
  onContinued,
}: OutcomeProps & { price: Quote }) {
  const callApi = useCallApi();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const key = useRef<string | null>(null);
  const { id, prompt, language } = generation;
  const needed = estimateTextBytes({ prompt, language, words: price.words });
  const obstacle = findObstacle({ balance, freeBytes }, price, needed);

  async function goOn() {
    // A request that was never answered may have arrived: the same once more goes on once.
    key.current ??= newIdempotencyKey();
    setBusy(true);
    setFailure(null);
    try {
      const begun = await callApi(continueGeneration, { id }, { idempotencyKey: key.current });
      tellBalance(newsOf(begun));
      onContinued(begun.quoted_credits);
    } catch (error) {
      setFailure(failureInWords(error));
      if (error instanceof ApiError && error.code !== "unreachable") key.current = null;
      setBusy(false);
    }
  }

  return (
    <div className="rounded-md border border-line bg-sheet p-4">
      <p className="text-[0.9375rem] text-ink tabular-nums">
        {priceInWords(price)} <span className="text-soft">{balanceInWords(balance, price)}</span>
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          variant="primary"
          busy={busy}
          onClick={goOn}
          aria-disabled={obstacle !== null || undefined}
          aria-describedby="continue-reason"
        >
          <PenLine aria-hidden="true" /> Continue from here
        </Button>
        <p id="continue-reason" className="min-w-0 flex-1 basis-52 text-sm text-soft">
          {obstacle === null ? (
            "You pay only for the words that it adds."
          ) : (
            <>
              {obstacle.text} <WayOut kind={obstacle.kind} topupUrl={topupUrl} />
            </>
          )}
        </p>
      </div>
      {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} className="mt-4" />}
    </div>
  );
}
