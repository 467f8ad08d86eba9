import { useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { getGeneration } from "@/lib/contract/studio";
import { startTool } from "@/lib/contract/tool";
import type { ToolInput } from "@/lib/contract/tool-input";
import { failureInWords, type Failure } from "@/app/_components/studio/failure-words";
import type { Writing } from "@/app/_components/studio/generation-state";
import { newsOf, tellBalance } from "@/lib/client/balance-news";

/** Has a tool answer. `begin` gives what is to be followed, or null where it was refused: `failure` says why. */
export function useStartTool() {
  const callApi = useCallApi();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = useRef<{ body: string; key: string } | null>(null);

  async function begin(ask: ToolInput): Promise<Writing | null> {
    const body = JSON.stringify(ask);
    // A request that was never answered may have arrived: the same once more is the same answer, not a second one.
    if (attempt.current?.body !== body) attempt.current = { body, key: newIdempotencyKey() };
    setBusy(true);
    setFailure(null);
    try {
      const begun = await callApi(startTool, { ask }, { idempotencyKey: attempt.current.key });
      attempt.current = null;
      tellBalance(newsOf(begun));
      return await callApi(getGeneration, { id: begun.generation_id });
    } catch (error) {
      setFailure(failureInWords(error));
      if (error instanceof ApiError && error.code !== "unreachable") {
        attempt.current = null;
        if (error.code === "insufficient_credits" && typeof error.answer.credits === "number")
          tellBalance({ credits: error.answer.credits });
      }
      return null;
    } finally {
      setBusy(false);
    }
  }

  return { begin, busy, failure };
}
