import { createUser, me } from "@/lib/contract/accounts";
import { READER } from "@/lib/contract/examples";
import { extendHold, holdCredits, releaseHold } from "@/lib/contract/holds";
import type { Operation } from "@/lib/contract/operation";
import { type ShownRequest, shownRequest } from "@/lib/contract/reference/shown-request";
import { saveProject } from "@/lib/contract/workspace";

/** A step of the guide: words, and the request that takes it. */
export type GuideStep = {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly operation: Operation;
  readonly request: (origin: string) => ShownRequest;
};

const user_id = READER.newcomer;
const app = READER.app;
const path = { id: READER.hold };

/** From the key to the first thing that is paid for and kept, in the order in which one takes the steps. */
export const GUIDE_STEPS: readonly GuideStep[] = [
  {
    id: "ask-who-you-are",
    title: "Ask who you are",
    text: "Put the key into your server's environment as `PENORA_API_KEY`, then see that it works. The answer names your app and what the key may do.",
    operation: me,
    request: (origin) => shownRequest(me, origin),
  },
  {
    id: "make-the-person-known",
    title: "Make the person known",
    text: "Before the first charge for somebody, tell Penora of them, with the id that the hub signed in. Safe to call each time that somebody signs in: whoever is known keeps everything. A new person begins with the welcome grant.",
    operation: createUser,
    request: (origin) =>
      shownRequest(
        createUser,
        origin,
        { body: { user_id, username: "Ada", email: "ada@example.com" } },
        `${READER.fresh}-person`,
      ),
  },
  {
    id: "hold",
    title: "Hold the price",
    text: "Before the work begins, set its price aside. If there is too little, the answer is 402 `insufficient_credits` and you have not worked for nothing; show the person `shortfall` and lead them to `topup_url`. Keep the `hold_id` with your job.\n\nThe `Idempotency-Key` comes from the job, so that a repeat of the job can't hold twice.",
    operation: holdCredits,
    request: (origin) =>
      shownRequest(
        holdCredits,
        origin,
        { body: { user_id, amount: 8, app_name: app, description: "A lighthouse in rain", expires_in: 900 } },
        `${READER.fresh}-hold`,
      ),
  },
  {
    id: "work",
    title: "Work, and renew the hold if it takes long",
    text: "Nobody else can spend what is held. If your process dies, the hold gives itself back when its time is over, and the person has lost nothing. A job that takes longer renews it now and then, well before that.",
    operation: extendHold,
    request: (origin) =>
      shownRequest(
        extendHold,
        origin,
        { params: path, body: { expires_in: 900 } },
        `${READER.fresh}-extend-1`,
      ),
  },
  {
    id: "save-and-capture",
    title: "Save and capture in one",
    text: "Save the result with the `hold_id`: it is stored and paid for in the same moment, or neither. There is no charge without a result and no result without a charge, whatever fails in between. `capture_amount` charges a part, and the rest comes back.\n\nA result that is not stored in the workspace is charged with `POST holds/{id}/capture`.",
    operation: saveProject,
    request: (origin) =>
      shownRequest(
        saveProject,
        origin,
        {
          body: {
            user_id,
            app_source: app,
            project_type: "story",
            title: "A lighthouse in rain",
            content: "The lamp was lit an hour early that day.",
            hold_id: READER.hold,
            capture_amount: 5,
          },
        },
        `${READER.fresh}-save`,
      ),
  },
  {
    id: "release",
    title: "Or give it back",
    text: "Where the work failed there is nothing to pay for. Release the hold instead, and the person can spend the credits at once. A hold ends once, so a capture that comes too late changes nothing and is told so.",
    operation: releaseHold,
    request: (origin) =>
      shownRequest(releaseHold, origin, { params: path, body: {} }, `${READER.fresh}-release`),
  },
];
