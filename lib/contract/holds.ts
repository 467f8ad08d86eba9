import { z } from "zod";
import {
  amount,
  appName,
  cutText,
  MAX_AMOUNT,
  MAX_DESCRIPTION_LENGTH,
  MAX_PROJECT_CODE_LENGTH,
  text,
  timestamp,
  userId,
  wholeNumber,
} from "./fields";
import { lowBalance } from "./low-balance";
import { defineOperation } from "./operation";

/** Seconds; the contract's bounds for a lease. */
export const DEFAULT_HOLD_SECONDS = 900;
export const MAX_HOLD_SECONDS = 86_400;

const HOLD_ENDINGS = ["hold_already_captured", "hold_already_released", "hold_expired"] as const;

const description = cutText(MAX_DESCRIPTION_LENGTH);
const projectCode = text(MAX_PROJECT_CODE_LENGTH);
const expiresIn = wholeNumber(1, MAX_HOLD_SECONDS).default(DEFAULT_HOLD_SECONDS);
const count = z.number().int();
/** What is no id is nobody's hold: the room answers 404. */
const id = z.object({ id: z.string() });

export const holdCredits = defineOperation({
  id: "holdCredits",
  method: "POST",
  path: "/api/unified/holds",
  summary: "Set credits aside at once, for work that may fail",
  auth: "key",
  scope: "credits:deduct",
  appField: "app_name",
  body: z.object({
    user_id: userId,
    amount,
    app_name: appName,
    description: description.default("Credits held"),
    project_code: projectCode.nullish(),
    action: text(64).default("deduct"),
    expires_in: expiresIn,
  }),
  response: z.object({
    hold_id: z.string(),
    amount: count,
    new_balance: count,
    held_credits: count,
    low_balance: lowBalance,
    user_version: count,
    expires_at: timestamp,
  }),
  envelope: "unified",
  recorded: true,
  errors: ["user_not_found", "insufficient_credits"],
});

export const captureHold = defineOperation({
  id: "captureHold",
  method: "POST",
  path: "/api/unified/holds/{id}/capture",
  summary: "Charge a hold, all of it or a part, and give the rest back",
  auth: "key",
  scope: "credits:deduct",
  params: id,
  body: z.object({
    amount: wholeNumber(0, MAX_AMOUNT).nullish(),
    description: description.nullish(),
    project_code: projectCode.nullish(),
  }),
  response: z.object({
    hold_id: z.string(),
    credits_deducted: count,
    credits_released: count,
    new_balance: count,
    low_balance: lowBalance,
    user_version: count,
    /** Null where nothing was charged. */
    transaction_id: z.string().nullable(),
  }),
  envelope: "unified",
  recorded: true,
  errors: ["hold_not_found", "capture_exceeds_hold", ...HOLD_ENDINGS],
});

export const releaseHold = defineOperation({
  id: "releaseHold",
  method: "POST",
  path: "/api/unified/holds/{id}/release",
  summary: "Give a hold back whole",
  auth: "key",
  scope: "credits:deduct",
  params: id,
  body: z.object({}),
  response: z.object({
    hold_id: z.string(),
    credits_released: count,
    new_balance: count,
    low_balance: lowBalance,
    user_version: count,
  }),
  envelope: "unified",
  recorded: true,
  errors: ["hold_not_found", ...HOLD_ENDINGS],
});

export const extendHold = defineOperation({
  id: "extendHold",
  method: "POST",
  path: "/api/unified/holds/{id}/extend",
  summary: "Renew the lease of a hold whose work goes on",
  auth: "key",
  scope: "credits:deduct",
  params: id,
  body: z.object({ expires_in: expiresIn }),
  response: z.object({
    hold_id: z.string(),
    expires_at: timestamp,
    low_balance: lowBalance,
    user_version: count,
  }),
  envelope: "unified",
  recorded: true,
  errors: ["hold_not_found", ...HOLD_ENDINGS],
});

export const getHold = defineOperation({
  id: "getHold",
  method: "GET",
  path: "/api/unified/holds/{id}",
  summary: "A hold, and how it ended",
  auth: "key",
  scope: "credits:read",
  params: id,
  response: z.object({
    hold_id: z.string(),
    user_id: z.string(),
    app_name: z.string(),
    amount: count,
    status: z.enum(["open", "captured", "released", "expired"]),
    captured_amount: count,
    description: z.string(),
    project_code: z.string().nullable(),
    action: z.string(),
    transaction_id: z.string().nullable(),
    expires_at: timestamp,
    resolved_at: timestamp.nullable(),
    created_at: timestamp,
  }),
  envelope: "unified",
  errors: ["hold_not_found"],
});
