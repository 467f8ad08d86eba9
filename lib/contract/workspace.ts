import { z } from "zod";
import {
  appName,
  cursor,
  cutText,
  MAX_AMOUNT,
  MAX_PROJECT_CODE_LENGTH,
  MAX_TITLE_LENGTH,
  metadata,
  METADATA_BYTES,
  nextCursor,
  pageLimit,
  queryFlag,
  text,
  timestamp,
  userId,
  wholeNumber,
} from "./fields";
import { lowBalance } from "./low-balance";
import { defineOperation } from "./operation";
import { storageShape } from "./storage";

/** At most so many projects of one person, the bin not counted (contract, section 4). */
export const MAX_PROJECTS = 5_000;
/** What bin and versions of one person hold together at most, beside the workspace itself; the oldest go first. */
export const KEPT_LIMIT_BYTES = 5 * 1_048_576;
/** So long a deleted project can be brought back. */
export const BIN_DAYS = 30;
/** An answer past this size leaves contents out. */
export const LIST_BYTES = 4 * 1_048_576;

const NOT_EMPTY = "must not be empty";
const MAX_CONTENT_LENGTH = 4 * 1_048_576;
const MAX_VERSION = 2_147_483_647;

const count = z.number().int();
/** As programs and pages send them: a title is cut, a content must not be empty. */
export const projectTitle = cutText(MAX_TITLE_LENGTH).refine((value) => value !== "", NOT_EMPTY);
export const projectContent = text(MAX_CONTENT_LENGTH).min(1, NOT_EMPTY);
const projectType = text(64).min(1, NOT_EMPTY);
const version = wholeNumber(1, MAX_VERSION);
const code = z.object({ code: text(MAX_PROJECT_CODE_LENGTH) });

/** Old clients leave a field empty, or say `all`, where they mean no filter. */
const appFilter = z
  .string()
  .transform((value) => (value === "" || value.toLowerCase() === "all" ? undefined : value))
  .pipe(appName.optional())
  .optional();
const typeFilter = text(64)
  .transform((value) => (value === "" ? undefined : value))
  .optional();

/** What a list of projects can hold alone. */
export const PROJECT_KINDS = ["text", "picture"] as const;
export type ProjectKind = (typeof PROJECT_KINDS)[number];

/** In which order a list of projects stands: what was made or changed last, by title, or the largest first. */
export const PROJECT_SORTS = ["newest", "changed", "title", "size"] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];

/** A project, wherever it stands. `content` is null where it was not asked for or left out. */
export const projectShape = z.object({
  code: z.string(),
  id: z.string(),
  project_code: z.string(),
  title: z.string(),
  content: z.string().nullable(),
  /** Only where an answer grew past 4 MB. */
  content_omitted: z.literal(true).optional(),
  app_source: z.string(),
  project_type: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  size_bytes: count,
  size_mb: z.number(),
  file_size_mb: z.number(),
  word_count: count,
  version: count,
  created_at: timestamp,
  updated_at: timestamp,
});

export type Project = z.infer<typeof projectShape>;

export const saveProject = defineOperation({
  id: "saveProject",
  method: "POST",
  path: "/api/unified/save-project",
  summary: "Save a new project, or the new content of one",
  auth: "key",
  scope: "workspace:write",
  appField: "app_source",
  body: z.object({
    user_id: userId,
    app_source: appName,
    project_type: projectType,
    title: projectTitle,
    content: projectContent,
    metadata: metadata(METADATA_BYTES).nullish(),
    project_code: text(MAX_PROJECT_CODE_LENGTH)
      .transform((value) => (value === "" ? undefined : value))
      .nullish(),
    version: version.nullish(),
    /** Pays for it: saved and captured together, or neither. Needs the scope `credits:deduct` too. */
    hold_id: text(64).nullish(),
    /** How much of the hold; all of it where nothing is said. */
    capture_amount: wholeNumber(0, MAX_AMOUNT).nullish(),
  }),
  response: z.object({
    project_code: z.string(),
    code: z.string(),
    title: z.string(),
    size_mb: z.number(),
    size_bytes: count,
    storage_remaining_mb: z.number(),
    app_source: z.string(),
    project_type: z.string(),
    version: count,
    created: z.boolean(),
    /** Where a hold paid for it. */
    credits_deducted: count.optional(),
    credits_released: count.optional(),
    new_balance: count.optional(),
    transaction_id: z.string().nullable().optional(),
    low_balance: lowBalance.optional(),
    user_version: count.optional(),
  }),
  envelope: "unified",
  recorded: true,
  errors: [
    "user_not_found",
    "project_not_found",
    "app_mismatch",
    "version_conflict",
    "storage_limit_exceeded",
    "insufficient_scope",
    "hold_not_found",
    "capture_exceeds_hold",
    "hold_already_captured",
    "hold_already_released",
    "hold_expired",
  ],
});

