"use client";

import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useTransition } from "react";
import { useCallApi, usePageUser } from "@/lib/client/page-user";
import { useBalance } from "@/lib/client/use-balance";
import { createStory, PLAN_CREDITS } from "@/lib/contract/story";
import { estimateTextBytes } from "@/lib/contract/text-size";
import { coinsInWords } from "@/lib/ui/coin";
import { type MeansAtFirst, NO_WRITER } from "../../_components/studio/means";
import { PriceCard } from "../../_components/studio/price-card";
import { findObstacle } from "../../_components/studio/price-words";
import { StudioForm } from "../../_components/studio/studio-form";
import { useBegin } from "../../_components/studio/use-begin";
import { WayOut } from "../../_components/studio/way-out";
import { ideaOf, priceOf, problemOf, useIdeaDraft } from "./idea-draft";
import { IdeaFields } from "./idea-fields";

/** Step 1 of a new story. The price of all of it stands there before anything is begun; beginning costs nothing. */
export function NewStory({ balance: atFirst, ...rest }: MeansAtFirst) {
  const callApi = useCallApi();
  const router = useRouter();
  const means = { ...rest, balance: useBalance(atFirst).credits };
  const [draft, change] = useIdeaDraft(usePageUser());
  const { busy, failure, begin } = useBegin();
  const [leaving, startLeaving] = useTransition();
  const premise = useRef<HTMLTextAreaElement>(null);
  const problem = problemOf(draft);
  const price = priceOf(draft);
  const obstacle =
    price &&
    findObstacle(
      means,
      price,
      estimateTextBytes({ prompt: draft.premise, language: draft.language || null, words: price.words }),
    );

  function submit(event: FormEvent) {
    event.preventDefault();
    if (draft.premise.trim() === "") premise.current?.focus();
    if (problem !== null) return;
    const ask = { idea: ideaOf(draft) };
    void begin(
      JSON.stringify(ask),
      (idempotencyKey) => callApi(createStory, ask, { idempotencyKey }),
      ({ story_id: id }) => {
        change({ premise: "", material: "", materialName: "" });
        startLeaving(() => router.push(`/story-generator/${id}`));
      },
    );
  }

  return (
    <StudioForm title="Write a story" onSubmit={submit}>
      <IdeaFields draft={draft} change={change} premiseRef={premise} />
      <PriceCard
        means={means}
        price={price}
        off={problem !== null}
        reason={
          <>
            {problem ?? (
              <>
                Nothing is charged yet. Each chapter is paid for when it is written, for the words that were
                delivered; a bible and a plan cost {coinsInWords(PLAN_CREDITS)} each, if you want them made.
              </>
            )}
            {obstacle === null || problem !== null ? null : (
              <p className="mt-2">
                {obstacle.text} <WayOut kind={obstacle.kind} topupUrl={means.topupUrl} />
              </p>
            )}
            {means.writer === null ? <p className="mt-2">{NO_WRITER.text}</p> : null}
          </>
        }
        busy={busy !== null || leaving}
        failure={failure}
      >
        Begin the story <ArrowRight aria-hidden="true" />
      </PriceCard>
    </StudioForm>
  );
}
