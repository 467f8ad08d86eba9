import { z } from "zod";
import {
  amount,
  appName,
  cursor,
  cutText,
  instant,
  MAX_DESCRIPTION_LENGTH,
  MAX_PROJECT_CODE_LENGTH,
  metadata,
  MONEY_METADATA_BYTES,
  nextCursor,
  pageLimit,
  text,
  timestamp,
  userId,
} from "./fields";
import { lowBalance } from "./low-balance";
import { defineOperation } from "./operation";
import { storageShape } from "./storage";

/** A person whom Penora has never seen begins with 50 + 10 (contract, section 3). */
export const INITIAL_CREDITS = 50;
export const WELCOME_BONUS = 10;
export const DEFAULT_CAMPAIGN_BONUS = 10;

export const TRANSACTION_TYPES = ["initial", "bonus", "purchased", "adjustment", "refund", "used"] as const;

const description = cutText(MAX_DESCRIPTION_LENGTH);
const projectCode = text(MAX_PROJECT_CODE_LENGTH);
const count = z.number().int();

export const userInfo = defineOperation({
  id: "userInfo",
  method: "GET",
  path: "/api/unified/user-info",
  summary: "Balance, profile and storage of a person",
  auth: "key",
  scope: "credits:read",
  query: z.object({ user_id: userId }),
  response: z.object({
    credits: count,
    user_id: z.string(),
    username: z.string(),
    email: z.string(),
    subscription_status: z.string(),
    held_credits: count,
    low_balance: lowBalance,
    low_balance_threshold: count,
    user_version: count,
    storage: storageShape,
  }),
  envelope: "unified",
  etag: "user_version",
  errors: ["user_not_found"],
});

export const deductCredits = defineOperation({
  id: "deductCredits",
  method: "POST",
  path: "/api/unified/deduct-credits",
  summary: "Spend credits at once, if there are enough",
  auth: "key",
  scope: "credits:deduct",
  appField: "app_name",
  body: z.object({
    user_id: userId,
    amount,
    app_name: appName,
    description: description.default("Credit usage"),
    project_code: projectCode.nullish(),
    action: text(64).default("deduct"),
    metadata: metadata(MONEY_METADATA_BYTES).nullish(),
  }),
  response: z.object({
    credits_deducted: count,
    new_balance: count,
    app_name: z.string(),
    transaction_id: z.string(),
    low_balance: lowBalance,
    user_version: count,
  }),
  envelope: "unified",
  recorded: true,
  errors: ["user_not_found", "insufficient_credits"],
});

export const addCredits = defineOperation({
  id: "addCredits",
  method: "POST",
  path: "/api/unified/add-credits",
  summary: "Add credits: bought, given, or put right",
  auth: "key",
  scope: "credits:add",
  appField: "app_name",
  body: z.object({
    user_id: userId,
    amount,
    transaction_type: z
      .enum(
        ["purchased", "purchase", "bonus", "adjustment", "refund"],
        "must be purchased, bonus, adjustment or refund",
      )
      .transform((type) => (type === "purchase" ? ("purchased" as const) : type))
      .default("purchased"),
    direction: z.enum(["credit", "debit"], "must be credit or debit").default("credit"),
    description: description.default("Credits added"),
    app_name: appName.default("system"),
    reference: text(128).min(1, "must not be empty").nullish(),
    metadata: metadata(MONEY_METADATA_BYTES).nullish(),
  }),
  response: z.object({
    credits_added: count,
    amount_added: count,
    new_balance: count,
    user_id: z.string(),
    transaction_id: z.string(),
    low_balance: lowBalance,
    user_version: count,
    message: z.string(),
  }),
  envelope: "unified",
  recorded: true,
  errors: ["user_not_found", "reference_reused", "insufficient_scope", "insufficient_credits"],
});

