"use client";

import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi, usePageUser } from "@/lib/client/page-user";
import { createStory, PLAN_CREDITS } from "@/lib/contract/story";
import { estimateTextBytes } from "@/lib/contract/text-size";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { Card } from "@/lib/ui/card";
import { coinsInWords } from "@/lib/ui/coin";
import { FailureNotice } from "../../single-prompt/_components/failure-notice";
import { type Failure, failureInWords } from "../../single-prompt/_components/failure-words";
import { balanceInWords, findObstacle, priceInWords } from "../../single-prompt/_components/price-words";
import type { BalanceNews } from "@/lib/client/balance-news";
import { useBalance } from "@/lib/client/use-balance";
import { WayOut } from "../../single-prompt/_components/way-out";
import { ideaOf, priceOf, problemOf, useIdeaDraft } from "./idea-draft";
import { IdeaFields } from "./idea-fields";

interface NewStoryProps {
  /** Whole coins. */
  balance: Required<BalanceNews>;
  freeBytes: number;
  topupUrl: string;
  /** Null where writing is not available. */
  writer: { demoLabel: string | null } | null;
}

/** Step 1 of a new story. The price of all of it stands there before anything is begun; beginning costs nothing. */
export function NewStory({ balance: atFirst, freeBytes, topupUrl, writer }: NewStoryProps) {
  const callApi = useCallApi();
  const router = useRouter();
  const balance = useBalance(atFirst).credits;
  const [draft, change] = useIdeaDraft(usePageUser());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const attempt = useRef<{ body: string; key: string } | null>(null);
  const premise = useRef<HTMLTextAreaElement>(null);
  const headingId = useId();
  const problem = problemOf(draft);
  const price = priceOf(draft);
  const obstacle =
    price &&
    findObstacle(
      { balance, freeBytes },
      price,
      estimateTextBytes({ prompt: draft.premise, language: draft.language || null, words: price.words }),
    );

  async function begin(event: FormEvent) {
    event.preventDefault();
    if (draft.premise.trim() === "") premise.current?.focus();
    if (busy || problem !== null) return;
    const ask = { idea: ideaOf(draft) };
    const body = JSON.stringify(ask);
    // A request that was never answered may have arrived: the same once more is the same story.
    if (attempt.current?.body !== body) attempt.current = { body, key: newIdempotencyKey() };
    setBusy(true);
    setFailure(null);
    try {
      const { story_id: id } = await callApi(createStory, ask, { idempotencyKey: attempt.current.key });
      change({ premise: "", material: "", materialName: "" });
      router.push(`/story-generator/${id}`);
    } catch (error) {
      setFailure(failureInWords(error));
      if (error instanceof ApiError && error.code !== "unreachable") attempt.current = null;
      setBusy(false);
    }
  }

  return (
    <form onSubmit={begin} noValidate aria-labelledby={headingId}>
      <h1
        id={headingId}
        className="mb-8 text-2xl leading-tight font-semibold tracking-[-0.02em] sm:text-[1.75rem]"
      >
        Write a story
      </h1>
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <IdeaFields draft={draft} change={change} premiseRef={premise} />
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
            aria-disabled={problem !== null || undefined}
            aria-describedby="story-price"
          >
            Begin the story <ArrowRight aria-hidden="true" />
          </Button>
          <div id="story-price" className="mt-3 text-sm text-soft">
            {problem ?? (
              <>
                Nothing is charged yet. Each chapter is paid for when it is written, for the words that were
                delivered; a bible and a plan cost {coinsInWords(PLAN_CREDITS)} each, if you want them made.
              </>
            )}
            {obstacle === null || problem !== null ? null : (
              <p className="mt-2">
                {obstacle.text} <WayOut kind={obstacle.kind} topupUrl={topupUrl} />
              </p>
            )}
            {writer === null ? (
              <p className="mt-2">Writing is not available: this server has no model to write with.</p>
            ) : null}
          </div>
          {writer?.demoLabel ? (
            <p className="mt-4">
              <Badge tone="warn">{writer.demoLabel}</Badge>
            </p>
          ) : null}
          {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} className="mt-4" />}
        </Card>
      </div>
    </form>
  );
}
