import "server-only";
import type { getProjectOlder, listProjectsOlder, OlderProject } from "@/lib/contract/older";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { LIST_BYTES } from "@/lib/contract/workspace";
import { database } from "@/lib/database/client";
import { noSuchUser } from "@/lib/domains/credits/refuse";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { FIND_OLDER, LIST_OLDER } from "./older-statements";

interface PersonRow {
  readonly user_id: string;
  readonly username: string;
  readonly email: string;
}

interface ProjectRow {
  readonly code: string;
  readonly title: string;
  readonly app_source: string;
  readonly project_type: string;
  readonly word_count: number;
  readonly characters: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly content: string | null;
}

type Asker = Pick<Caller, "userId">;

/**
 * All projects of a person, of every app, newest first, as sibling apps have long read them. Contents come newest first
 * until the answer has 4 MB.
 * @throws `user_not_found`, also where a session or a token names somebody else; `invalid_request` where a key names nobody.
 */
export async function listProjectsInOlderShape({
  user_id,
  caller,
}: InputOf<typeof listProjectsOlder> & { caller: Asker }): Promise<OutputOf<typeof listProjectsOlder>> {
  const userId = personAsked(user_id, caller);
  const rows =
    userId === null
      ? []
      : await database.query<PersonRow & (ProjectRow | { code: null })>(LIST_OLDER, [userId, LIST_BYTES]);
  const [person] = rows;
  if (person === undefined) throw noSuchUser();
  let bytes = 0;
  const projects = rows.flatMap((row) => {
    if (row.code === null) return [];
    // As JSON a text can be larger than its own bytes: quotes and control characters are escaped.
    if (row.content !== null) bytes += Buffer.byteLength(JSON.stringify(row.content));
    return [describe(bytes > LIST_BYTES ? { ...row, content: null } : row)];
  });
  return {
    success: true,
    projects,
    total_count: projects.length,
    user_info: describePerson(person),
    api_version: "1.0",
  };
}

/** @throws `project_not_found`, also for somebody else's; `invalid_request` where a key names nobody. */
export async function getProjectInOlderShape({
  code,
  user_id,
  caller,
}: InputOf<typeof getProjectOlder> & { caller: Asker }): Promise<OutputOf<typeof getProjectOlder>> {
  const userId = personAsked(user_id, caller);
  const [row] =
    userId === null ? [] : await database.query<PersonRow & ProjectRow>(FIND_OLDER, [userId, code]);
  if (row === undefined) throw new AppError("project_not_found");
  return { success: true, project: describe(row), user_info: describePerson(row), api_version: "1.0" };
}

/** Whose projects are meant; null where somebody asks for another's, which are not there for them. */
function personAsked(named: string | undefined, { userId }: Asker): string | null {
  if (userId !== null) return named === undefined || named === userId ? userId : null;
  if (named !== undefined) return named;
  throw new AppError("invalid_request", {
    message: "Missing required fields: user_id",
    details: { fields: ["user_id"] },
  });
}

function describePerson({ user_id, username, email }: PersonRow) {
  return { user_id, username, email };
}

function describe(row: ProjectRow): OlderProject {
  return {
    id: row.code,
    title: row.title,
    content: row.content,
    ...(row.content === null ? { content_omitted: true as const } : {}),
    created_at: toTimestamp(row.created_at),
    updated_at: toTimestamp(row.updated_at),
    size: row.characters,
    word_count: row.word_count,
    type: "penora_project",
    app_source: row.app_source,
    project_type: row.project_type,
  };
}
