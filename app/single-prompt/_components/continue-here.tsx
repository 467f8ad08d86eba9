"use client";

import { PenLine } from "lucide-react";
import { useCallApi } from "@/lib/client/page-user";
import type { Quote } from "@/lib/contract/quote";
import { continueGeneration } from "@/lib/contract/studio";
import { estimateTextBytes } from "@/lib/contract/text-size";
import { BeginButton } from "../../_components/studio/begin-button";
import { FailureNotice } from "../../_components/studio/failure-notice";
import { balanceInWords, findObstacle, priceInWords } from "../../_components/studio/price-words";
import { useBegin } from "../../_components/studio/use-begin";
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
  const { busy, failure, begin } = useBegin();
  const { id, prompt, language } = generation;
  const needed = estimateTextBytes({ prompt, language, words: price.words });

  return (
    <div className="rounded-md border border-line bg-sheet p-4">
      <p className="text-[0.9375rem] text-ink tabular-nums">
        {priceInWords(price)} <span className="text-soft">{balanceInWords(balance, price)}</span>
      </p>
      <BeginButton
        variant="primary"
        className="mt-3"
        busy={busy !== null}
        obstacle={findObstacle({ balance, freeBytes }, price, needed)}
        topupUrl={topupUrl}
        note="You pay only for the words that it adds."
        onClick={() =>
          void begin(
            "continue",
            (idempotencyKey) => callApi(continueGeneration, { id }, { idempotencyKey }),
            (begun) => onContinued(begun.quoted_credits),
          )
        }
      >
        <PenLine aria-hidden="true" /> Continue from here
      </BeginButton>
      {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} className="mt-4" />}
    </div>
  );
}
