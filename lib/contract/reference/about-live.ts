import { READER } from "../examples";
import type { PublicOperation } from "../public-operations";
import type { AboutEach } from "./about";
import { READER_STORAGE } from "./reader-answers";

const BALANCE = {
  credits: 57,
  held_credits: 8,
  low_balance: false,
  user_version: 41,
  storage: READER_STORAGE,
};

export const aboutLive = {
  createBrowserToken: {
    area: "live",
    text: "For your app's own pages: the token reads this one person's balance and events, and nothing else, so that no key is ever put into a page. Your server asks for it and hands it to the page of whoever is signed in there.\n\nThe page sends it as `Authorization: Bearer`, or, where it can send no header, as `token` in the query of `events`. It never lives longer than the key that asked for it. Its answer is a secret and is not kept for an `Idempotency-Key`.",
    answer: {
      token: "pbt_EXAMPLE",
      user_id: READER.user,
      expires_at: "2026-11-21T09:31:00.000Z",
    },
  },
  getBalance: {
    area: "live",
    text: "What a person has, without who they are. A browser token may ask, for its own person. As long as nothing has changed, `If-None-Match` is answered by an empty 304.",
    answer: BALANCE,
  },
  followBalance: {
    area: "live",
    text: "A stream of events: the balance as it is, at once, and again whenever it changes, whichever app changed it. The id of an event is its `user_version`; after a break send it as `Last-Event-ID` (an `EventSource` does that by itself). Every 15 seconds a comment keeps the connection open.\n\nIn place of a poll: one stream for a person is enough.",
    answer: { id: "41", event: "balance", data: BALANCE },
  },
  followMyBalance: {
    area: "neighbours",
    text: "The same stream for pages of Penora itself, of whoever is signed in.",
    answer: { id: "41", event: "balance", data: BALANCE },
  },
} satisfies Partial<AboutEach<PublicOperation>>;
