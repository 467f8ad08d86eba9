import "server-only";
import { hash as hashOnce, timingSafeEqual } from "node:crypto";
import { SCOPES } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { coalesce } from "@/lib/database/coalesce";
import type { Caller } from "@/lib/foundation/caller";
import { env } from "@/lib/foundation/env";
import { logger } from "@/lib/foundation/logger";
import { type ApiKeyRow, FIND_VALID_KEYS, FIND_VALID_KEYS_BY_ID, limitOf, NOTE_USE } from "./statements";

/** Whom a key belongs to and what it may do. */
export type KeyOwner = Pick<Caller, "app" | "admin" | "scopes" | "keyId" | "expiresAt" | "rateLimit">;

const ROOT: KeyOwner = {
  app: "system",
  admin: true,
  scopes: SCOPES,
  keyId: null,
  expiresAt: null,
  rateLimit: null,
};

const MAX_KEY_LENGTH = 512;

/** SHA-256 of a key, as it is stored. */
export function hashKey(key: string): string {
  return hashOnce("sha256", key, "hex");
}

/**
 * The owner of a key that is valid now, or null. Asked of the database each time, so that a revoked key
 * is refused at once; the keys of requests that arrive together are asked for in one statement.
 */
export async function authenticateKey(key: string): Promise<KeyOwner | null> {
  if (key.length === 0 || key.length > MAX_KEY_LENGTH) return null;
  const hash = hashKey(key);
  if (isRootKey(hash)) return ROOT;
  const row = await findValidKey(hash);
  if (row === null) return null;
  noteUse(row);
  return ownerOf(row);
}

function ownerOf(row: ApiKeyRow): KeyOwner {
  return {
    app: row.app_name,
    admin: row.scopes.includes("admin"),
    scopes: row.scopes,
    keyId: row.id,
    expiresAt: row.expires_at,
    rateLimit: limitOf(row),
  };
}

/** The owners of those of these keys that are valid now, by the keys' ids. */
export async function findValidKeys(keyIds: readonly string[]): Promise<Map<string, KeyOwner>> {
  if (keyIds.length === 0) return new Map();
  const rows = await database.query<ApiKeyRow>(FIND_VALID_KEYS_BY_ID, [keyIds]);
  return new Map(rows.map((row) => [row.id, ownerOf(row)]));
}

/** Tells the root key of now from one that was in its place before. Says nothing about the key itself. */
export function rootKeyMark(): string {
  return hashKey(`mark ${hashKey(env().penoraApiKey)}`).slice(0, 16);
}

/** Hashes are compared, in constant time: neither content nor length of the root key shows in the time taken. */
function isRootKey(hash: string): boolean {
  const { penoraApiKey } = env();
  if (rootKey?.key !== penoraApiKey)
    rootKey = { key: penoraApiKey, hash: Buffer.from(hashKey(penoraApiKey)) };
  return timingSafeEqual(Buffer.from(hash), rootKey.hash);
}

let rootKey: { key: string; hash: Buffer } | undefined;

const findValidKey = coalesce<string, ApiKeyRow | null>(
  async (hashes) => {
    const rows = await database.query<ApiKeyRow>(FIND_VALID_KEYS, [[...new Set(hashes)]]);
    const byHash = new Map(rows.map((row) => [row.key_hash, row]));
    return hashes.map((hash) => byHash.get(hash) ?? null);
  },
  { name: "api-keys", most: 500, lanes: 2 },
);

const notedAt = new Map<string, number>();

/** Nobody waits for this, and no request fails by it. */
function noteUse({ id }: ApiKeyRow): void {
  const now = Date.now();
  if (now - (notedAt.get(id) ?? 0) < 60_000) return;
  notedAt.set(id, now);
  database
    .query(NOTE_USE, [id])
    .catch((error: unknown) => logger().warn({ err: error }, "a key's last use could not be noted"));
}
