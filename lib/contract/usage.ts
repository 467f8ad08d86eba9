import { z } from "zod";
import { instant, timestamp, userId } from "./fields";
import { defineOperation } from "./operation";

const count = z.number().int();

export const getUsage = defineOperation({
  id: "getUsage",
  method: "GET",
  path: "/api/unified/usage",
  summary: "What a person's credits were used for, by day, week or month",
  auth: "key",
  scope: "credits:read",
  query: z.object({
    user_id: userId,
    from: instant.optional(),
    to: instant.optional(),
    interval: z.enum(["day", "week", "month"], "must be day, week or month").default("day"),
    group_by: z.enum(["app", "action"], "must be app or action").default("app"),
  }),
  response: z.object({
    /** Oldest first; what nothing happened in is left out. A week begins on Monday, all in UTC. */
    series: z.array(
      z.object({
        start: timestamp,
        /** The app, or the action. */
        group: z.string(),
        /** Less what was refunded, which is counted where it came back. */
        credits_used: count,
        /** How many times credits were spent. */
        count,
      }),
    ),
    totals: z.object({ credits_used: count, count }),
  }),
  envelope: "unified",
  errors: ["user_not_found"],
});

export const reconcile = defineOperation({
  id: "reconcile",
  method: "GET",
  path: "/api/unified/reconcile",
  summary: "Count everything again, and list every person who differs: none, always",
  auth: "key",
  scope: "admin",
  query: z.object({}),
  response: z.object({
    consistent: z.boolean(),
    users_checked: count,
    users_differing: count,
    /** What is kept beside what was counted. */
    differences: z.array(
      z.object({
        user_id: z.string(),
        credits: count,
        held_credits: count,
        ledger_total: count,
        open_holds: count,
        ledger_used: count,
        usage_total: count,
        storage_used_bytes: count,
        project_bytes: count,
        project_count: count,
        projects: count,
      }),
    ),
  }),
  envelope: "unified",
  errors: [],
});
