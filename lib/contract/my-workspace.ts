import { z } from "zod";
import { instant, MAX_PROJECT_CODE_LENGTH, text } from "./fields";
import { defineOperation } from "./operation";
import {
  deleteProject,
  listProjects,
  PROJECT_KINDS,
  PROJECT_SORTS,
  projectContent,
  projectShape,
  projectTitle,
  saveProject,
  updateProject,
} from "./workspace";

/** The doors of the pages: the owner is the session, and owns the projects of every app. */
const code = z.object({ code: text(MAX_PROJECT_CODE_LENGTH) });

export const listMyProjects = defineOperation({
  id: "listMyProjects",
  method: "GET",
  path: "/api/me/projects",
  summary: "My projects, without their content",
  auth: "session",
  query: listProjects.query.omit({ user_id: true, include_content: true }).extend({
    /** What the title or the text contains, letter by letter, small or capital. */
    search: text(200).optional(),
    kind: z.enum(PROJECT_KINDS, "must be text or picture").optional(),
    sort: z.enum(PROJECT_SORTS, "must be newest, changed, title or size").default("newest"),
  }),
  response: listProjects.response,
  envelope: "unified",
  errors: [],
});

/** No project is empty: a text without a word holds a line break. */
export const EMPTY_TEXT = "\n";

export const createMyProject = defineOperation({
  id: "createMyProject",
  method: "POST",
  path: "/api/me/projects",
  summary: "Begin a text of mine",
  auth: "session",
  body: z.object({ title: projectTitle.default("Untitled"), content: projectContent.default(EMPTY_TEXT) }),
  response: saveProject.response,
  envelope: "unified",
  recorded: true,
  errors: ["storage_limit_exceeded"],
});

export const getMyProject = defineOperation({
  id: "getMyProject",
  method: "GET",
  path: "/api/me/projects/{code}",
  summary: "A project of mine",
  auth: "session",
  params: code,
  response: z.object({ project: projectShape }),
  envelope: "unified",
  errors: ["project_not_found"],
});

export const updateMyProject = defineOperation({
  id: "updateMyProject",
  method: "PATCH",
  path: "/api/me/projects/{code}",
  summary: "Rename or change a project of mine",
  auth: "session",
  params: code,
  body: updateProject.body.omit({ user_id: true }),
  response: updateProject.response,
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found", "version_conflict", "storage_limit_exceeded"],
});

export const deleteMyProject = defineOperation({
  id: "deleteMyProject",
  method: "DELETE",
  path: "/api/me/projects/{code}",
  summary: "Put a project of mine into the bin",
  auth: "session",
  params: code,
  response: deleteProject.response,
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found"],
});

export const restoreMyProject = defineOperation({
  id: "restoreMyProject",
  method: "POST",
  path: "/api/me/projects/{code}/restore",
  summary: "Bring a project of mine back from the bin, if there is room",
  auth: "session",
  params: code,
  body: z.object({}),
  response: z.object({ project: projectShape }),
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found", "storage_limit_exceeded"],
});

const removed = z.object({ removed: z.int().min(0) });

export const removeMyProject = defineOperation({
  id: "removeMyProject",
  method: "DELETE",
  path: "/api/me/bin/{code}",
  summary: "Remove a project of mine from the bin, for good",
  auth: "session",
  params: code,
  response: removed,
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found"],
});

export const emptyMyBin = defineOperation({
  id: "emptyMyBin",
  method: "DELETE",
  path: "/api/me/bin",
  summary: "Remove for good what lay in my bin at a time; what came later stays",
  auth: "session",
  query: z.object({ until: instant }),
  response: removed,
  envelope: "unified",
  recorded: true,
  errors: [],
});
