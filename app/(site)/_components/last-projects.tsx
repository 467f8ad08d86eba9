import { Image as Picture, NotebookText } from "lucide-react";
import { isPictureType } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { ButtonLink } from "@/lib/ui/button-link";
import { EmptyState } from "@/lib/ui/empty-state";
import { appTitle } from "../../_components/app-names";
import { shownTitle } from "../../_components/in-words";

const day = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** The newest projects of every app, one line each. */
export function LastProjects({ projects }: { projects: readonly Project[] }) {
  if (projects.length === 0) {
    return (
      <EmptyState
        title="Nothing here yet"
        icon={<NotebookText aria-hidden="true" />}
        action={
          <ButtonLink href="/single-prompt" variant="primary">
            Write something
          </ButtonLink>
        }
      >
        What you write, and the pictures that you make in ImageGene, will stand here.
      </EmptyState>
    );
  }
  return (
    <ul className="border-b border-line">
      {projects.map((project) => (
        <li key={project.code} className="border-t border-line">
          <a href={`/workspace/${project.code}`} className="group flex items-baseline gap-4 py-3.5">
            <Kind type={project.project_type} />
            <span className="min-w-0 flex-1 truncate font-serif text-lg group-hover:underline">
              {shownTitle(project.title)}
            </span>
            <span className="hidden text-sm text-faint sm:inline">{appTitle(project.app_source)}</span>
            <time dateTime={project.created_at} className="shrink-0 text-sm text-faint tabular-nums">
              {day.format(new Date(project.created_at))}
            </time>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Kind({ type }: { type: string }) {
  const Icon = isPictureType(type) ? Picture : NotebookText;
  return <Icon aria-hidden="true" className="size-4 shrink-0 translate-y-0.5 text-faint" />;
}
