import { z } from "zod";
import { MAX_AMOUNT, userId, wholeNumber } from "./fields";
import { defineOperation } from "./operation";

/**
 * True where what can be spent (`credits`, without what is held) is at the person's threshold or below it. In every answer
 * about money it is of the moment of that answer, decided by the statement that moved the credits. The balance has become
 * low in the change with which it turns true; rising above the threshold and falling again is another time.
 */
export const lowBalance = z.boolean();

/** Whole credits; 0: only said when nothing is left. */
export const lowBalanceThreshold = wholeNumber(0, MAX_AMOUNT);

/** Says to the server whose notice was put away, so that a page comes without it and nothing jumps. */
export const PUT_AWAY_COOKIE = "penora_low_balance";

export function isLow(credits: number, threshold: number): boolean {
  return credits <= threshold;
}

const count = z.number().int();

export const updateUser = defineOperation({
  id: "updateUser",
  method: "PATCH",
  path: "/api/unified/user",
  summary: "Change what a person may choose: at which balance they are told that it is low",
  auth: "key",
  scope: "users:write",
  body: z.object({ user_id: userId, low_balance_threshold: lowBalanceThreshold }),
  response: z.object({
    user_id: z.string(),
    credits: count,
    low_balance: lowBalance,
    low_balance_threshold: count,
    user_version: count,
  }),
  envelope: "unified",
  recorded: true,
  errors: ["user_not_found"],
});

export const updateMyUser = defineOperation({
  id: "updateMyUser",
  method: "PATCH",
  path: "/api/me/user",
  summary: "Choose at which balance I am told that it is low",
  auth: "session",
  body: updateUser.body.omit({ user_id: true }),
  response: updateUser.response,
  envelope: "unified",
  recorded: true,
  errors: [],
});
