"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { useCallApi } from "@/lib/client/page-user";
import { useBalance } from "@/lib/client/use-balance";
import { getGeneration, type GenerationSummary } from "@/lib/contract/studio";
import { Notice } from "@/lib/ui/notice";
import { SkeletonText } from "@/lib/ui/skeleton";
import { failureInWords } from "../../_components/studio/failure-words";
import type { Writing } from "../../_components/studio/generation-state";
import type { Means, MeansAtFirst } from "../../_components/studio/means";
import { GenerationView } from "./generation-view";
import { LastTexts } from "./last-texts";
import { PromptForm } from "./prompt-form";

export interface StudioProps extends MeansAtFirst {
  /** The text that the address names; null for the form. */
  shown: Writing | null;
  last: readonly GenerationSummary[];
}

/** The form, or the text that the address names. A text that is begun takes its place in the address without a reload. */
export function Studio({ shown, last, balance, freeBytes, topupUrl, writer }: StudioProps) {
  const router = useRouter();
  const asked = useSearchParams().get("generation");
  const means = { balance: useBalance(balance).credits, freeBytes, topupUrl };

  function leave() {
    window.history.pushState(null, "", "/single-prompt");
    // The list below the form has one more by now.
    router.refresh();
  }

  if (asked === null) {
    return (
      <>
        <PromptForm
          means={{ ...means, writer }}
          onBegun={(id) => window.history.pushState(null, "", `/single-prompt?generation=${id}`)}
        />
        <LastTexts generations={last} />
      </>
    );
  }
  if (shown?.generation.id === asked)
    return <GenerationView key={asked} initial={shown} {...means} onLeave={leave} />;
  return <LoadedGeneration key={asked} id={asked} {...means} onLeave={leave} />;
}

interface LoadedProps extends Omit<Means, "writer"> {
  id: string;
  onLeave: () => void;
}

/** A text that the page was not made with: it was begun here, or reached with the browser's own buttons. */
function LoadedGeneration({ id, ...rest }: LoadedProps) {
  const callApi = useCallApi();
  const [loaded, setLoaded] = useState<Writing | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const leave = new AbortController();
    callApi(getGeneration, { id }, { signal: leave.signal }).then(setLoaded, (failure: unknown) => {
      if (!leave.signal.aborted) setError(failure);
    });
    return () => leave.abort();
  }, [callApi, id]);
  if (loaded !== null)
    return <GenerationView initial={loaded} begunHere={loaded.generation.status === "writing"} {...rest} />;
  if (error === null) {
    return (
      <div className="mx-auto max-w-prose">
        <SkeletonText lines={6} label="The text is being fetched" />
      </div>
    );
  }
  const { title, description } = failureInWords(error);
  return (
    <div className="mx-auto max-w-prose">
      <Notice tone="error" role="alert" title={title}>
        {description}
      </Notice>
    </div>
  );
}
