import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import { describeStorage, toMegabytes } from "@/lib/contract/storage";
import type { storageStats as operation } from "@/lib/contract/workspace";
import { database } from "@/lib/database/client";
import { noSuchUser } from "@/lib/domains/credits/refuse";
import { STORAGE_STATS } from "./list-statements";

interface StatsRow {
  storage_used_bytes: number;
  storage_limit_bytes: number;
  project_count: number;
  app_source: string | null;
  bytes: number;
  projects: number;
}

/** How full a workspace is, and which app takes how much of it, the largest first. @throws `user_not_found`. */
export async function getStorageStats(input: { user_id: string }): Promise<OutputOf<typeof operation>> {
  const rows = await database.query<StatsRow>(STORAGE_STATS, [input.user_id]);
  const space = rows[0];
  if (space === undefined) throw noSuchUser();
  const apps = rows.flatMap(({ app_source, bytes, projects }) =>
    app_source === null ? [] : [{ app_source, size_mb: toMegabytes(bytes), size_bytes: bytes, projects }],
  );
  const of = (name: string) => apps.find((app) => app.app_source === name);
  return {
    storage_stats: describeStorage(space.storage_used_bytes, space.storage_limit_bytes, space.project_count),
    breakdown: {
      penora_mb: of("penora")?.size_mb ?? 0,
      imagegene_mb: of("imagegene")?.size_mb ?? 0,
      total_projects: space.project_count,
      penora_projects: of("penora")?.projects ?? 0,
      imagegene_projects: of("imagegene")?.projects ?? 0,
    },
    apps,
  };
}
