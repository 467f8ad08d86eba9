import type { Metadata } from "next";
import { PageUser } from "@/lib/client/page-user";
import { LabelledMeter } from "@/lib/ui/labelled-meter";
import { LinkTabs } from "@/lib/ui/link-tabs";
import { Pager } from "@/lib/ui/pager";
import { appTitle } from "../_components/app-names";
import { PageShell } from "../_components/page-shell";
import { requireUser } from "../_components/viewer";
import { countInWords, sizeInWords } from "../_components/in-words";
import { ExportAll } from "./_components/export-all";
import { NothingFound } from "./_components/nothing-found";
import { ProjectList } from "./_components/project-list";
import { ProjectSearch } from "./_components/project-search";
import {
  readWorkspace,
  workspaceHref,
  type WorkspaceQuery,
  type WorkspaceView,
} from "./_components/read-workspace";

export const metadata: Metadata = { title: "Workspace" };

type WorkspacePageProps = { searchParams: Promise<WorkspaceQuery> };

export default async function WorkspacePage({ searchParams }: WorkspacePageProps) {
  const query = await searchParams;
  const viewer = await requireUser(workspaceHref(query));
  const view = await readWorkspace(viewer.userId, query);
  const { projects, stats, app, search, found, newestHref, olderHref } = view;
  const total = stats.storage_stats.total_projects;
  return (
    <PageShell
      viewer={viewer}
      title="Workspace"
      description="Everything that you made, here and in ImageGene, in one place."
      actions={
        total === 0 ? null : (
          <PageUser userId={viewer.userId}>
            <ExportAll />
          </PageUser>
        )
      }
    >
      <Usage stats={stats} />
      {total > 0 ? (
        <div className="mt-10 mb-3 flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
          <AppTabs view={view} />
          <ProjectSearch search={search} app={app} />
        </div>
      ) : null}
      {projects.length === 0 ? (
        <div className="mt-6">
          <NothingFound search={search} app={app} total={total} />
        </div>
      ) : (
        <>
          <p className="mb-1 text-sm text-faint" role="status">
            {search === ""
              ? countInWords(found, "project")
              : `${countInWords(found, "project")} with “${search}”`}
          </p>
          <ProjectList
            projects={projects}
            caption={app === null ? "Projects" : `Projects of ${appTitle(app)}`}
          />
        </>
      )}
      <Pager
        label="Pages of the workspace"
        previousHref={newestHref}
        previousLabel="Newest"
        nextHref={olderHref}
        nextLabel="Older"
      />
    </PageShell>
  );
}

function AppTabs({ view: { stats, app, search } }: { view: WorkspaceView }) {
  const all = {
    href: workspaceHref({ search }),
    label: "All apps",
    count: stats.storage_stats.total_projects,
  };
  const items = stats.apps.map(({ app_source: name, projects }) => ({
    href: workspaceHref({ app: name, search }),
    label: appTitle(name),
    count: projects,
    current: app === name,
  }));
  return <LinkTabs label="Projects by app" items={[{ ...all, current: app === null }, ...items]} />;
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
