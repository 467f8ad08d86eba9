import { ArrowDown, ArrowUp, Copy, RefreshCw, Trash2 } from "lucide-react";
import type { BeatPlace } from "@/lib/contract/same-beats";
import { PLAN_CREDITS } from "@/lib/contract/story";
import { Button } from "@/lib/ui/button";
import { coinsInWords } from "@/lib/ui/coin";
import { Field } from "@/lib/ui/field";
import { Input } from "@/lib/ui/input";
import { Textarea } from "@/lib/ui/textarea";
import type { Obstacle } from "../../_components/studio/price-words";
import type { ChapterDraft } from "./outline-draft";

interface OutlineChapterProps {
  draft: ChapterDraft;
  number: number;
  count: number;
  /** Pairs of beats that say the same, one of them of this chapter. */
  same: readonly [BeatPlace, BeatPlace][];
  replan: { busy: boolean; blocked: Obstacle | null; onClick: () => void };
  onChange: (part: Partial<ChapterDraft>) => void;
  /** To this place, from 0. */
  onMove: (to: number) => void;
  onRemove: () => void;
}

/** The plan of a chapter, with all that can be done to it. */
export function OutlineChapterFields(props: OutlineChapterProps) {
  const { draft, number, count, same, replan, onChange, onMove, onRemove } = props;
  const name = `chapter ${number}`;
  return (
    <li className="rounded-lg border border-line bg-sheet p-4 sm:p-5">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-sm font-semibold text-ink tabular-nums">Chapter {number}</h2>
        <div className="flex gap-1">
          <Button
            variant="quiet"
            size="sm"
            aria-label={`Move ${name} up`}
            disabled={number === 1}
            onClick={() => onMove(number - 2)}
          >
            <ArrowUp aria-hidden="true" />
          </Button>
          <Button
            variant="quiet"
            size="sm"
            aria-label={`Move ${name} down`}
            disabled={number === count}
            onClick={() => onMove(number)}
          >
            <ArrowDown aria-hidden="true" />
          </Button>
          <Button
            variant="quiet"
            size="sm"
            aria-label={`Plan ${name} anew, ${coinsInWords(PLAN_CREDITS)}`}
            title={replan.blocked?.text ?? `Plan it anew: ${coinsInWords(PLAN_CREDITS)}`}
            aria-disabled={replan.blocked !== null || undefined}
            busy={replan.busy}
            onClick={replan.onClick}
          >
            <RefreshCw aria-hidden="true" />
          </Button>
          <Button variant="quiet" size="sm" aria-label={`Remove ${name}`} onClick={onRemove}>
            <Trash2 aria-hidden="true" />
          </Button>
        </div>
      </div>
      <div className="mt-3 grid gap-x-5 gap-y-4 sm:grid-cols-[minmax(0,1fr)_14rem]">
        <Field label="Title">
          {(control) => (
            <Input
              {...control}
              value={draft.title}
              maxLength={120}
              onChange={(event) => onChange({ title: event.target.value })}
            />
          )}
        </Field>
        <Field label="Seen by">
          {(control) => (
            <Input
              {...control}
              value={draft.pointOfView}
              maxLength={80}
              onChange={(event) => onChange({ pointOfView: event.target.value })}
            />
          )}
        </Field>
        <Field label="What happens" hint="A beat a line, in order." className="sm:col-span-2">
          {(control) => (
            <Textarea
              {...control}
              rows={4}
              value={draft.beats}
              onChange={(event) => onChange({ beats: event.target.value })}
            />
          )}
        </Field>
      </div>
      {same.length === 0 ? null : (
        <ul className="mt-3 space-y-1 text-sm text-warn">
          {same.map(([a, b]) => (
            <li key={`${a.chapter}.${a.beat} ${b.chapter}.${b.beat}`} className="flex items-start gap-2">
              <Copy aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
              {sameInWords(a, b, number)}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function sameInWords(a: BeatPlace, b: BeatPlace, here: number): string {
  const [mine, other] = a.chapter === here ? [a, b] : [b, a];
  const where =
    other.chapter === here ? `beat ${other.beat}` : `beat ${other.beat} of chapter ${other.chapter}`;
  return `Beat ${mine.beat} says the same as ${where}.`;
}
