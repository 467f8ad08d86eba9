import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import { describeStorage } from "@/lib/contract/storage";
import {
  LIST_BYTES,
  type listProjects as operation,
  type Project,
  type ProjectKind,
  type ProjectSort,
} from "@/lib/contract/workspace";
import { database } from "@/lib/database/client";
import { noSuchUser } from "@/lib/domains/credits/refuse";
import { AppError } from "@/lib/foundation/app-error";
import { describeProject, type ProjectRow } from "./describe-project";
import { LIST_PROJECTS } from "./list-statements";

export interface ListInput {
  readonly user_id: string;
  readonly app_filter?: string | undefined;
  /** The older name of `app_filter`. */
  readonly app?: string | undefined;
  readonly project_type?: string | undefined;
  /** What the title or, but for pictures, the content contains, in any case. */
  readonly search?: string | undefined;
  readonly kind?: ProjectKind | undefined;
  /** Left out: newest first. */
  readonly sort?: ProjectSort | undefined;
  /** Left out: all. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly include_content: boolean;
}

interface SpaceRow {
  storage_used_bytes: number;
  storage_limit_bytes: number;
  project_count: number;
  total: number;
  penora: number;
  imagegene: number;
}

type ListRow = SpaceRow &
  (ProjectRow & { created_at: Date; updated_at: Date; title_key: string; content: string | null });

/**
 * A person's projects of every app, newest first if nothing else is asked for; counts and list are of one moment. Stable
 * while projects are added: the cursor is the last row's place. Contents come from the first on until the answer has 4 MB.
 * @throws `user_not_found`, `invalid_request` for a cursor that is none.
 */
export async function listProjects(input: ListInput): Promise<OutputOf<typeof operation>> {
  const sort = input.sort ?? "newest";
  const after = input.cursor === undefined ? null : parseCursor(input.cursor, sort);
  const rows = await database.query<ListRow>(LIST_PROJECTS[sort], [
    input.user_id,
    input.app_filter ?? input.app ?? null,
    input.project_type ?? null,
    input.search ?? null,
    after?.key ?? null,
    after?.code ?? null,
    input.limit === undefined ? null : input.limit + 1,
    input.include_content,
    LIST_BYTES / CONTENT_COPIES,
    input.kind === undefined ? null : input.kind === "picture",
  ]);
  const space = rows[0];
  if (space === undefined) throw noSuchUser();
  const found = space.code === null ? [] : rows; // the one row of an empty page has no project in it
  const page = found.slice(0, input.limit);
  const last = found.length > page.length ? page.at(-1) : undefined;
  return {
    ...present(page, input.include_content),
    ...describeCounts(space, input.user_id),
    next_cursor: last === undefined ? null : cursorAt(last, sort),
  };
}

/** `projects` and `all_projects` both hold the content. */
const CONTENT_COPIES = 2;

function present(page: ListRow[], includeContent: boolean) {
  const bare = page.map((row) => describeProject(row, null));
  const projects = includeContent ? withContents(page, bare) : bare;
  const omitted = includeContent && projects.some((project) => project.content_omitted);
  return {
    projects,
    all_projects: projects,
    penora_projects: bare.filter((project) => project.app_source === "penora"),
    imagegene_projects: bare.filter((project) => project.app_source === "imagegene"),
    ...(omitted ? { content_omitted: true as const } : {}),
  };
}

function withContents(page: ListRow[], bare: Project[]): Project[] {
  let bytes = Buffer.byteLength(JSON.stringify(bare)) * (CONTENT_COPIES + 1);
  return bare.map((project, i) => {
    const content = page[i]?.content ?? null;
    // As JSON a text can be larger than its own bytes: quotes and control characters are escaped.
    if (content !== null) bytes += Buffer.byteLength(JSON.stringify(content)) * CONTENT_COPIES;
    return content === null || bytes > LIST_BYTES
      ? { ...project, content_omitted: true as const }
      : { ...project, content };
  });
}

function describeCounts(space: SpaceRow, userId: string) {
  const storage = describeStorage(space.storage_used_bytes, space.storage_limit_bytes, space.project_count);
  return {
    total_projects: space.total,
    total_count: space.total,
    penora_count: space.penora,
    imagegene_count: space.imagegene,
    user_id: userId,
    storage,
    storage_stats: storage,
  };
}

type Place = { key: Date | string | number; code: string };

/** What a row is ordered by. */
function keyOf(row: ListRow, sort: ProjectSort): Date | string | number {
  return { newest: row.created_at, changed: row.updated_at, title: row.title_key, size: row.size_bytes }[
    sort
  ];
}

function cursorAt(row: ListRow, sort: ProjectSort): string {
  const key = keyOf(row, sort);
  const place = JSON.stringify([sort, key instanceof Date ? key.getTime() : key, row.code]);
  return Buffer.from(place).toString("base64url");
}

function parseCursor(cursor: string, sort: ProjectSort): Place {
  const place = readPlace(cursor, sort);
  if (place !== null) return place;
  throw new AppError("invalid_request", {
    message: "Invalid request: cursor is not one that was given out",
    details: { field: "cursor" },
  });
}

function readPlace(cursor: string, sort: ProjectSort): Place | null {
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return null;
  }
  const [of, key, code] = Array.isArray(place) ? (place as unknown[]) : [];
  if (of !== sort || typeof code !== "string" || !/^[A-Z0-9_]{1,32}$/.test(code)) return null;
  if (sort === "title") return typeof key === "string" && !key.includes("\0") ? { key, code } : null;
  if (typeof key !== "number" || !Number.isSafeInteger(key)) return null;
  if (sort === "size") return key >= 0 && key <= 2_147_483_647 ? { key, code } : null;
  // PostgreSQL's own years end before JavaScript's do.
  return key >= 0 && key < 253_402_300_800_000 ? { key: new Date(key), code } : null;
}
