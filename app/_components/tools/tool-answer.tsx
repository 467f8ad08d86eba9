"use client";

import { Check, Copy, Square } from "lucide-react";
import { type ReactNode, useState } from "react";
import { copyText } from "@/lib/client/copy-text";
import { useCallApi } from "@/lib/client/page-user";
import type { GenerationPiece } from "@/lib/contract/studio";
import { stopGeneration } from "@/lib/contract/studio";
import { Badge } from "@/lib/ui/badge";
import { Button } from "@/lib/ui/button";
import { Card } from "@/lib/ui/card";
import { coinsInWords } from "@/lib/ui/coin";
import { Notice } from "@/lib/ui/notice";
import type { Writing } from "../studio/generation-state";
import { useGeneration } from "../studio/use-generation";
import { itemsToShow, linesToCopy } from "./list-items";

interface ToolAnswerProps {
  initial: Writing;
  /** What can be done with an answer that is whole. */
  actions?: (text: string) => ReactNode;
}

/** The answers of a tool, each in a card of its own, while they are written and after. */
export function ToolAnswer({ initial, actions }: ToolAnswerProps) {
  const callApi = useCallApi();
  const [spoken, setSpoken] = useState("");
  const { writing, line, patch } = useGeneration(initial, (before, after) => {
    if (before.generation.status !== after.generation.status) setSpoken(outcome(after));
  });
  const { generation, pieces } = writing;
  const live = generation.status === "writing";
  const shown = pieces.filter(({ text, status }) => text !== "" || (live && status === "writing"));

  async function stop() {
    await callApi(stopGeneration, { id: generation.id }).then(
      () => patch({ stop_requested: true }),
      // The answer goes on; the button is still there.
      () => undefined,
    );
  }

  return (
    <div className="space-y-4">
      <p role="status" className="sr-only">
        {spoken}
      </p>
      {shown.map((piece) => (
        <Answer key={piece.nth} piece={piece} many={pieces.length > 1} label={generation.label}>
          {piece.status === "writing" ? null : actions?.(piece.text)}
        </Answer>
      ))}
      {live ? (
        <div className="flex items-center justify-between gap-4">
          <p className="text-sm text-faint">
            {line === "live"
              ? "Being written…"
              : "The connection is lost. The answer is still being written."}
          </p>
          <Button size="sm" onClick={stop} busy={generation.stop_requested}>
            <Square aria-hidden="true" /> Stop
          </Button>
        </div>
      ) : generation.status === "done" ? (
        <p className="text-sm text-faint tabular-nums">{coinsInWords(generation.charged_credits)} charged.</p>
      ) : (
        <Notice tone={generation.status === "stopped" ? "info" : "error"} title={titleOf(writing)}>
          {chargedInWords(writing)}
        </Notice>
      )}
    </div>
  );
}

interface AnswerProps {
  piece: GenerationPiece;
  many: boolean;
  label: string | null;
  children: ReactNode;
}

function Answer({ piece: { nth, text, status }, many, label, children }: AnswerProps) {
  const [copied, setCopied] = useState(false);
  const items = itemsToShow(text);
  return (
    <Card padding="sm" role="group" aria-label={many ? `Answer ${nth}` : "The answer"}>
      {many || label !== null ? (
        <p className="mb-2 flex flex-wrap items-center gap-2 text-sm text-faint">
          {many ? `Answer ${nth}` : null}
          {label === null ? null : <Badge tone="warn">{label}</Badge>}
        </p>
      ) : null}
      {items === null ? (
        <p className="font-serif text-[1.0625rem] leading-relaxed whitespace-pre-wrap">
          {text || <span className="text-faint">…</span>}
        </p>
      ) : (
        <ul className="list-disc space-y-1 pl-5 font-serif text-[1.0625rem] leading-relaxed">
          {items.map((item, at) => (
            <li key={at}>{item}</li>
          ))}
        </ul>
      )}
      {status === "writing" || text === "" ? null : (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {children}
          <Button
            size="sm"
            variant="quiet"
            onClick={async () => setCopied(await copyText(linesToCopy(text)))}
            onBlur={() => setCopied(false)}
          >
            {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />} {copied ? "Copied" : "Copy"}
          </Button>
        </div>
      )}
    </Card>
  );
}

function titleOf({ generation: { status, error } }: Writing): string {
  if (status === "stopped") return "Stopped";
  return error ?? "The answer broke off.";
}

function chargedInWords({ generation: { charged_credits: charged } }: Writing): string {
  return charged === 0
    ? "You were not charged."
    : `${coinsInWords(charged)} charged, for what was delivered.`;
}

function outcome(writing: Writing): string {
  const { status } = writing.generation;
  if (status === "writing") return "The answer is being written.";
  return status === "done" ? "The answer is there." : `${titleOf(writing)} ${chargedInWords(writing)}`;
}
