import { z } from "zod";
import { EXPORT_FORMATS, FILE_FORMATS } from "./export-format";
import { MAX_PROJECT_CODE_LENGTH, text, timestamp, wholeNumber } from "./fields";
import { defineOperation } from "./operation";

/** A link to a file works for so long: to be opened at once, where a download can't begin or no cookie comes along. */
export const EXPORT_LINK_SECONDS = 300;
/** So many projects can be named at once; all of them need no names. */
export const MAX_NAMED_PROJECTS = 200;

const code = z.object({ code: text(MAX_PROJECT_CODE_LENGTH) });
const format = z.enum(EXPORT_FORMATS, `must be one of ${EXPORT_FORMATS.join(", ")}`);
const fileFormat = z.enum(FILE_FORMATS, `must be one of ${FILE_FORMATS.join(", ")}`);
const oneCode = z.string().regex(/^[A-Z0-9_]{1,32}$/, "must be codes of projects");
const link = z.object({ url: z.string(), expires_at: timestamp });

/** In a query, codes with commas between them. */
const codeList = z
  .string()
  .transform((value) => value.split(","))
  .pipe(z.array(oneCode).max(MAX_NAMED_PROJECTS, `must be at most ${MAX_NAMED_PROJECTS} codes`));

export const getMyExportFormats = defineOperation({
  id: "getMyExportFormats",
  method: "GET",
  path: "/api/me/projects/{code}/export-formats",
  summary: "In which formats a project of mine can be had now, and why not in the others",
  auth: "session",
  params: code,
  response: z.object({
    version: z.number().int(),
    formats: z.array(
      z.object({
        format: z.enum(EXPORT_FORMATS),
        available: z.boolean(),
        /** Why it is not available, in a sentence. */
        reason: z.string().nullable(),
      }),
    ),
    /** Where a picture lies that is only an address: our server fetches nothing. */
    picture_url: z.string().nullable(),
  }),
  envelope: "unified",
  errors: ["project_not_found"],
});

export const exportMyProject = defineOperation({
  id: "exportMyProject",
  method: "GET",
  path: "/api/me/projects/{code}/export",
  summary: "A project of mine as a file",
  auth: "session",
  params: code,
  query: z.object({ format }),
  response: z.unknown(),
  envelope: "plain",
  reply: "raw",
  errors: ["project_not_found", "not_drawable", "unavailable"],
});

export const createMyExportLink = defineOperation({
  id: "createMyExportLink",
  method: "POST",
  path: "/api/me/projects/{code}/export-links",
  summary: "A link of five minutes to a project of mine as a file, that needs no cookie",
  auth: "session",
  params: code,
  body: z.object({ format }),
  response: link,
  envelope: "unified",
  errors: ["project_not_found", "not_drawable"],
});

export const exportMyWorkspace = defineOperation({
  id: "exportMyWorkspace",
  method: "GET",
  path: "/api/me/export",
  summary: "My projects, all or those named, as one ZIP",
  auth: "session",
  query: z.object({ format: fileFormat, codes: codeList.optional() }),
  response: z.unknown(),
  envelope: "plain",
  reply: "raw",
  errors: ["project_not_found"],
});

export const createMyWorkspaceLink = defineOperation({
  id: "createMyWorkspaceLink",
  method: "POST",
  path: "/api/me/export-links",
  summary: "A link of five minutes to my projects as one ZIP, that needs no cookie",
  auth: "session",
  body: z.object({
    format: fileFormat,
    codes: z
      .array(oneCode, "must be codes of projects")
      .min(1, "must not be empty")
      .max(MAX_NAMED_PROJECTS)
      .optional(),
  }),
  response: link,
  envelope: "unified",
  errors: ["project_not_found"],
});

export const openExportLink = defineOperation({
  id: "openExportLink",
  method: "GET",
  path: "/api/export-links/open",
  summary: "The file behind a link of five minutes",
  auth: "open",
  limit: "address",
  query: z.object({ link_token: text(8_000) }),
  response: z.unknown(),
  envelope: "plain",
  reply: "raw",
  errors: ["not_found", "project_not_found", "version_conflict", "not_drawable", "rate_limited"],
});

export const showMyPicture = defineOperation({
  id: "showMyPicture",
  method: "GET",
  path: "/api/me/projects/{code}/picture",
  summary: "A picture of mine, for an image on a page; one that lies elsewhere as a redirect to it",
  auth: "session",
  params: code,
  response: z.unknown(),
  envelope: "plain",
  reply: "raw",
  errors: ["project_not_found"],
});

const shareShape = z.object({
  id: z.string(),
  url: z.string(),
  expires_at: timestamp.nullable(),
  created_at: timestamp,
});
export type Share = z.infer<typeof shareShape>;

/** Links that work at the same time for one project. */
export const MAX_SHARES = 10;
export const MAX_SHARE_DAYS = 365;

export const listMyShares = defineOperation({
  id: "listMyShares",
  method: "GET",
  path: "/api/me/projects/{code}/shares",
  summary: "The links that show a project of mine to whoever has them",
  auth: "session",
  params: code,
  response: z.object({ shares: z.array(shareShape) }),
  envelope: "unified",
  errors: ["project_not_found"],
});

export const shareMyProject = defineOperation({
  id: "shareMyProject",
  method: "POST",
  path: "/api/me/projects/{code}/shares",
  summary: "A link that shows a project of mine, read only, to whoever has it",
  auth: "session",
  params: code,
  /** Left out: it works until it is revoked. */
  body: z.object({ expires_in_days: wholeNumber(1, MAX_SHARE_DAYS).optional() }),
  response: z.object({ share: shareShape }),
  envelope: "unified",
  errors: ["project_not_found", "too_many_shares"],
});

export const revokeMyShare = defineOperation({
  id: "revokeMyShare",
  method: "DELETE",
  path: "/api/me/projects/{code}/shares/{id}",
  summary: "End a link; whoever has it finds nothing from now on",
  auth: "session",
  params: code.extend({ id: text(64) }),
  response: z.object({ revoked: z.literal(true) }),
  envelope: "unified",
  recorded: true,
  errors: ["project_not_found", "not_found"],
});

export const showSharedPicture = defineOperation({
  id: "showSharedPicture",
  method: "GET",
  path: "/api/shares/{token}/pictures/{code}",
  summary: "A picture that stands in a shared text, or is what is shared",
  auth: "open",
  limit: "address",
  params: z.object({ token: text(64), code: text(MAX_PROJECT_CODE_LENGTH) }),
  response: z.unknown(),
  envelope: "plain",
  reply: "raw",
  errors: ["not_found", "rate_limited"],
});
