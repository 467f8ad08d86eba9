import { PenLine } from "lucide-react";
import type { Quote } from "@/lib/contract/quote";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { Card } from "@/lib/ui/card";
import { FailureNotice } from "../../_components/studio/failure-notice";
import type { Failure } from "../../_components/studio/failure-words";
import { balanceInWords, type Obstacle, priceInWords } from "../../_components/studio/price-words";
import { WayOut } from "../../_components/studio/way-out";

interface PriceCardProps {
  price: Quote | null;
  balance: number;
  obstacle: Obstacle | null;
  /** Null where writing is not available. */
  writer: { demoLabel: string | null } | null;
  topupUrl: string;
  busy: boolean;
  failure: Failure | null;
}

/** The price before the first word, and the button; where it is off, why, and what to do. */
export function PriceCard({ price, balance, obstacle, writer, topupUrl, busy, failure }: PriceCardProps) {
  const off = writer === null || obstacle !== null;
  return (
    <Card className="self-start lg:sticky lg:top-6">
      <p className="font-serif text-xl leading-snug text-ink tabular-nums">
        {price === null ? "The price stands here." : priceInWords(price)}
      </p>
      <p className="mt-1.5 min-h-6 text-[0.9375rem] text-soft tabular-nums">
        {price === null ? "" : balanceInWords(balance, price)}
      </p>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        className="mt-5 w-full"
        busy={busy}
        aria-disabled={off || undefined}
        aria-describedby="price-reason"
      >
        <PenLine aria-hidden="true" /> Write it
      </Button>
      <div id="price-reason" className="mt-3 text-sm text-soft">
        {writer === null ? (
          "Writing is not available: this server has no model to write with."
        ) : obstacle === null ? (
          "Charged at the end, for the words that were delivered. What is not used goes back."
        ) : (
          <>
            {obstacle.text} <WayOut kind={obstacle.kind} topupUrl={topupUrl} />
          </>
        )}
      </div>
      {writer?.demoLabel ? (
        <p className="mt-4">
          <Badge tone="warn">{writer.demoLabel}</Badge>
        </p>
      ) : null}
      {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} className="mt-4" />}
    </Card>
  );
}
