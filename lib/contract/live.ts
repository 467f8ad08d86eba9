import { z } from "zod";
import { transactionShape } from "./credits";
import { timestamp, userId, wholeNumber } from "./fields";
import { lowBalance } from "./low-balance";
import { defineOperation } from "./operation";
import { storageShape } from "./storage";

/** Seconds that a browser token lives. */
export const DEFAULT_TOKEN_SECONDS = 900;
export const MAX_TOKEN_SECONDS = 3_600;

const count = z.number().int();

/** What a person has, without who they are. */
const balanceShape = z.object({
  credits: count,
  held_credits: count,
  low_balance: lowBalance,
  user_version: count,
  storage: storageShape,
});

/** The data of a `balance` event; its id is `user_version`. */
export const balanceEvent = balanceShape.extend({
  /** The newest movement of coins since what the client had; a browser token is not told of it. */
  transaction: transactionShape.optional(),
});

export type BalanceEvent = z.infer<typeof balanceEvent>;

export const createBrowserToken = defineOperation({
  id: "createBrowserToken",
  method: "POST",
  path: "/api/unified/browser-tokens",
  summary: "A short-lived token with which a page reads one person's balance, and nothing else",
  auth: "key",
  scope: "credits:read",
  body: z.object({
    user_id: userId,
    expires_in: wholeNumber(1, MAX_TOKEN_SECONDS).default(DEFAULT_TOKEN_SECONDS),
  }),
  response: z.object({
    /** A secret of this person's page: sent as `Authorization: Bearer`, or as `token` in the query of `events`. */
    token: z.string(),
    user_id: z.string(),
    /** Never later than the end of the key that asked. */
    expires_at: timestamp,
  }),
  envelope: "unified",
  errors: ["user_not_found"],
});

export const getBalance = defineOperation({
  id: "getBalance",
  method: "GET",
  path: "/api/unified/balance",
  summary: "What a person has: coins, coins set aside, storage. A browser token may ask, for its own person",
  auth: "key",
  scope: "credits:read",
  browserToken: "header",
  query: z.object({ user_id: userId }),
  response: balanceShape,
  envelope: "unified",
  etag: "user_version",
  errors: ["user_not_found"],
});

export const followBalance = defineOperation({
  id: "followBalance",
  method: "GET",
  path: "/api/unified/events",
  summary: "A person's balance, at once and whenever it changes. A browser token may ask, for its own person",
  auth: "key",
  scope: "credits:read",
  browserToken: "query",
  query: z.object({ user_id: userId }),
  response: balanceEvent,
  envelope: "plain",
  reply: "events",
  errors: ["user_not_found"],
});

export const followMyBalance = defineOperation({
  id: "followMyBalance",
  method: "GET",
  path: "/api/events",
  summary: "The balance of whoever is signed in, at once and whenever it changes",
  auth: "session",
  response: balanceEvent,
  envelope: "plain",
  reply: "events",
  errors: [],
});
