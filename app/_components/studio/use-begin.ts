import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import { newsOf, tellBalance } from "@/lib/client/balance-news";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { type Failure, failureInWords } from "./failure-words";

/** What an answer may say of the balance. */
type Told = Partial<Parameters<typeof newsOf>[0]>;

/**
 * Begins something that costs coins, once for each wish, however often it is clicked and whatever becomes of the answer.
 * `onBehind` is called where the server is busy with what the page takes to be idle.
 */
export function useBegin(onBehind?: () => Promise<unknown>) {
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = useRef<{ wish: string; key: string } | null>(null);
  const underWay = useRef(false);

  /**
   * Asks for what `wish` names, then has `onBegun` do the rest: `busy` is the wish until that is done. Answers what
   * `onBegun` answers; null where it was refused, or something is under way: `failure` says why.
   */
  async function begin<T extends object, R>(
    wish: string,
    ask: (idempotencyKey: string) => Promise<T>,
    onBegun: (begun: T) => R | Promise<R>,
  ): Promise<R | null> {
    if (underWay.current) return null;
    underWay.current = true;
    // A request that was never answered may have arrived: the same wish once more is the same request.
    if (attempt.current?.wish !== wish) attempt.current = { wish, key: newIdempotencyKey() };
    setBusy(wish);
    setFailure(null);
    try {
      const begun = await ask(attempt.current.key);
      attempt.current = null;
      const { credits, ...told }: Told = begun;
      if (credits !== undefined) tellBalance(newsOf({ credits, ...told }));
      return await onBegun(begun);
    } catch (error) {
      setFailure(failureInWords(error));
      if (error instanceof ApiError) {
        if (error.code !== "unreachable") attempt.current = null;
        if (error.code === "insufficient_credits" && typeof error.answer.credits === "number")
          tellBalance({ credits: error.answer.credits });
        if (error.code === "story_busy") await onBehind?.();
      }
      return null;
    } finally {
      underWay.current = false;
      setBusy(null);
    }
  }

  return { busy, failure, begin };
}
