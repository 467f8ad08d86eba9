import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type * as operations from "@/lib/contract/versions";
import type { Version, VersionReason } from "@/lib/contract/versions";
import { countWords } from "@/lib/contract/word-count";
import type { Project } from "@/lib/contract/workspace";
import { database, prisma } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import type { Recorded } from "@/lib/foundation/recorded";
import { describeProject, type ProjectRow, type SpaceFacts } from "./describe-project";
import { runGuarded } from "./refuse";
import { FIND_VERSION, KEEP_CONFLICT, RESTORE_VERSION } from "./version-statements";

type Writer = Pick<Caller, "app" | "idempotency">;

const FACTS = {
  ...{ number: true, title: true, reason: true, before_app: true },
  ...{ size_bytes: true, word_count: true, created_at: true },
} as const;

type VersionRow = Omit<Version, "reason" | "created_at"> & { reason: string; created_at: Date };

function describeVersion({ reason, created_at, ...row }: VersionRow): Version {
  return { ...row, reason: reason as VersionReason, created_at: toTimestamp(created_at) }; // a constraint knows no other
}

/** The versions of a person's text, newest first, at most 20, without their contents. @throws `project_not_found`. */
export async function listVersions(input: {
  user_id: string;
  code: string;
}): Promise<OutputOf<typeof operations.listVersions>> {
  const project = await prisma().project.findFirst({
    where: { code: input.code, user_id: input.user_id, deleted_at: null },
    select: { versions: { select: FACTS, orderBy: { number: "desc" } } },
  });
  if (project === null) throw new AppError("project_not_found");
  return { versions: project.versions.map(describeVersion) };
}

/** One version with its content. @throws `project_not_found`, `not_found` where it is gone. */
export async function getVersion(input: {
  user_id: string;
  code: string;
  number: number;
}): Promise<OutputOf<typeof operations.getVersion>> {
  const project = await prisma().project.findFirst({
    where: { code: input.code, user_id: input.user_id, deleted_at: null },
    select: { versions: { select: { ...FACTS, content: true }, where: { number: input.number } } },
  });
  if (project === null) throw new AppError("project_not_found");
  const [row] = project.versions;
  if (row === undefined) throw new AppError("not_found", { message: "This version is gone." });
  const { content, ...facts } = row;
  return { version: { ...describeVersion(facts), content } };
}

/**
 * Makes a version the text again; what it replaces is kept, so that a restore can itself be undone. The title stays. The
 * answer holds no content.
 * @throws `project_not_found`, `not_found`, `version_conflict`, `storage_limit_exceeded`.
 */
export async function restoreVersion(input: {
  user_id: string;
  code: string;
  number: number;
  /** The version of the project that must be stored; left out: any. */
  version?: number | null | undefined;
  caller: Writer;
}): Promise<Recorded<{ project: Project }>> {
  const { user_id: userId, code, number, caller } = input;
  const version = input.version ?? undefined;
  const restored = await runGuarded(
    () =>
      runRecorded<ProjectRow & SpaceFacts>(RESTORE_VERSION, caller.idempotency, [
        ...[userId, code, number, version ?? null, caller.app],
      ]),
    async () => {
      const [kept] = await database.query<{ size_bytes: number }>(FIND_VERSION, [userId, code, number]);
      const project = { code, place: "workspace" } as const;
      return { userId, project, app: null, version, sizeBytes: kept?.size_bytes, gone: kept === undefined };
    },
    database,
  );
  return restored.map((project) => ({ project: describeProject(project, null) }));
}

/**
 * Keeps both sides of a conflict as versions: what is stored now, and the text of a page that began from an older one.
 * A side that a version holds already is not kept twice. Changes nothing of the text itself.
 * @throws `project_not_found`.
 */
export async function keepConflict(input: {
  user_id: string;
  code: string;
  content: string;
  caller: Writer;
}): Promise<Recorded<{ kept: number }>> {
  const { user_id: userId, code, content, caller } = input;
  const values = [userId, code, content, Buffer.byteLength(content), countWords(content), caller.app];
  return runGuarded(
    () => runRecorded<{ kept: number }>(KEEP_CONFLICT, caller.idempotency, values),
    { userId, project: { code, place: "workspace" }, app: null },
    database,
  );
}
