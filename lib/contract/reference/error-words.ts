import { z } from "zod";
import type { ErrorCode } from "../errors";
import { timestamp } from "../fields";
import { storageShape } from "../storage";
import { READER } from "../examples";
import { READER_STORAGE } from "./reader-answers";

/** What is told about a code beside its status and sentence in `errors.ts`. */
export interface ErrorWords {
  /** What happened; backticks around `code`. */
  readonly happened: string;
  /** What the caller does now. */
  readonly todo: string;
  /** `details` as they may be. */
  readonly details?: unknown;
  /** The answer says in `Retry-After` when to ask again. */
  readonly retryAfter?: true;
  /** Fields beside `error` and `code`. */
  readonly facts?: z.ZodObject;
  /** The same as they may be. */
  readonly factsExample?: Readonly<Record<string, unknown>>;
}

const count = z.number().int();

const HOW_IT_ENDED = {
  facts: z.object({ resolved_at: timestamp, captured_amount: count }),
  factsExample: { resolved_at: "2026-11-21T09:28:11.902Z", captured_amount: 0 },
};

const LOGIN = {
  facts: z.object({ login_url: z.string() }),
  factsExample: { login_url: "https://sukusuku.ai/login" },
};

/** One for each code: a new one does not compile without words. */
export const ERROR_WORDS: Record<ErrorCode, ErrorWords> = {
  invalid_api_key: {
    happened: "No key was sent, or one that does not exist, has expired or was revoked.",
    todo: "Send the key in the header `X-API-Key`. Ask `GET /api/unified/me` whether it works; if not, ask the operator for a new one. Never retry with the same key.",
  },
  not_signed_in: {
    happened: "This address belongs to signed-in people, and nobody is signed in. A key does not help here.",
    todo: "Send the person to `login_url`. Servers use the unified API with a key instead.",
    ...LOGIN,
  },
  insufficient_scope: {
    happened: "The key is valid but may not do this.",
    todo: "`details.required_scope` names what is missing. Ask the operator for a key with that scope.",
    details: { required_scope: "credits:deduct", scopes: ["credits:read"] },
  },
  app_mismatch: {
    happened: "The key belongs to one app and the request names another, or changes another app's project.",
    todo: "Leave `app_name` or `app_source` out, or send your own app's name. Reading crosses apps; writing does not.",
    details: { key_app: "imagegene", app: "penora" },
  },
  cross_site: {
    happened: "A request that changes something came with a session, but not from a page of Penora.",
    todo: "From a server send no cookie and use a key. From a page of ours, send `Content-Type: application/json`.",
  },
  invalid_request: {
    happened: "A field is missing or wrong, or the body is no JSON object. Nothing was changed.",
    todo: "`error` and `details.field` name the field; missing fields are listed in `details.fields`. Correct the request; the same one will be refused again.",
    details: { field: "amount", problem: "must be a whole number" },
  },
  insufficient_credits: {
    happened: "The person can't pay for this. Nothing was taken.",
    todo: "Show the person what is missing (`shortfall`) and lead them to `topup_url`. If `retry_after` is there, open holds are the reason: at the latest after that many seconds one of them is over.",
    details: "User has 1 credit but needs 2",
    facts: z.object({
      credits: count,
      held_credits: count,
      user_version: count,
      required: count,
      shortfall: count,
      topup_url: z.string(),
      retry_after: count.optional(),
    }),
    factsExample: {
      credits: 1,
      held_credits: 0,
      user_version: 42,
      required: 2,
      shortfall: 1,
      topup_url: "https://sukusuku.ai/topup",
    },
  },
  user_not_found: {
    happened: "Penora does not know this `user_id`.",
    todo: "Call `POST /api/unified/create-user`, then repeat the request. If the person should be there, compare the id digit by digit: as a JSON number it loses digits.",
    details: "This user is not known yet. Call POST /api/unified/create-user first.",
  },
  project_not_found: {
    happened: "This person has no project with this code: it is another person's, in the bin, or never was.",
    todo: "List the person's projects, or restore it from the bin. Do not retry.",
  },
  hold_not_found: {
    happened: "Your app has no hold with this id.",
    todo: "Use the `hold_id` that the hold was answered with. Holds of other apps are not found.",
  },
  transaction_not_found: {
    happened: "Your app has no transaction with this id for this person.",
    todo: "Use the `transaction_id` of the charge. Transactions of other apps are not found.",
  },
  not_found: {
    happened: "There is nothing at this address.",
    todo: "Compare the path with the reference.",
  },
  method_not_allowed: {
    happened: "The address exists, but not for this method.",
    todo: "Use one of the methods in the header `Allow`.",
    facts: z.object({ allow: z.string() }),
    factsExample: { allow: "POST, OPTIONS" },
  },
  storage_limit_exceeded: {
    happened: "The person's workspace has no room for this. Nothing was saved, and a hold was not charged.",
    todo: "Tell the person; `storage` says how full it is. Deleting a project gives its bytes back at once.",
    details: "This needs 0.4 MB more than is free.",
    facts: z.object({ storage: storageShape }),
    factsExample: { storage: READER_STORAGE },
  },
  payload_too_large: {
    happened: "The body is larger than 4 MB.",
    todo: "Send less. The workspace holds 1 MB for each person anyway.",
  },
  unsupported_media_type: {
    happened: "The body was announced as something else than JSON.",
    todo: "Send `Content-Type: application/json`.",
  },
  idempotency_key_reused: {
    happened: "This `Idempotency-Key` has an answer already, but for another method, path or input.",
    todo: "Make a new key for each thing that you want done; send the old one only with the very same request.",
  },
  idempotency_in_progress: {
    happened: "A request with the same `Idempotency-Key` is still being answered after five seconds.",
    todo: "Wait as `Retry-After` says and send the same request with the same key.",
    retryAfter: true,
  },
  hold_already_captured: {
    happened: "The hold was charged before, in another way than you ask now.",
    todo: "`captured_amount` says what was charged and `resolved_at` when. If that is not what you wanted, refund.",
    facts: HOW_IT_ENDED.facts,
    factsExample: { resolved_at: "2026-11-21T09:28:11.902Z", captured_amount: 3 },
  },
  hold_already_released: {
    happened: "The hold was given back before.",
    todo: "Nothing was charged. If the work was done all the same, charge it with `deduct-credits`.",
    ...HOW_IT_ENDED,
  },
  hold_expired: {
    happened: "The time of the hold was over, and its credits were given back.",
    todo: "Nothing was charged. Hold again, and extend holds of work that takes long.",
    ...HOW_IT_ENDED,
  },
  capture_exceeds_hold: {
    happened: "More was to be captured than is held. The hold is still open.",
    todo: "Capture at most the held amount; deduct the rest for itself.",
    details: "The hold is over 8 but 9 was to be captured",
  },
  refund_exceeds_original: {
    happened: "More was to be refunded than is left of the transaction.",
    todo: "`refundable_left` says how much can still be given back. Leave `amount` out to give back all of it.",
    details: "2 of 5 can still be refunded, not 3",
    facts: z.object({ refundable_left: count }),
    factsExample: { refundable_left: 2 },
  },
  not_refundable: {
    happened: "The transaction spent nothing: only what was spent can be refunded.",
    todo: "Name the transaction of the charge.",
    details: "Only what was spent can be refunded; this transaction is of type bonus",
  },
  version_conflict: {
    happened: "The project was changed since you read it. Yours was not written, theirs is untouched.",
    todo: "Read the project, put your change into what is stored now, and send its `version`.",
    details: "You changed version 1 but version 2 is stored",
    facts: z.object({ project_code: z.string(), version: count, title: z.string(), updated_at: timestamp }),
    factsExample: {
      project_code: READER.project,
      version: 2,
      title: "A walk",
      updated_at: "2026-11-21T09:28:11.902Z",
    },
  },
  not_drawable: {
    happened: "The text has letters for which no font was found, so it can't be drawn as a PDF.",
    todo: "Take another format; they hold every letter.",
  },
  too_many_shares: {
    happened: "The project has ten links already.",
    todo: "Revoke one of them first.",
  },
  reference_reused: {
    happened:
      "Your app used this `reference` before, for another amount or another person. Nothing was added.",
    todo: "Look for the mistake in your own books: `stored` says what the reference stands for.",
    details: "The reference stands for another amount or another user.",
    facts: z.object({
      stored: z.object({ transaction_id: z.string(), amount: count, created_at: timestamp }),
    }),
    factsExample: {
      stored: { transaction_id: "48221", amount: 20, created_at: "2026-11-21T09:12:44.318Z" },
    },
  },
  session_changed: {
    happened: "The page was made for one person, and meanwhile another one has signed in in this browser.",
    todo: "Say who is signed in now, keep what was typed, and reload.",
    facts: z.object({ user_id: z.string(), username: z.string() }),
    factsExample: { user_id: READER.user, username: "Ada" },
  },
  rate_limited: {
    happened: "The key has asked more often than it may, or an address has failed to authenticate too often.",
    todo: "Wait as `Retry-After` says, then send the same request with the same `Idempotency-Key`. A request that was refused never spent anything.",
    retryAfter: true,
  },
  story_busy: {
    happened: "This story is being written, so its plan can't be changed now.",
    todo: "Stop it, or wait until it is done.",
  },
  too_many_generations: {
    happened: "Three texts of this person are being written already.",
    todo: "Wait for one of them to end, or stop one.",
  },
  unavailable: {
    happened: "The database could not be reached in time. Nothing was changed.",
    todo: "Wait as `Retry-After` says, then send the same request with the same `Idempotency-Key`.",
    retryAfter: true,
  },
  internal: {
    happened: "A mistake of ours. It is in our log under `request_id`.",
    todo: "Send the same request with the same `Idempotency-Key` once more. If it fails again, tell us the `request_id`.",
  },
};
