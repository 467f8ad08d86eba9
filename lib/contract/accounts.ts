import { z } from "zod";
import { wholeNumber, cutText, text, userId } from "./fields";
import { lowBalance } from "./low-balance";
import { defineOperation, SCOPES } from "./operation";
import { storageShape } from "./storage";

const count = z.number().int();

export const me = defineOperation({
  id: "me",
  method: "GET",
  path: "/api/unified/me",
  summary: "What this key is and may do",
  auth: "key",
  scope: "any",
  response: z.object({
    app: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    expires_at: z.iso.datetime().nullable(),
    rate_limit: z.object({ requests_per_second: count, burst: count }).nullable(),
  }),
  envelope: "unified",
  errors: [],
});

export const createUser = defineOperation({
  id: "createUser",
  method: "POST",
  path: "/api/unified/create-user",
  summary: "Make a person known to Penora; safe to call again",
  auth: "key",
  scope: "users:write",
  body: z.object({
    user_id: userId,
    username: cutText(200),
    email: text(320),
    initial_credits: wholeNumber(0, 1_000_000).optional(),
    profile_image: text(200_000).optional(),
    bio: cutText(2_000).optional(),
    website: text(2_000).optional(),
    subscription_status: text(64).optional(),
  }),
  response: z.object({
    user: z.object({
      user_id: z.string(),
      username: z.string(),
      email: z.string(),
      credits: count,
      held_credits: count,
      low_balance: lowBalance,
      low_balance_threshold: count,
      user_version: count,
      subscription_status: z.string(),
      profile_image: z.string().nullable(),
      bio: z.string().nullable(),
      website: z.string().nullable(),
      storage_used_mb: z.number(),
      storage_limit_mb: z.number(),
      storage_available_mb: z.number(),
      created_at: z.iso.datetime(),
    }),
    created: z.boolean(),
  }),
  envelope: "unified",
  recorded: true,
  errors: ["insufficient_scope"],
});

export const userStatus = defineOperation({
  id: "userStatus",
  method: "GET",
  path: "/api/user-status",
  summary: "Who is signed in, with balance and storage",
  auth: "open",
  response: z.discriminatedUnion("authenticated", [
    z.object({
      authenticated: z.literal(true),
      user_id: z.string(),
      username: z.string(),
      email: z.string(),
      credits: count,
      held_credits: count,
      low_balance: lowBalance,
      low_balance_threshold: count,
      user_version: count,
      subscription_status: z.string(),
      profile_image: z.string().nullable(),
      bio: z.string().nullable(),
      website: z.string().nullable(),
      storage: storageShape,
      credits_used: count,
      original_credits: count,
    }),
    z.object({ authenticated: z.literal(false), login_url: z.string() }),
  ]),
  envelope: "plain",
  errors: [],
});

export const startSession = defineOperation({
  id: "startSession",
  method: "POST",
  path: "/api/session",
  summary: "Exchange a token of the hub for a session",
  auth: "open",
  body: z.object({ auth_token: text(16_384) }),
  response: z.object({ success: z.literal(true), user_id: z.string(), username: z.string() }),
  envelope: "plain",
  errors: ["not_signed_in"],
});

export const endSession = defineOperation({
  id: "endSession",
  method: "POST",
  path: "/api/session/end",
  summary: "Sign out, here or everywhere",
  auth: "open",
  body: z.object({ everywhere: z.boolean("must be true or false").default(false) }),
  response: z.object({ success: z.literal(true) }),
  envelope: "plain",
  errors: [],
});

export const health = defineOperation({
  id: "health",
  method: "GET",
  path: "/api/health",
  summary: "The process answers",
  auth: "open",
  response: z.object({ status: z.literal("ok") }),
  envelope: "plain",
  errors: [],
});

export const ready = defineOperation({
  id: "ready",
  method: "GET",
  path: "/api/health/ready",
  summary: "The database answers and its migrations are applied",
  auth: "open",
  response: z.object({ status: z.literal("ready") }),
  envelope: "plain",
  errors: ["unavailable"],
});
