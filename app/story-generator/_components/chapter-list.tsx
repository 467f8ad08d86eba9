import { CircleAlert, History } from "lucide-react";
import { memo } from "react";
import { classNames } from "@/lib/ui/class-names";
import { chapterInWords, percentOf, type ShownChapter } from "./story-state";

interface ChapterListProps {
  chapters: readonly ShownChapter[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** All chapters with how each stands, to choose one from. */
export function ChapterList({ chapters, chosen, onChoose }: ChapterListProps) {
  return (
    <ol
      aria-label="Chapters"
      className="max-h-80 overflow-y-auto border-t border-line lg:max-h-none lg:overflow-visible"
    >
      {chapters.map((chapter) => (
        <ChapterRow
          key={chapter.id}
          id={chapter.id}
          name={`${chapter.position}. ${chapter.title}`}
          stands={chapterInWords(chapter)}
          status={chapter.status}
          percent={percentOf(chapter)}
          outOfDate={chapter.out_of_date}
          warnings={chapter.warnings.length}
          chosen={chapter.id === chosen}
          onChoose={onChoose}
        />
      ))}
    </ol>
  );
}

const TONES: Record<ShownChapter["status"], string> = {
  waiting: "text-faint",
  writing: "text-ink",
  done: "text-good",
  stopped: "text-soft",
  failed: "text-warn",
};

interface ChapterRowProps {
  id: string;
  name: string;
  stands: string;
  status: ShownChapter["status"];
  percent: number;
  outOfDate: boolean;
  warnings: number;
  chosen: boolean;
  onChoose: (id: string) => void;
}

const ChapterRow = memo(function ChapterRow(props: ChapterRowProps) {
  const { id, name, stands, status, percent, outOfDate, warnings, chosen, onChoose } = props;
  return (
    <li className="border-b border-line">
      <button
        type="button"
        aria-current={chosen ? "true" : undefined}
        onClick={() => onChoose(id)}
        className={classNames(
          "relative block w-full px-3 py-2.5 text-left focus-visible:-outline-offset-2",
          chosen ? "bg-well" : "hover:bg-well",
        )}
      >
        <span className="block truncate font-serif text-base leading-snug text-ink">{name}</span>
        <span className="mt-0.5 flex flex-wrap items-center gap-x-3 text-[0.8125rem] tabular-nums">
          <span className={TONES[status]}>{stands}</span>
          {outOfDate ? (
            <span className="inline-flex items-center gap-1 text-warn">
              <History aria-hidden="true" className="size-3.5" /> may be out of date
            </span>
          ) : null}
          {warnings > 0 ? (
            <span className="inline-flex items-center gap-1 text-warn">
              <CircleAlert aria-hidden="true" className="size-3.5" />
              {warnings} {warnings === 1 ? "thing" : "things"} to look at
            </span>
          ) : null}
        </span>
        {status === "writing" ? (
          <svg aria-hidden="true" className="absolute inset-x-0 bottom-0 h-0.5 w-full">
            <rect width={`${percent}%`} height="100%" className="fill-accent" />
          </svg>
        ) : null}
      </button>
    </li>
  );
});
