import { NotebookText, SearchX } from "lucide-react";
import { ButtonLink } from "@/lib/ui/button-link";
import { EmptyState } from "@/lib/ui/empty-state";
import { appTitle } from "../../_components/app-names";

/** Where there is nothing to list: because there is nothing yet, or nothing of the kind that was asked for. */
export function NothingFound({ search, app, total }: { search: string; app: string | null; total: number }) {
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
      title={search === "" ? `Nothing${of} here` : `No title${of} has “${search}” in it`}
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href="/workspace">Show all projects</ButtonLink>}
    >
      {search === "" ? null : "Only titles are searched, not what stands in the texts."}
    </EmptyState>
  );
}
