"use client";

import { NotebookText } from "lucide-react";
import { useRef } from "react";
import { useCallApi } from "@/lib/client/page-user";
import { type GenerationSummary, saveGeneration } from "@/lib/contract/studio";
import { ButtonLink } from "@/lib/ui/button-link";
import { coinsInWords } from "@/lib/ui/coin";
import { ExportMenu } from "../../_components/export-menu";
import type { Means } from "../../_components/studio/means";
import { wordsInWords } from "../../_components/studio/price-words";
import { UnsavedNotice } from "../../_components/studio/unsaved-notice";
import { useLostFocus } from "../../_components/studio/use-lost-focus";
import { ContinueHere } from "./continue-here";

export interface OutcomeProps extends Omit<Means, "writer"> {
  generation: GenerationSummary;
  /** It ended before the reader's eyes. */
  justEnded: boolean;
  onContinued: (quoted: number) => void;
  onSaved: (projectCode: string | null) => void;
}

/** How it ended: what was written, what it cost, where it is, and how to go on. */
export function Outcome(props: OutcomeProps) {
  const { generation, topupUrl, onSaved } = props;
  const { status, words, error, settlement, charged_credits: charged, unsaved } = generation;
  const heading = useRef<HTMLHeadingElement>(null);
  useLostFocus(heading, props.justEnded);
  const title =
    status === "done" ? "Finished" : status === "stopped" ? "Stopped" : (error ?? "Writing broke off.");
  return (
    <section aria-label="How it ended" className="mt-10 space-y-5 border-t border-line pt-6">
      <div>
        <h2 ref={heading} tabIndex={-1} className="font-serif text-xl leading-snug outline-none">
          {title}
        </h2>
        <p className="mt-1 text-[0.9375rem] text-soft tabular-nums">
          {wordsInWords(words)}
          {settlement === null ? "" : `, ${coinsInWords(settlement.charged)} charged`}
          {settlement !== null && settlement.released > 0 ? `, ${settlement.released} given back` : ""}
          {settlement !== null && charged > settlement.charged ? `, ${coinsInWords(charged)} in all` : ""}.
        </p>
      </div>
      {unsaved ? <Unsaved generation={generation} topupUrl={topupUrl} onSaved={onSaved} /> : null}
      {generation.continue_quote === null ? null : (
        <ContinueHere {...props} price={generation.continue_quote} />
      )}
      {generation.project_code === null ? null : <Kept code={generation.project_code} />}
    </section>
  );
}

function Kept({ code }: { code: string }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ButtonLink href={`/workspace/${code}`}>
        <NotebookText aria-hidden="true" /> Open in the workspace
      </ButtonLink>
      <ExportMenu code={code} />
    </div>
  );
}

function Unsaved({
  generation: { id },
  topupUrl,
  onSaved,
}: Pick<OutcomeProps, "generation" | "topupUrl" | "onSaved">) {
  const callApi = useCallApi();
  return (
    <UnsavedNotice
      title="The workspace had no room for all of it"
      topupUrl={topupUrl}
      save={async () => onSaved((await callApi(saveGeneration, { id })).project_code)}
    >
      Nothing is lost: the text is kept here. Make room, then save.
    </UnsavedNotice>
  );
}
