import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { type Failure, failureInWords } from "../../_components/studio/failure-words";
import { newsOf, tellBalance } from "@/lib/client/balance-news";

/** Begins something that costs coins, once for each wish, however often it is clicked and whatever becomes of the answer. */
export function useBegin(onBegun: () => Promise<unknown>) {
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = useRef<{ what: string; key: string } | null>(null);
  const underWay = useRef(false);

  async function begin(what: string, ask: (idempotencyKey: string) => Promise<Parameters<typeof newsOf>[0]>) {
    if (underWay.current) return;
    underWay.current = true;
    // A request that was never answered may have arrived: the same wish once more is the same request.
    if (attempt.current?.what !== what) attempt.current = { what, key: newIdempotencyKey() };
    setBusy(what);
    setFailure(null);
    try {
      const begun = await ask(attempt.current.key);
      attempt.current = null;
      tellBalance(newsOf(begun));
      await onBegun();
    } catch (error) {
      setFailure(failureInWords(error));
      if (error instanceof ApiError) {
        if (error.code !== "unreachable") attempt.current = null;
        if (error.code === "insufficient_credits" && typeof error.answer.credits === "number")
          tellBalance({ credits: error.answer.credits });
        if (error.code === "story_busy") await onBegun();
      }
    } finally {
      underWay.current = false;
      setBusy(null);
    }
  }

  return { busy, failure, begin };
}
