import { z } from "zod";
import { DebitByHand, GrantByHand, ListActions, ShowPurse } from "@/lib/contract/operator";
import { debitByHand, grantByHand } from "@/lib/domains/credits/by-hand";
import { reconcile } from "@/lib/domains/credits/reconcile";
import { type Purse, showPurse } from "@/lib/domains/credits/show-purse";
import { BY, type Commands, defineCommand, type Said } from "./command";
import { logOf } from "./log";
import { table } from "./table";

const user = { value: "<id>", help: "whose credits", field: "user_id" };
const amount = { value: "<n>", help: "whole credits, 1 to 1,000,000", kind: "number" } as const;
const reason = { value: "<why>", help: "stands in their statement and in the log of operators" };
const reference = { value: "<text>", help: "the same reference again changes nothing more" };

/** `npm run credits -- …`: the operator's hand on purses. */
export const CREDITS: Commands = {
  grant: defineCommand({
    summary: "give a person credits",
    schema: GrantByHand,
    options: {
      user,
      amount,
      reason,
      type: { value: "<type>", help: "adjustment (left out), bonus or purchased" },
      reference,
      by: BY,
    },
    run: async (input) => moved(await grantByHand(input)),
  }),
  debit: defineCommand({
    summary: "take credits from a person, never more than they can spend",
    schema: DebitByHand,
    options: { user, amount, reason, reference, by: BY },
    run: async (input) => moved(await debitByHand(input)),
  }),
  show: defineCommand({
    summary: "what a person has, holds that are open, and the newest lines of their statement",
    schema: ShowPurse,
    options: { user },
    run: async ({ user_id }) => {
      const purse = await showPurse(user_id);
      return { text: describe(purse), json: purse };
    },
  }),
  reconcile: defineCommand({
    summary:
      "count everything again: ledger, balances, holds, usage, bytes. Exit code 1 where anything differs",
    schema: z.object({}),
    options: {},
    run: async () => {
      const counted = await reconcile();
      const { consistent, users_checked, users_differing, differences } = counted;
      const verdict = consistent ? "all agree" : `${users_differing} differ`;
      const text = [
        `${users_checked} people counted: ${verdict}.`,
        ...differences.map((one) => JSON.stringify(one)),
      ];
      return { text: text.join("\n"), json: counted, exitCode: consistent ? 0 : 1 };
    },
  }),
  log: defineCommand({
    summary: "what operators did with credits, newest first",
    schema: ListActions,
    options: {
      user: { value: "<id>", help: "of one person", field: "subject" },
      limit: { value: "<n>", help: "lines; 20 where left out", kind: "number" },
    },
    run: (input) => logOf("credits", input),
  }),
};

function moved({ result, replayed }: Awaited<ReturnType<typeof grantByHand>>): Said {
  const { user_id, new_balance, transaction_id, message } = result;
  const text = replayed
    ? `This reference was used before; nothing was changed now. Then: ${message}`
    : `${message} ${user_id} can spend ${new_balance} now.`;
  return { text: `${text} (transaction ${transaction_id})`, json: { ...result, repeated: replayed } };
}

function describe({
  user: { user_id, username, credits, held_credits, user_version },
  holds,
  transactions,
}: Purse) {
  const lines = [
    `${user_id} (${username})`,
    `can spend ${credits}, held ${held_credits}, in all ${credits + held_credits}; version ${user_version}`,
    "",
    transactions.length === 0 ? "No lines in the statement." : "The newest lines of the statement:",
    ...table(
      transactions.map((one) => ({
        id: one.id,
        time: one.created_at,
        app: one.app_name,
        type: one.transaction_type,
        amount: one.amount,
        "in all": one.balance_after,
        description: one.description,
      })),
    ),
    "",
    holds.length === 0 ? "No open holds." : "Open holds:",
    ...table(
      holds.map((hold) => ({
        id: hold.id,
        app: hold.app_name,
        amount: hold.amount,
        until: hold.generation_id === null ? hold.expires_at.toISOString() : "its text is settled",
        description: hold.description,
      })),
    ),
  ];
  return lines.join("\n");
}
