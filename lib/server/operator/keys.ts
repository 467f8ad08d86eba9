import {
  CreateKey,
  ExpireKey,
  LimitKey,
  ListActions,
  ListKeys,
  RevokeKey,
  RotateKey,
} from "@/lib/contract/operator";
import { KEY_RATE_LIMIT } from "@/lib/contract/limits";
import {
  createKey,
  expireKey,
  type KnownKey,
  limitKey,
  listKeys,
  revokeKey,
  rotateKey,
  type ShownKey,
} from "@/lib/domains/api-keys/manage-keys";
import { limitOf } from "@/lib/domains/api-keys/statements";
import { operatorOfThisMachine, type Operator } from "@/lib/database/operator-log";
import type { RateLimit } from "@/lib/foundation/caller";
import { BY, type Commands, defineCommand, type Said } from "./command";
import { logOf } from "./log";
import { table } from "./table";

const app = { value: "<app>", help: "the app's name" };
const id = { value: "<key_…>", help: "the key's id, as list shows it" };
const reason = { value: "<why>", help: "stands in the log of operators" };
const rate = {
  value: "<n|none>",
  help: "requests a second; none: not limited",
  kind: "number or none",
} as const;
const burst = {
  value: "<n>",
  help: "requests at once; left out: five times the rate",
  kind: "number",
} as const;

/** `npm run keys -- …`: the operator's hand on the keys of sibling apps. */
export const KEYS: Commands = {
  create: defineCommand({
    summary: "make a key for an app; it is shown once",
    schema: CreateKey,
    options: {
      app,
      scopes: { value: "<a,b>", help: "what it may do, like credits:read,credits:deduct", kind: "words" },
      expires: { value: "<time>", help: "a day or a time with its zone; left out: never" },
      rate: { ...rate, help: `${rate.help}; left out: ${KEY_RATE_LIMIT.requests_per_second}` },
      burst,
      reason,
      by: BY,
    },
    run: async (input) => {
      const wanted = { app: input.app, scopes: input.scopes, expiresAt: input.expires };
      const rateLimit = input.rate === undefined ? KEY_RATE_LIMIT : limit(input.rate, input.burst);
      return shown(await createKey({ ...wanted, rateLimit }, operator(input)));
    },
  }),
  list: defineCommand({
    summary: "every key, when it was used last and what it may ask; the keys themselves are nowhere",
    schema: ListKeys,
    options: { app },
    run: async (input) => {
      const keys = (await listKeys(input.app)).map(describe);
      return { text: keys.length === 0 ? "No keys." : table(keys).join("\n"), json: { keys } };
    },
  }),
  rotate: defineCommand({
    summary: "make a second key like the newest; both are valid until the grace is over",
    schema: RotateKey,
    options: {
      app,
      "grace-hours": { value: "<h>", help: "how long the older one lives on; left out: 24", kind: "number" },
      reason,
      by: BY,
    },
    run: async (input) => {
      const hours = input["grace-hours"];
      const said = shown(await rotateKey(input.app, hours * 3_600, operator(input)));
      return { ...said, text: `${said.text}\nThe older key ends in ${hours} h.` };
    },
  }),
  expire: defineCommand({
    summary: "set when a valid key ends",
    schema: ExpireKey,
    options: {
      id,
      at: { value: "<time|never>", help: "a day or a time with its zone", kind: "text or never" },
      reason,
      by: BY,
    },
    run: async (input) => changed(await expireKey(input.id, input.at, operator(input))),
  }),
  limit: defineCommand({
    summary: "set how often a valid key may ask",
    schema: LimitKey,
    options: { id, rate, burst, reason, by: BY },
    run: async (input) => changed(await limitKey(input.id, limit(input.rate, input.burst), operator(input))),
  }),
  revoke: defineCommand({
    summary: "end a key at once",
    schema: RevokeKey,
    options: { id, reason, by: BY },
    run: async (input) => changed(await revokeKey(input.id, operator(input))),
  }),
  log: defineCommand({
    summary: "what operators did with keys, newest first",
    schema: ListActions,
    options: {
      app: { value: "<app>", help: "of one app", field: "subject" },
      limit: { value: "<n>", help: "lines; 20 where left out", kind: "number" },
    },
    run: (input) => logOf("keys", input),
  }),
};

function operator({ reason: why, by: who }: { reason: string; by?: string | undefined }): Operator {
  return { ...operatorOfThisMachine(why), ...(who === undefined ? {} : { who }) };
}

function limit(perSecond: number | null, atOnce: number | undefined): RateLimit | null {
  if (perSecond === null) return null;
  const usual = (perSecond * KEY_RATE_LIMIT.burst) / KEY_RATE_LIMIT.requests_per_second;
  return { requests_per_second: perSecond, burst: atOnce ?? Math.min(1_000_000, usual) };
}

function shown(made: ShownKey): Said {
  const { rateLimit, expiresAt, ...rest } = made;
  return {
    text: [
      `${made.id} for ${made.app}: ${made.scopes.join(", ")}`,
      made.key,
      "This is the only time that the key is shown.",
    ].join("\n"),
    json: { ...rest, expires_at: expiresAt, rate_limit: rateLimit },
  };
}

function changed(key: KnownKey): Said {
  const one = describe(key);
  return { text: table([one]).join("\n"), json: one };
}

function describe(key: KnownKey) {
  const limited = limitOf(key);
  const expired = key.expires_at !== null && key.expires_at <= new Date();
  return {
    id: key.id,
    app: key.app_name,
    scopes: key.scopes.join(" "),
    state: key.revoked_at !== null ? "revoked" : expired ? "expired" : "valid",
    expires: key.expires_at?.toISOString() ?? "never",
    "last used": key.last_used_at?.toISOString() ?? "never",
    "a second": limited?.requests_per_second ?? "not limited",
    "at once": limited?.burst ?? "not limited",
    created: key.created_at.toISOString(),
  };
}
