import { READER } from "../examples";
import type { PublicOperation } from "../public-operations";
import type { AboutEach } from "./about";

export const aboutHolds = {
  holdCredits: {
    area: "holds",
    text: "Takes the credits out of what can be spent, at once, without charging them. Then work, and end the hold: capture what the work was worth, or release it.\n\nA hold that nobody ends is given back when it expires, so that a crash of yours costs nobody anything. Work that takes longer extends its hold.",
    answer: {
      hold_id: READER.hold,
      amount: 8,
      new_balance: 49,
      held_credits: 8,
      low_balance: false,
      user_version: 42,
      expires_at: "2026-11-21T09:40:00.000Z",
    },
  },
  captureHold: {
    area: "holds",
    text: "Charges all of the hold, or `amount` of it, and gives the rest back. A capture of 0 charges nothing and writes no transaction.\n\nA hold ends once. The same capture again answers 200 with the first result; another ending answers 409 and says what happened to it.",
    answer: {
      hold_id: READER.hold,
      credits_deducted: 3,
      credits_released: 5,
      new_balance: 62,
      low_balance: false,
      user_version: 42,
      transaction_id: "48222",
    },
  },
  releaseHold: {
    area: "holds",
    text: "For work that failed: the credits can be spent again at once. Safe to repeat.",
    answer: {
      hold_id: READER.hold,
      credits_released: 8,
      new_balance: 65,
      low_balance: false,
      user_version: 42,
    },
  },
  extendHold: {
    area: "holds",
    text: "Moves the time at which the hold expires to `expires_in` seconds from now. A long job calls it now and then, well before the time is over.",
    answer: {
      hold_id: READER.hold,
      expires_at: "2026-11-21T09:50:00.000Z",
      low_balance: false,
      user_version: 42,
    },
  },
  getHold: {
    area: "holds",
    text: "Whether a hold is open or how it ended. What to ask after a crash of your own, before you do the work again.",
    answer: {
      hold_id: READER.hold,
      user_id: READER.user,
      app_name: READER.app,
      amount: 8,
      status: "open",
      captured_amount: 0,
      description: "A series of pictures",
      project_code: null,
      action: "draw",
      transaction_id: null,
      expires_at: "2026-11-21T09:40:00.000Z",
      resolved_at: null,
      created_at: "2026-11-21T09:30:00.000Z",
    },
  },
} satisfies Partial<AboutEach<PublicOperation>>;
