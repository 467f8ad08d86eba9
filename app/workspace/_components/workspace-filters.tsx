import { LayoutGrid, List } from "lucide-react";
import type { ReactNode } from "react";
import type { ProjectSort } from "@/lib/contract/workspace";
import { classNames } from "@/lib/ui/class-names";
import { LinkTabs } from "@/lib/ui/link-tabs";
import { appTitle } from "../../_components/app-names";
import { workspaceHref, type WorkspaceFilter, type WorkspaceView } from "./read-workspace";

const SORTS: Readonly<Record<ProjectSort, string>> = {
  newest: "Newest",
  changed: "Last changed",
  title: "Title",
  size: "Largest",
};

/** Whose projects: of every app, or of one. */
export function AppTabs({ view: { stats, filter } }: { view: WorkspaceView }) {
  const all = {
    href: workspaceHref({ ...filter, app: null }),
    label: "All apps",
    count: stats.storage_stats.total_projects,
  };
  const items = stats.apps.map(({ app_source: name, projects }) => ({
    href: workspaceHref({ ...filter, app: name }),
    label: appTitle(name),
    count: projects,
    current: filter.app === name,
  }));
  return <LinkTabs label="Projects by app" items={[{ ...all, current: filter.app === null }, ...items]} />;
}

/** Which kind, in which order, and how it is shown. Plain links: each view has an address. */
export function ViewLinks({ filter }: { filter: WorkspaceFilter }) {
  const kinds = [
    { label: "All", to: { kind: null, view: "list" }, current: filter.kind === null },
    { label: "Texts", to: { kind: "text", view: "list" }, current: filter.kind === "text" },
    { label: "Pictures", to: { kind: "picture", view: "gallery" }, current: filter.kind === "picture" },
  ] as const;
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-1 text-sm">
      <nav aria-label="Kind" className="flex flex-wrap gap-x-3">
        {kinds.map(({ label, to, current }) => (
          <ViewLink key={label} href={workspaceHref({ ...filter, ...to })} current={current}>
            {label}
          </ViewLink>
        ))}
      </nav>
      <nav aria-label="Order" className="flex flex-wrap gap-x-3">
        {Object.entries(SORTS).map(([sort, label]) => (
          <ViewLink
            key={sort}
            href={workspaceHref({ ...filter, sort: sort as ProjectSort })} // the table's own keys
            current={filter.sort === sort}
          >
            {label}
          </ViewLink>
        ))}
      </nav>
      {filter.kind === "picture" ? (
        <nav aria-label="View" className="flex gap-x-3">
          <ViewLink href={workspaceHref({ ...filter, view: "gallery" })} current={filter.view === "gallery"}>
            <LayoutGrid aria-hidden="true" className="size-4" /> Gallery
          </ViewLink>
          <ViewLink href={workspaceHref({ ...filter, view: "list" })} current={filter.view === "list"}>
            <List aria-hidden="true" className="size-4" /> List
          </ViewLink>
        </nav>
      ) : null}
    </div>
  );
}

function ViewLink({ href, current, children }: { href: string; current: boolean; children: ReactNode }) {
  return (
    <a
      href={href}
      aria-current={current ? "true" : undefined}
      className={classNames(
        "inline-flex min-h-8 items-center gap-1.5 underline-offset-4 hover:underline",
        current ? "font-medium text-ink decoration-accent" : "text-soft",
      )}
    >
      {children}
    </a>
  );
}
