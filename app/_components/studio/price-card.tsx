import { type ReactNode, useId } from "react";
import type { Quote } from "@/lib/contract/quote";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { Card } from "@/lib/ui/card";
import { FailureNotice } from "./failure-notice";
import type { Failure } from "./failure-words";
import type { Means } from "./means";
import { balanceInWords, priceInWords } from "./price-words";

interface PriceCardProps {
  means: Means;
  /** Null while what was typed has none. */
  price: Quote | null;
  /** What was typed can't be begun with. */
  off: boolean;
  /** Stands below the button: why it is off and what to do, or what is charged when. */
  reason: ReactNode;
  busy: boolean;
  failure: Failure | null;
  /** The words of the button. */
  children: ReactNode;
}

/** The price before the first word, and the button; where it is off, why, and what to do. */
export function PriceCard({ means, price, off, reason, busy, failure, children }: PriceCardProps) {
  const reasonId = useId();
  const { balance, writer, topupUrl } = means;
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
        aria-describedby={reasonId}
      >
        {children}
      </Button>
      <div id={reasonId} className="mt-3 text-sm text-soft">
        {reason}
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
