import type { Project } from "@/lib/contract/workspace";
import { Progress } from "@/lib/ui/progress";
import { shownTitle, sizeInWords } from "../../_components/in-words";

/** The projects that take the most of the space, each with its share. */
export function Largest({ projects, limitBytes }: { projects: readonly Project[]; limitBytes: number }) {
  if (projects.length < 2) return null;
  return (
    <details className="mt-4 text-sm">
      <summary className="w-fit text-soft underline-offset-4 hover:text-ink hover:underline">
        What takes the most space
      </summary>
      <ul className="mt-3 max-w-form space-y-2.5">
        {projects.map(({ code, title, size_bytes: bytes }) => (
          <li key={code}>
            <div className="mb-1 flex items-baseline justify-between gap-4">
              <a href={`/workspace/${code}`} className="link min-w-0 truncate">
                {shownTitle(title)}
              </a>
              <span className="shrink-0 text-soft tabular-nums">{sizeInWords(bytes)}</span>
            </div>
            <Progress
              label={`Share of “${shownTitle(title)}”`}
              value={bytes}
              max={limitBytes}
              valueText={sizeInWords(bytes)}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
