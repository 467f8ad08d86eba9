import "server-only";
import { redirect } from "next/navigation";
import { appName, text } from "@/lib/contract/fields";
import { listProjects } from "@/lib/domains/workspace/list-projects";
import { getStorageStats } from "@/lib/domains/workspace/storage-stats";
import { AppError } from "@/lib/foundation/app-error";

const ROWS = 50;
const searchField = text(200);

export type WorkspaceQuery = Record<string, string | string[] | undefined>;

/** The address of a view of the workspace. */
export function workspaceHref(query: WorkspaceQuery): string {
  const kept = new URLSearchParams();
  for (const name of ["app", "search", "cursor"]) {
    const value = query[name];
    if (typeof value === "string" && value !== "") kept.set(name, value);
  }
  return kept.size === 0 ? "/workspace" : `/workspace?${kept}`;
}

/** A page of the person's projects as the address asks. One that leads nowhere leads to the beginning. */
export async function readWorkspace(userId: string, query: WorkspaceQuery) {
  const app = typeof query.app === "string" ? appName.safeParse(query.app).data : undefined;
  const search = readSearch(query.search);
  const cursor = typeof query.cursor === "string" ? query.cursor : undefined;
  const asked = { user_id: userId, app_filter: app, search: search || undefined, cursor };
  try {
    const [page, stats] = await Promise.all([
      listProjects({ ...asked, limit: ROWS, include_content: false }),
      getStorageStats({ user_id: userId }),
    ]);
    const next = page.next_cursor;
    return {
      ...{ projects: page.projects, found: page.total_count, stats, app: app ?? null, search },
      newestHref: cursor === undefined ? null : workspaceHref({ app, search }),
      olderHref: next === null ? null : workspaceHref({ app, search, cursor: next }),
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
