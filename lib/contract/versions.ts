import { z } from "zod";
import { MAX_PROJECT_CODE_LENGTH, queryNumber, text, timestamp } from "./fields";
import { defineOperation } from "./operation";
import { projectShape, updateProject } from "./workspace";

/** At most so many versions of a project; the oldest go first. */
export const MAX_VERSIONS = 20;
/** While somebody writes, a version is kept at most so often. */
export const CHECKPOINT_MINUTES = 10;

/** Why a version was kept: before it was written over, before an older one was restored, or as a side of a conflict. */
export const VERSION_REASONS = ["checkpoint", "restore", "conflict"] as const;
export type VersionReason = (typeof VERSION_REASONS)[number];

const count = z.number().int();
const code = text(MAX_PROJECT_CODE_LENGTH);
const ofProject = z.object({ code });
const ofVersion = z.object({ code, number: queryNumber(1, 2_147_483_647) });
const { content, version } = updateProject.body.shape;

const versionShape = z.object({
  number: count,
  title: z.string(),
  reason: z.enum(VERSION_REASONS),
  /** The app that was about to write over it; `penora` for the person's own editor. */
  before_app: z.string(),
  size_bytes: count,
  word_count: count,
  created_at: timestamp,
});

export type Version = z.infer<typeof versionShape>;

export const listVersions = defineOperation({
  id: "listVersions",
  method: "GET",
  path: "/api/me/projects/{code}/versions",
  summary: "What a text of mine was before, newest first, without content",
  auth: "session",
  params: ofProject,
  response: z.object({ versions: z.array(versionShape) }),
  envelope: "unified",
  errors: ["project_not_found"],
});

export const keepConflict = defineOperation({
  id: "keepConflict",
  method: "POST",
  path: "/api/me/projects/{code}/versions",
  summary: "Keep both sides of a conflict as versions: what is stored, and the text that could not be saved",
  auth: "session",
  params: ofProject,
  body: z.object({ content: content.unwrap().unwrap() }),
  response: z.object({ kept: count }),
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found"],
});

export const getVersion = defineOperation({
  id: "getVersion",
  method: "GET",
  path: "/api/me/projects/{code}/versions/{number}",
  summary: "A version of a text of mine with its content",
  auth: "session",
  params: ofVersion,
  response: z.object({ version: versionShape.extend({ content: z.string() }) }),
  envelope: "unified",
  errors: ["project_not_found"],
});

export const restoreVersion = defineOperation({
  id: "restoreVersion",
  method: "POST",
  path: "/api/me/projects/{code}/versions/{number}/restore",
  summary: "Make a version the text again, if there is room; what it replaces is kept as a version",
  auth: "session",
  params: ofVersion,
  body: z.object({ version }),
  response: z.object({ project: projectShape }),
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found", "version_conflict", "storage_limit_exceeded"],
});
