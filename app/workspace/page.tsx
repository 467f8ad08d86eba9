import { Trash2 } from "lucide-react";
import type { Metadata } from "next";
import { PageUser } from "@/lib/client/page-user";
import { ButtonLink } from "@/lib/ui/button-link";
import { LabelledMeter } from "@/lib/ui/labelled-meter";
import { Pager } from "@/lib/ui/pager";
import { appTitle } from "../_components/app-names";
import { PageShell } from "../_components/page-shell";
import { requireUser } from "../_components/viewer";
import { BeginText } from "./_components/begin-text";
import { Gallery } from "./_components/gallery";
import { Largest } from "./_components/largest";
import { countInWords, sizeInWords } from "../_components/in-words";
import { ExportAll } from "./_components/export-all";
import { NothingFound } from "./_components/nothing-found";
import { ProjectList } from "./_components/project-list";
import { ProjectSearch } from "./_components/project-search";
import {
  filterFields,
  readWorkspace,
  workspaceHref,
  type WorkspaceQuery,
  type WorkspaceView,
} from "./_components/read-workspace";
import { SelectionScope } from "./_components/selection";
import { WorkspaceBar } from "./_components/workspace-bar";
import { AppTabs, ViewLinks } from "./_components/workspace-filters";

export const metadata: Metadata = { title: "Workspace" };

type WorkspacePageProps = { searchParams: Promise<WorkspaceQuery> };

export default async function WorkspacePage({ searchParams }: WorkspacePageProps) {
  const query = await searchParams;
  const viewer = await requireUser(workspaceHref(query));
  const view = await readWorkspace(viewer.userId, query);
  const { projects, largest, stats, filter, newestHref, olderHref } = view;
  const total = stats.storage_stats.total_projects;
  return (
    <PageShell
      viewer={viewer}
      title="Workspace"
      description="Everything that you made, here and in ImageGene, in one place."
      actions={
        <PageUser userId={viewer.userId}>
          <BeginText />
          {total === 0 ? null : <ExportAll />}
          <ButtonLink href="/workspace/bin">
            <Trash2 aria-hidden="true" /> Bin
          </ButtonLink>
        </PageUser>
      }
    >
      <Usage stats={stats} />
      <Largest projects={largest} limitBytes={stats.storage_stats.limit_bytes} />
      {total > 0 ? (
        <>
          <div className="mt-10 mb-3 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
            <AppTabs view={view} />
            <ProjectSearch search={filter.search} kept={filterFields({ ...filter, search: "" })} />
          </div>
          <ViewLinks filter={filter} />
        </>
      ) : null}
      {projects.length === 0 ? (
        <div className="mt-6">
          <NothingFound search={filter.search} app={filter.app} kind={filter.kind} total={total} />
        </div>
      ) : (
        <PageUser userId={viewer.userId}>
          <Found view={view} />
        </PageUser>
      )}
      <Pager
        label="Pages of the workspace"
        previousHref={newestHref}
        previousLabel="First page"
        nextHref={olderHref}
        nextLabel={filter.sort === "newest" ? "Older" : "More"}
      />
    </PageShell>
  );
}

function Found({ view: { projects, found, filter } }: { view: WorkspaceView }) {
  const { search, app } = filter;
  const codes = projects.map(({ code }) => code);
  return (
    <SelectionScope key={codes.join()} all={codes} actions={<WorkspaceBar />}>
      <p className="mt-4 mb-1 text-sm text-faint" role="status">
        {search === ""
          ? countInWords(found, "project")
          : `${countInWords(found, "project")} with “${search}”`}
      </p>
      {filter.view === "gallery" ? (
        <Gallery pictures={projects} />
      ) : (
        <ProjectList
          projects={projects}
          caption={app === null ? "Projects" : `Projects of ${appTitle(app)}`}
        />
      )}
    </SelectionScope>
  );
}

function Usage({ stats: { storage_stats: storage, apps } }: { stats: WorkspaceView["stats"] }) {
  const parts = apps.map(({ app_source: name, size_bytes: bytes }) => ({
    label: appTitle(name),
    value: bytes,
    text: sizeInWords(bytes),
  }));
  return (
    <LabelledMeter
      label="Space"
      value={storage.used_bytes}
      max={storage.limit_bytes}
      text={`${sizeInWords(storage.used_bytes)} of ${storage.limit_mb} MB used`}
      {...(parts.length > 1 ? { parts } : {})}
    />
  );
}
