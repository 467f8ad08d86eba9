import { z } from "zod";
import { MAX_PROJECT_CODE_LENGTH, text, timestamp, userId } from "./fields";
import { lowBalance } from "./low-balance";
import { defineOperation } from "./operation";

/*
 * The older neighbours of the unified API (contract, section 5): addresses and shapes that sibling apps call already.
 * New code uses the unified API.
 */

const count = z.number().int();
const apiVersion = z.literal("1.0");
/** Needed of a key only: a session or a token says by itself whose projects are meant, and may name nobody else. */
const person = userId.optional();

const userInfo = z.object({ user_id: z.string(), username: z.string(), email: z.string() });

/** A project of any app; `app_source` says of which. */
const project = z.object({
  id: z.string(),
  title: z.string(),
  /** Null only where the answer grew past 4 MB. */
  content: z.string().nullable(),
  content_omitted: z.literal(true).optional(),
  created_at: timestamp,
  updated_at: timestamp,
  /** In characters, not bytes. */
  size: count,
  word_count: count,
  type: z.literal("penora_project"),
  app_source: z.string(),
  project_type: z.string(),
});

export type OlderProject = z.infer<typeof project>;

export const listProjectsOlder = defineOperation({
  id: "listProjectsOlder",
  method: "GET",
  path: "/api/user-projects",
  summary: "The projects of a person, in the older shape",
  auth: "either",
  scope: "workspace:read",
  query: z.object({ user_id: person }),
  response: z.object({
    success: z.literal(true),
    projects: z.array(project),
    total_count: count,
    user_info: userInfo,
    api_version: apiVersion,
  }),
  envelope: "plain",
  errors: ["user_not_found"],
});

export const getProjectOlder = defineOperation({
  id: "getProjectOlder",
  method: "GET",
  path: "/api/project/{code}",
  summary: "A project with its content, in the older shape",
  auth: "either",
  scope: "workspace:read",
  params: z.object({ code: text(MAX_PROJECT_CODE_LENGTH) }),
  query: z.object({ user_id: person }),
  response: z.object({
    success: z.literal(true),
    project,
    user_info: userInfo,
    api_version: apiVersion,
  }),
  envelope: "plain",
  errors: ["project_not_found"],
});

export const readCredits = defineOperation({
  id: "readCredits",
  method: "GET",
  path: "/api/sync-credits",
  summary: "My balance, in the older shape",
  auth: "session",
  response: z.object({
    success: z.literal(true),
    credits: count,
    low_balance: lowBalance,
    user_id: z.string(),
  }),
  envelope: "plain",
  errors: [],
});

export const syncCredits = defineOperation({
  id: "syncCredits",
  method: "POST",
  path: "/api/sync-credits",
  summary: "What is left and what was used. Whatever a page says of it is not believed, and nothing changes",
  auth: "session",
  body: z.object({}),
  response: z.object({
    success: z.literal(true),
    remaining_credits: count,
    low_balance: lowBalance,
    /** All ever spent, less what was refunded; under both of its names. */
    credits_used: count,
    total_credits_used: count,
    message: z.string(),
  }),
  envelope: "plain",
  errors: [],
});

export const crossAppAuth = defineOperation({
  id: "crossAppAuth",
  method: "POST",
  path: "/api/cross-app/auth",
  summary: "Exchange a token of the hub for a session, in the older shape",
  auth: "open",
  body: z.object({
    jwt_token: text(16_384),
    /** Who it should be about. The token alone says who signs in: another id is refused, other names are ignored. */
    user_id: userId.nullish(),
  }),
  response: z.object({
    success: z.literal(true),
    user: z.object({
      user_id: z.string(),
      username: z.string(),
      email: z.string(),
      credits: count,
      low_balance: lowBalance,
    }),
    user_id: z.string(),
    username: z.string(),
    email: z.string(),
    message: z.string(),
  }),
  envelope: "plain",
  errors: ["not_signed_in"],
});
