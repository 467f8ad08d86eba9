import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type { deleteProject as operation } from "@/lib/contract/workspace";
import { database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import type { Recorded } from "@/lib/foundation/recorded";
import { describeSpace, type SpaceFacts } from "./describe-project";
import { runGuarded, writableApp, type Writer } from "./refuse";
import { DELETE_PROJECT, EMPTY_OLD_BINS } from "./statements";

interface DeleteInput {
  readonly user_id: string;
  readonly code: string;
  readonly caller: Writer;
}

/**
 * Puts a project into the bin, where it can be brought back for 30 days, and gives its bytes back. What bin and versions
 * hold past 5 MB goes for good, the oldest first.
 * @throws `project_not_found`, `app_mismatch`.
 */
export async function deleteProject(input: DeleteInput): Promise<Recorded<OutputOf<typeof operation>>> {
  const { user_id: userId, code, caller } = input;
  const app = writableApp(caller);
  const deleted = await runGuarded(
    () => runRecorded<SpaceFacts>(DELETE_PROJECT, caller.idempotency, [userId, code, app]),
    { userId, project: { code, place: "workspace" }, app },
    database,
  );
  return deleted.map((space) => ({ deleted: true as const, storage: describeSpace(space) }));
}

const BATCH = 500;

/**
 * Across people: removes for good what has lain in a bin for 30 days. Several processes may do so at once; each project
 * is claimed by one of them. Answers how many it removed.
 */
export async function emptyOldBins(): Promise<number> {
  let removed = 0;
  for (;;) {
    const rows = await database.query<{ code: string }>(EMPTY_OLD_BINS, [BATCH]);
    removed += rows.length;
    if (rows.length < BATCH) return removed;
  }
}
