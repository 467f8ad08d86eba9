import { memo } from "react";
import type { GenerationPiece } from "@/lib/contract/studio";
import { WORDS_PER_PAGE } from "@/lib/contract/quote";
import { classNames } from "@/lib/ui/class-names";

const WORDS = {
  waiting: "waiting",
  writing: "being written",
  done: "done",
  stopped: "stopped",
  failed: "broken off, not charged",
} as const;

const LOOKS = {
  waiting: "border-line text-faint",
  writing: "border-accent text-ink",
  done: "border-ink bg-ink text-paper",
  stopped: "border-edge text-soft",
  failed: "border-warn text-warn",
} as const;

/** How far each page has come: a mark for each, all of one size whatever happens to them. */
export function PageMarks({ pieces }: { pieces: readonly GenerationPiece[] }) {
  return (
    <ol aria-label="Pages" className="mt-4 flex flex-wrap gap-1.5">
      {pieces.map(({ nth, status, words }) => (
        <PageMark
          key={nth}
          nth={nth}
          status={status}
          percent={Math.min(99, Math.round((words / WORDS_PER_PAGE) * 100))}
        />
      ))}
    </ol>
  );
}

interface PageMarkProps {
  nth: number;
  status: GenerationPiece["status"];
  percent: number;
}

const PageMark = memo(function PageMark({ nth, status, percent }: PageMarkProps) {
  const begun = status !== "waiting" && status !== "done";
  const said = `Page ${nth}: ${WORDS[status]}${begun ? `, ${percent} %` : ""}`;
  return (
    <li
      title={said}
      className={classNames(
        "relative grid h-6 min-w-8 place-items-center overflow-hidden rounded-sm border px-1.5 text-xs tabular-nums",
        LOOKS[status],
      )}
    >
      {begun ? (
        <svg aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 w-full">
          <rect width={`${percent}%`} height="100%" className="fill-current" />
        </svg>
      ) : null}
      <span aria-hidden="true">{nth}</span>
      <span className="sr-only">{said}</span>
    </li>
  );
});
