import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import { isPictureType, readPicture } from "@/lib/contract/picture";
import { toMegabytes } from "@/lib/contract/storage";
import { countWords } from "@/lib/contract/word-count";
import type { saveProject as operation } from "@/lib/contract/workspace";
import { type Connection, database } from "@/lib/database/client";
import { constraintOf } from "@/lib/database/database-error";
import { runRecorded } from "@/lib/database/recorded-statement";
import { randomCode } from "@/lib/foundation/ids";
import type { Recorded } from "@/lib/foundation/recorded";
import type { Payment, ProjectRow, SpaceFacts } from "./describe-project";
import { noPicture, runGuarded, writableApp, type Writer } from "./refuse";
import { CREATE_PROJECT } from "./statements";
import { changeProject } from "./update-project";

export interface SaveInput {
  readonly user_id: string;
  readonly app_source: string;
  readonly project_type: string;
  /** At most 200 characters. */
  readonly title: string;
  /** Not empty; its UTF-8 bytes count against the person's space. */
  readonly content: string;
  readonly metadata?: Record<string, unknown> | null | undefined;
  /** The project to change; left out for a new one. */
  readonly project_code?: string | null | undefined;
  /** The version that must be stored; left out: the last one to write wins. */
  readonly version?: number | null | undefined;
  /** What paid for it, in the same transaction. */
  readonly payment?: Payment | undefined;
  readonly caller: Writer;
}

type Saved = ProjectRow & SpaceFacts & { payment?: Payment | null };

type Result = OutputOf<typeof operation>;

/**
 * Saves a project: a new one, or all of one that is there. Bytes are checked and written by one statement.
 * In a transaction of the caller's (`connection`) a refusal leaves that transaction usable.
 *
 * @throws `user_not_found`, `project_not_found`, `app_mismatch`, `version_conflict`, `storage_limit_exceeded`,
 *   `invalid_request` for a picture that is none.
 */
export async function saveProject(
  input: SaveInput,
  connection: Connection = database,
): Promise<Recorded<Result>> {
  if (isPictureType(input.project_type) && readPicture(input.content) === null) throw noPicture();
  const code = input.project_code ?? undefined;
  const saved =
    code === undefined
      ? await createProject(input, connection)
      : await changeProject({ ...input, code }, connection);
  return saved.map((project) => ({
    project_code: project.code,
    code: project.code,
    title: project.title,
    size_mb: toMegabytes(project.size_bytes),
    size_bytes: project.size_bytes,
    storage_remaining_mb: toMegabytes(Math.max(0, project.limit_bytes - project.used_bytes)),
    app_source: project.app_source,
    project_type: project.project_type,
    version: project.version,
    created: code === undefined,
    ...(project.payment ? { ...project.payment, user_version: project.user_version } : {}),
  }));
}

async function createProject(input: SaveInput, connection: Connection): Promise<Recorded<Saved>> {
  const sizeBytes = Buffer.byteLength(input.content);
  const picture = isPictureType(input.project_type);
  const values = [
    input.title,
    input.content,
    input.app_source,
    input.project_type,
    input.metadata ? JSON.stringify(input.metadata) : null,
    sizeBytes,
    picture ? 0 : countWords(input.content),
    input.payment === undefined ? null : JSON.stringify(input.payment),
  ];
  const create = () =>
    runRecorded<Saved>(
      CREATE_PROJECT,
      input.caller.idempotency,
      [input.user_id, offerCodes(picture), ...values],
      connection,
    );
  const run = async () => {
    try {
      return await create();
    } catch (error) {
      // Two took the same free code in the same moment. Inside a transaction all of it must be run again.
      if (constraintOf(error) !== "projects_pkey" || connection !== database) throw error;
      return create();
    }
  };
  return runGuarded(run, { userId: input.user_id, app: writableApp(input.caller), sizeBytes }, connection);
}

/** One code is nearly always free; of four at least one is. */
function offerCodes(picture: boolean): string[] {
  return Array.from({ length: 4 }, () => `${picture ? "IMG_" : ""}${randomCode()}`);
}
