import "server-only";
import { redirect } from "next/navigation";
import { appName, text } from "@/lib/contract/fields";
import { PROJECT_KINDS, PROJECT_SORTS, type ProjectKind, type ProjectSort } from "@/lib/contract/workspace";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { getStorageStats } from "@/lib/domains/workspace/storage-stats";
import { AppError } from "@/lib/foundation/app-error";

const ROWS = 50;
const LARGEST = 5;
const searchField = text(200);

export type WorkspaceQuery = Record<string, string | string[] | undefined>;

/** What the address asks for; null and "newest" where it says nothing. */
export interface WorkspaceFilter {
  readonly app: string | null;
  readonly kind: ProjectKind | null;
  readonly sort: ProjectSort;
  readonly view: "list" | "gallery";
  readonly search: string;
}

const NAMES = ["app", "kind", "sort", "view", "search", "cursor"] as const;
const USUAL: Readonly<Record<string, string>> = { sort: "newest", view: "list" };

/** The address of a view of the workspace. */
export function workspaceHref(
  query: WorkspaceQuery | (Partial<WorkspaceFilter> & { cursor?: string }),
): string {
  const kept = new URLSearchParams();
  for (const name of NAMES) {
    const value = (query as WorkspaceQuery)[name];
    if (typeof value === "string" && value !== "" && value !== USUAL[name]) kept.set(name, value);
  }
  return kept.size === 0 ? "/workspace" : `/workspace?${kept}`;
}

/** What of a filter stands in its address. */
export function filterFields(filter: WorkspaceFilter): [string, string][] {
  return [...new URL(workspaceHref(filter), "http://x").searchParams];
}

function readFilter(query: WorkspaceQuery): WorkspaceFilter {
  const kind = PROJECT_KINDS.find((one) => one === query.kind) ?? null;
  return {
    app: (typeof query.app === "string" ? appName.safeParse(query.app).data : undefined) ?? null,
    kind,
    sort: PROJECT_SORTS.find((one) => one === query.sort) ?? "newest",
    view: query.view === "gallery" && kind === "picture" ? "gallery" : "list",
    search: readSearch(query.search),
  };
}

/** A page of the person's projects as the address asks. One that leads nowhere leads to the beginning. */
export async function readWorkspace(userId: string, query: WorkspaceQuery) {
  const filter = readFilter(query);
  const cursor = typeof query.cursor === "string" ? query.cursor : undefined;
  const { app, kind, sort, search } = filter;
  try {
    const [page, largest, stats] = await Promise.all([
      listProjects({
        ...{ user_id: userId, app_filter: app ?? undefined, search: search || undefined, cursor, sort },
        ...{ kind: kind ?? undefined, limit: ROWS, include_content: false },
      }),
      listProjects({ user_id: userId, sort: "size", limit: LARGEST, include_content: false }),
      getStorageStats({ user_id: userId }),
    ]);
    const next = page.next_cursor;
    return {
      ...{ projects: page.projects, found: page.total_count, largest: largest.projects, stats, filter },
      newestHref: cursor === undefined ? null : workspaceHref(filter),
      olderHref: next === null ? null : workspaceHref({ ...filter, cursor: next }),
    };
  } catch (error) {
    if (error instanceof AppError && error.code === "invalid_request") redirect("/workspace");
    throw error;
  }
}

export type WorkspaceView = Awaited<ReturnType<typeof readWorkspace>>;

function readSearch(value: string | string[] | undefined): string {
  const search = typeof value === "string" ? value.trim().slice(0, 200) : "";
  return searchField.safeParse(search).data ?? "";
}
