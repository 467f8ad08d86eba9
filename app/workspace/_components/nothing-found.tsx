import { NotebookText, SearchX } from "lucide-react";
import type { ProjectKind } from "@/lib/contract/workspace";
import { ButtonLink } from "@/lib/ui/button-link";
import { EmptyState } from "@/lib/ui/empty-state";
import { appTitle } from "../../_components/app-names";

export type NothingFoundProps = {
  search: string;
  app: string | null;
  kind: ProjectKind | null;
  total: number;
};

/** Where there is nothing to list: because there is nothing yet, or nothing of the kind that was asked for. */
export function NothingFound({ search, app, kind, total }: NothingFoundProps) {
  if (total === 0) {
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
        Every text that you write is saved here page by page, and so are the pictures that you make in
        ImageGene.
      </EmptyState>
    );
  }
  const of = app === null ? "" : ` of ${appTitle(app)}`;
  return (
    <EmptyState
      title={search === "" ? `No ${kind ?? "project"}s${of} here` : `Nothing${of} has “${search}” in it`}
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href="/workspace">Show all projects</ButtonLink>}
    >
      {search === "" ? null : "Titles and texts are searched, letter by letter."}
    </EmptyState>
  );
}
