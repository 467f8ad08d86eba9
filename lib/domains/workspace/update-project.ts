import "server-only";
import { readPicture } from "@/lib/contract/picture";
import { countWords } from "@/lib/contract/word-count";
import type { Project } from "@/lib/contract/workspace";
import { type Connection, database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Recorded } from "@/lib/foundation/recorded";
import { describeProject, type Payment, type ProjectRow, type SpaceFacts } from "./describe-project";
import { runGuarded, writableApp, type Writer } from "./refuse";
import { UPDATE_PROJECT } from "./statements";

export interface Change {
  readonly user_id: string;
  readonly code: string;
  /** What is left out stays as it is. */
  readonly title?: string | null | undefined;
  readonly content?: string | null | undefined;
  readonly metadata?: Record<string, unknown> | null | undefined;
  readonly project_type?: string | undefined;
  /** The version that must be stored; left out: the last one to write wins. */
  readonly version?: number | null | undefined;
  readonly include_content?: boolean;
  readonly payment?: Payment | undefined;
  readonly caller: Writer;
}

type Changed = ProjectRow & SpaceFacts & { content?: string; payment?: Payment | null };

/**
 * Changes title, content or metadata of a project, keeping what it writes over as a version where that is worth it. The
 * answer holds the content where `include_content` asks for it.
 * @throws `project_not_found`, `app_mismatch`, `version_conflict`, `storage_limit_exceeded`, `invalid_request` where
 *   nothing is to be changed, or a picture's new content is none.
 */
export async function updateProject(change: Change): Promise<Recorded<{ project: Project }>> {
  if (change.title == null && change.content == null && change.metadata == null) {
    throw new AppError("invalid_request", {
      message: "Nothing to change: send title, content or metadata.",
      details: { fields: ["title", "content", "metadata"] },
    });
  }
  const changed = await changeProject(change);
  return changed.map((project) => ({
    project: describeProject(
      project,
      change.include_content === true ? (change.content ?? project.content ?? null) : null,
    ),
  }));
}

/**
 * The change itself, also within a transaction of the caller's, which a refusal leaves usable: this is how a text that
 * grows is saved without touching the title that its writer may have given it.
 * @throws as `updateProject`.
 */
export async function changeProject(
  change: Change,
  connection: Connection = database,
): Promise<Recorded<Changed>> {
  const { caller, code } = change;
  const content = change.content ?? undefined;
  const app = writableApp(caller);
  const version = change.version ?? undefined;
  const sizeBytes = content === undefined ? undefined : Buffer.byteLength(content);
  const picture = content === undefined ? undefined : readPicture(content) !== null;
  const run = () =>
    runRecorded<Changed>(
      UPDATE_PROJECT,
      caller.idempotency,
      [
        change.user_id,
        code,
        app,
        version ?? null,
        change.title ?? null,
        content ?? null,
        change.metadata ? JSON.stringify(change.metadata) : null,
        change.project_type ?? null,
        sizeBytes ?? null,
        content === undefined ? null : countWords(content),
        picture ?? null,
        change.include_content === true,
        change.payment === undefined ? null : JSON.stringify(change.payment),
        caller.app,
      ],
      connection,
    );
  const project = { code, place: "workspace" } as const;
  return runGuarded(run, { userId: change.user_id, project, app, version, sizeBytes, picture }, connection);
}
