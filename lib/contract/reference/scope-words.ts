import type { Scope } from "../operation";

/** What a key with a scope may do: a new scope does not compile without words. */
export const SCOPE_WORDS: Record<Scope, string> = {
  "credits:read": "See balances, transactions, usage and holds.",
  "credits:deduct": "Hold, capture, deduct, and refund what the same app spent.",
  "credits:add": "Add credits, and give new people an opening balance.",
  "workspace:read": "Read what people keep, of every app.",
  "workspace:write": "Save, change, delete and restore projects of its own app.",
  "users:write": "Make people known.",
  admin: "All of it, in the name of every app, and what concerns everybody.",
};
