import type { PublicOperation } from "../public-operations";
import type { AboutEach } from "./about";
import { READER_STORAGE, READER_USER } from "./reader-answers";

export const aboutAccounts = {
  me: {
    area: "people",
    text: "The first call of every integration: it says whether the key works, for which app it acts and which scopes it has. `expires_at` is null for a key that does not expire, `rate_limit` is null for the root key.",
    answer: {
      app: "imagegene",
      scopes: ["credits:read", "credits:deduct", "workspace:read", "workspace:write", "users:write"],
      expires_at: null,
      rate_limit: { requests_per_second: 1000, burst: 5000 },
    },
  },
  createUser: {
    area: "people",
    text: "Call it before the first charge for somebody, and whenever you are not sure: for a person who is known it answers `created: false`, fills in what is empty, overwrites nothing and never touches the balance.\n\nA new person begins with the welcome grant of 60 credits. `initial_credits` takes its place and needs the scope `credits:add` too. `subscription_status` is for the root key only.",
    answer: {
      user: {
        user_id: "205711380046219873315",
        username: "Ada",
        email: "ada@example.com",
        credits: 7,
        held_credits: 0,
        low_balance: false,
        low_balance_threshold: 5,
        user_version: 1,
        subscription_status: "free",
        profile_image: "https://example.com/ada.png",
        bio: "Writes.",
        website: "https://example.com",
        storage_used_mb: 0,
        storage_limit_mb: 1,
        storage_available_mb: 1,
        created_at: "2026-11-21T09:30:00.000Z",
      },
      created: true,
    },
  },
  userStatus: {
    area: "neighbours",
    text: "Who is signed in in the browser that asks, with balance and storage. Always 200: a guest is told where to sign in. `credits_used` is all that was ever spent less what was refunded, `original_credits` is that and the balance together.",
    answer: { authenticated: false, login_url: "https://sukusuku.ai/login" },
  },
  userInfo: {
    area: "people",
    text: "What a person can spend now (`credits`), what is set aside for work under way (`held_credits`), and how full the workspace is.\n\nThe answer carries an `ETag` of `user_version`. Send it back as `If-None-Match`, and as long as nothing has changed the answer is an empty 304.",
    answer: {
      ...READER_USER,
      subscription_status: "free",
      low_balance: false,
      low_balance_threshold: 5,
      storage: READER_STORAGE,
    },
  },
  updateUser: {
    area: "people",
    text: "At or below the threshold every answer about money says `low_balance: true`, and the person's pages say so once. Without a choice it is 5; 0 says it only when nothing is left.",
    answer: {
      user_id: READER_USER.user_id,
      credits: READER_USER.credits,
      low_balance: false,
      low_balance_threshold: 20,
      user_version: 42,
    },
  },
} satisfies Partial<AboutEach<PublicOperation>>;
