import "server-only";
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { z } from "zod";
import type { createBrowserToken as operation } from "@/lib/contract/live";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { coalesce } from "@/lib/database/coalesce";
import { personSince } from "@/lib/domains/accounts/person-since";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { env } from "@/lib/foundation/env";
import { findValidKeys, rootKeyMark } from "./authenticate-key";

/** What a browser token begins with. No key does. */
export const BROWSER_TOKEN_PREFIX = "pbt_";

const MAX_TOKEN_LENGTH = 2_048;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What is sealed into a token. */
const contents = z.tuple([
  z.string(), // the person
  z.number(), // known since, ms: somebody who was erased and came back is not meant
  z.string().nullable(), // the key that asked; null: the root key,
  z.string(), // and then which one
  z.string(), // the app
  z.number(), // expires, ms
]);

/** Whom a browser token is for, and by whose key. */
export type TokenHolder = Pick<Caller, "app" | "keyId" | "scopes"> & {
  readonly userId: string;
  readonly expiresAt: Date;
};

/**
 * A token with which a page reads what this person has. It is sealed and lies nowhere: it ends at its time, with the key
 * that asked for it, and with the person.
 * @throws `user_not_found`.
 */
export async function createBrowserToken({
  user_id,
  expires_in,
  caller,
}: InputOf<typeof operation> & { caller: Caller }): Promise<OutputOf<typeof operation>> {
  const since = await personSince(user_id);
  if (since === null) {
    throw new AppError("user_not_found", {
      details: "This user is not known yet. Call POST /api/unified/create-user first.",
    });
  }
  const expires = Math.min(Date.now() + expires_in * 1_000, caller.expiresAt?.getTime() ?? Infinity);
  const mark = caller.keyId === null ? rootKeyMark() : "";
  const token = seal([user_id, since.getTime(), caller.keyId, mark, caller.app, expires]);
  return { token, user_id, expires_at: toTimestamp(new Date(expires)) };
}

/** Whom a token is for, or null where it is none, its time is over, or its key or its person is gone. */
export async function readBrowserToken(token: string): Promise<TokenHolder | null> {
  const opened = open(token);
  if (opened === null) return null;
  const [userId, since, keyId, mark, app, expires] = opened;
  if (Date.now() >= expires) return null;
  const [keyCounts, knownSince] = await Promise.all([
    keyId === null ? mark === rootKeyMark() : keyMayRead(keyId),
    personSince(userId),
  ]);
  if (!keyCounts || knownSince?.getTime() !== since) return null;
  return { userId, keyId, app, scopes: ["credits:read"], expiresAt: new Date(expires) };
}

const keyMayRead = coalesce<string, boolean>(
  async (ids) => {
    const valid = await findValidKeys([...new Set(ids)]);
    return ids.map((id) => {
      const owner = valid.get(id);
      return owner !== undefined && (owner.admin || owner.scopes.includes("credits:read"));
    });
  },
  { name: "browser-tokens", most: 500, lanes: 2 },
);

/** A key of its own: nothing else that the session secret seals is valid as a token. */
function sealingKey(): Buffer {
  const { sessionSecret } = env();
  if (derived?.secret !== sessionSecret) {
    derived = {
      secret: sessionSecret,
      key: Buffer.from(hkdfSync("sha256", sessionSecret, "penora", "browser tokens", 32)),
    };
  }
  return derived.key;
}

let derived: { secret: string; key: Buffer } | undefined;

function seal(what: z.infer<typeof contents>): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", sealingKey(), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(what), "utf8"), cipher.final()]);
  return BROWSER_TOKEN_PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

function open(token: string): z.infer<typeof contents> | null {
  if (!token.startsWith(BROWSER_TOKEN_PREFIX) || token.length > MAX_TOKEN_LENGTH) return null;
  const bytes = Buffer.from(token.slice(BROWSER_TOKEN_PREFIX.length), "base64url");
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) return null;
  const decipher = createDecipheriv("aes-256-gcm", sealingKey(), bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return contents.parse(JSON.parse(text.toString("utf8")));
  } catch {
    return null; // whatever somebody put there, we did not seal it
  }
}