const listFilters = {
  app_filter: appFilter,
  app: appFilter,
  project_type: typeFilter,
  limit: pageLimit.optional(),
  cursor: cursor.optional(),
};

const listResponse = z.object({
  projects: z.array(projectShape),
  all_projects: z.array(projectShape),
  penora_projects: z.array(projectShape),
  imagegene_projects: z.array(projectShape),
  total_projects: count,
  total_count: count,
  penora_count: count,
  imagegene_count: count,
  user_id: z.string(),
  storage: storageShape,
  storage_stats: storageShape,
  next_cursor: nextCursor,
  content_omitted: z.literal(true).optional(),
});

export const listProjects = defineOperation({
  id: "listProjects",
  method: "GET",
  path: "/api/unified/user-projects",
  aliases: ["/api/unified/projects"],
  summary: "The projects of a person, of every app, newest first",
  auth: "key",
  scope: "workspace:read",
  query: z.object({ user_id: userId, ...listFilters, include_content: queryFlag.default(true) }),
  response: listResponse,
  envelope: "unified",
  errors: ["user_not_found"],
});

export const getProject = defineOperation({
  id: "getProject",
  method: "GET",
  path: "/api/unified/project/{code}",
  summary: "A project with its content",
  auth: "key",
  scope: "workspace:read",
  params: code,
  query: z.object({ user_id: userId }),
  response: z.object({ project: projectShape }),
  envelope: "unified",
  errors: ["project_not_found"],
});

const changes = {
  title: projectTitle.nullish(),
  content: projectContent.nullish(),
  metadata: metadata(METADATA_BYTES).nullish(),
  version: version.nullish(),
  include_content: z.boolean("must be true or false").default(false),
};

export const updateProject = defineOperation({
  id: "updateProject",
  method: "PATCH",
  path: "/api/unified/project/{code}",
  summary: "Change title, content or metadata of a project",
  auth: "key",
  scope: "workspace:write",
  params: code,
  body: z.object({ user_id: userId, ...changes }),
  response: z.object({ project: projectShape }),
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found", "app_mismatch", "version_conflict", "storage_limit_exceeded"],
});

const deleted = z.object({ deleted: z.literal(true), storage: storageShape });

export const deleteProject = defineOperation({
  id: "deleteProject",
  method: "DELETE",
  path: "/api/unified/project/{code}",
  summary: "Put a project into the bin, for 30 days",
  auth: "key",
  scope: "workspace:write",
  params: code,
  query: z.object({ user_id: userId }),
  response: deleted,
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found", "app_mismatch"],
});

export const restoreProject = defineOperation({
  id: "restoreProject",
  method: "POST",
  path: "/api/unified/project/{code}/restore",
  summary: "Bring a project back from the bin, if there is room",
  auth: "key",
  scope: "workspace:write",
  params: code,
  body: z.object({ user_id: userId }),
  response: z.object({ project: projectShape }),
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found", "app_mismatch", "storage_limit_exceeded"],
});

export const storageStats = defineOperation({
  id: "storageStats",
  method: "GET",
  path: "/api/unified/storage-stats",
  summary: "How full a person's workspace is, and with what",
  auth: "key",
  scope: "workspace:read",
  query: z.object({ user_id: userId }),
  response: z.object({
    storage_stats: storageShape,
    breakdown: z.object({
      penora_mb: z.number(),
      imagegene_mb: z.number(),
      total_projects: count,
      penora_projects: count,
      imagegene_projects: count,
    }),
    apps: z.array(
      z.object({ app_source: z.string(), size_mb: z.number(), size_bytes: count, projects: count }),
    ),
  }),
  envelope: "unified",
  errors: ["user_not_found"],
});
