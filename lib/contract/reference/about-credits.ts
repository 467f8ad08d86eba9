import { READER } from "../examples";
import type { PublicOperation } from "../public-operations";
import type { AboutEach } from "./about";

const SPENT = {
  id: READER.transaction,
  app_name: READER.app,
  transaction_type: "used" as const,
  amount: -5,
  balance_after: 65,
  description: "A picture",
  project_code: "JHSHDU",
  metadata: { size: "512x512" },
  created_at: "2026-11-21T09:12:44.318Z",
};

export const aboutCredits = {
  deductCredits: {
    area: "credits",
    text: "For work that is certain, or done already. Whether there is enough is decided by the very statement that takes it: two requests can't both spend the last credit, and a refusal changes nothing.\n\nFor work that takes a while or may fail, hold first: a charge that comes after the work finds an empty purse too late.",
    answer: {
      credits_deducted: 3,
      new_balance: 54,
      app_name: READER.app,
      transaction_id: "48219",
      low_balance: false,
      user_version: 42,
    },
  },
  refundCredits: {
    area: "credits",
    text: "Gives back what one of your app's transactions spent, in one go or in parts. All refunds of a transaction together never exceed it, however many arrive at once. Transactions of other apps are not found.",
    answer: {
      credits_refunded: 2,
      refundable_left: 3,
      new_balance: 59,
      transaction_id: "48220",
      low_balance: false,
      user_version: 42,
    },
  },
  addCredits: {
    area: "credits",
    text: "For whoever sells or gives credits. Send your payment's id as `reference`: it is unique in your app for ever, so that a webhook that arrives twice adds once. The second time answers 200 with the first result.\n\nAn `adjustment` with `direction: debit` takes credits away and needs the scope `admin`.",
    answer: {
      credits_added: 20,
      amount_added: 20,
      new_balance: 77,
      user_id: READER.user,
      transaction_id: "48221",
      low_balance: false,
      user_version: 42,
      message: "Added 20 credits.",
    },
  },
  listTransactions: {
    area: "credits",
    text: "The ledger: a row for every credit that came or went, never changed and never deleted. `balance_after` is what the rows up to this one add up to, credits that are held included.\n\n`penora_transactions` and `imagegene_transactions` are the rows of `all_transactions` that belong to these apps.\n\nAs CSV it is the whole ledger under the filters, streamed, and safe to open in a spreadsheet; `limit` and `cursor` mean nothing then.",
    answer: {
      all_transactions: [SPENT],
      penora_transactions: [],
      imagegene_transactions: [SPENT],
      total_count: 1,
      next_cursor: null,
    },
  },
  getUsage: {
    area: "credits",
    text: "Spending summed up in UTC, grouped by app or by action, oldest first. Intervals in which nothing happened are left out; a week begins on Monday. The totals are those of the ledger.",
    answer: {
      series: [{ start: "2026-11-16T00:00:00.000Z", group: "draw", credits_used: 21, count: 5 }],
      totals: { credits_used: 21, count: 5 },
    },
  },
  giveBonusCredits: {
    area: "credits",
    text: "Gives a bonus once to each person of a campaign: to `user_ids`, or to everybody where none are named. It works in committed batches of 1,000; if it is cut short, repeat it and it finishes the rest without giving to anybody twice.",
    answer: {
      users_updated: 1,
      total_credits_distributed: 2,
      bonus_amount: 2,
      message: "Gave 2 credits to 1 user.",
    },
  },
  reconcile: {
    area: "credits",
    text: "Counts the ledger, the holds and the stored bytes again and compares them with what is kept beside them. `differences` is empty, always; a row in it is a defect of Penora.",
    answer: { consistent: true, users_checked: 1248, users_differing: 0, differences: [] },
  },
  addCreditsLegacy: {
    area: "neighbours",
    text: "What the hub called before the unified API. The amount is taken from `credits`, else from `amount`. New code calls `POST /api/unified/add-credits`.",
    answer: {
      success: true,
      new_balance: 62,
      credits_added: 5,
      low_balance: false,
      message: "Added 5 credits.",
    },
  },
} satisfies Partial<AboutEach<PublicOperation>>;