export const refundCredits = defineOperation({
  id: "refundCredits",
  method: "POST",
  path: "/api/unified/refund-credits",
  summary: "Give back what a transaction spent, all or a part, never more",
  auth: "key",
  scope: "credits:deduct",
  body: z.object({
    user_id: userId,
    /** An id like a person's: text, or a number that has all its digits. What is no id is nobody's: 404. */
    transaction_id: userId,
    amount: amount.nullish(),
    description: description.default("Refund"),
  }),
  response: z.object({
    credits_refunded: count,
    refundable_left: count,
    new_balance: count,
    transaction_id: z.string(),
    low_balance: lowBalance,
    user_version: count,
  }),
  envelope: "unified",
  recorded: true,
  errors: ["transaction_not_found", "not_refundable", "refund_exceeds_original"],
});

export const transactionShape = z.object({
  id: z.string(),
  app_name: z.string(),
  transaction_type: z.enum(TRANSACTION_TYPES),
  amount: count,
  balance_after: count,
  description: z.string(),
  project_code: z.string().nullable(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  created_at: timestamp,
});

export const listTransactions = defineOperation({
  id: "listTransactions",
  method: "GET",
  path: "/api/unified/transactions",
  summary: "The ledger of a person, newest first",
  auth: "key",
  scope: "credits:read",
  query: z.object({
    user_id: userId,
    limit: pageLimit.default(50),
    cursor: cursor.optional(),
    app: appName.optional(),
    type: z.enum(TRANSACTION_TYPES, `must be one of ${TRANSACTION_TYPES.join(", ")}`).optional(),
    from: instant.optional(),
    to: instant.optional(),
    project_code: projectCode.optional(),
  }),
  response: z.object({
    all_transactions: z.array(transactionShape),
    penora_transactions: z.array(transactionShape),
    imagegene_transactions: z.array(transactionShape),
    total_count: count,
    next_cursor: nextCursor,
  }),
  envelope: "unified",
  /** As CSV it is the whole ledger under the filters: `limit` and `cursor` mean nothing then. */
  formats: ["json", "csv"],
  errors: ["user_not_found"],
});

/** The signed-in person's own. A link can't send `Accept`: it says `format`. */
export const listMyTransactions = defineOperation({
  id: "listMyTransactions",
  method: "GET",
  path: "/api/me/transactions",
  summary: "My ledger, newest first; all of it where it is asked for as CSV",
  auth: "session",
  query: listTransactions.query
    .omit({ user_id: true })
    .extend({ format: z.enum(["json", "csv"], "must be json or csv").optional() }),
  response: listTransactions.response,
  envelope: "unified",
  formats: ["json", "csv"],
  errors: [],
});

export const giveBonusCredits = defineOperation({
  id: "giveBonusCredits",
  method: "POST",
  path: "/api/unified/give-bonus-credits",
  summary: "Give everybody, or some, a bonus once",
  auth: "key",
  scope: "admin",
  body: z.object({
    campaign: text(64).min(1, "must not be empty"),
    bonus_amount: amount.default(DEFAULT_CAMPAIGN_BONUS),
    user_ids: z
      .array(userId, "must be a list of user ids")
      .max(100_000, "must name at most 100,000 people")
      .nullish(),
  }),
  response: z.object({
    users_updated: count,
    total_credits_distributed: count,
    bonus_amount: count,
    message: z.string(),
  }),
  envelope: "unified",
  recorded: true,
  errors: [],
});

/** The older door of the hub: `credits` or `amount`. */
export const addCreditsLegacy = defineOperation({
  id: "addCreditsLegacy",
  method: "POST",
  path: "/api/add-credits",
  summary: "Add credits, in the older shape",
  auth: "key",
  scope: "credits:add",
  body: z.object({
    user_id: userId,
    credits: amount.nullish(),
    amount: amount.nullish(),
    note: description.nullish(),
    reference: text(128).min(1, "must not be empty").nullish(),
  }),
  response: z.object({
    success: z.literal(true),
    new_balance: count,
    credits_added: count,
    low_balance: lowBalance,
    message: z.string(),
  }),
  envelope: "plain",
  recorded: true,
  errors: ["user_not_found", "reference_reused"],
});
