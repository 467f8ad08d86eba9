import "server-only";
import type { Project } from "@/lib/contract/workspace";
import { database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import type { Recorded } from "@/lib/foundation/recorded";
import { describeProject, type ProjectRow, type SpaceFacts } from "./describe-project";
import { runGuarded, writableApp, type Writer } from "./refuse";
import { RESTORE_PROJECT } from "./statements";

interface RestoreInput {
  readonly user_id: string;
  readonly code: string;
  readonly caller: Writer;
}

/**
 * Brings a project back from the bin, as it was, if there is room for it. The answer holds no content.
 * @throws `project_not_found` also where it is not in the bin, `app_mismatch`, `storage_limit_exceeded`.
 */
export async function restoreProject(input: RestoreInput): Promise<Recorded<{ project: Project }>> {
  const { user_id: userId, code, caller } = input;
  const app = writableApp(caller);
  const restored = await runGuarded(
    () => runRecorded<ProjectRow & SpaceFacts>(RESTORE_PROJECT, caller.idempotency, [userId, code, app]),
    { userId, project: { code, place: "bin" }, app },
    database,
  );
  return restored.map((project) => ({ project: describeProject(project, null) }));
}
