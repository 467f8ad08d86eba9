import "server-only";
import { SCOPES, type Scope } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import { randomSecret } from "@/lib/foundation/ids";
import { hashKey } from "./authenticate-key";
import {
  type ApiKeyRow,
  ENSURE_KEY,
  EXPIRE_OTHERS,
  INSERT_KEY,
  LIST_KEYS,
  LOCK_APP,
  NEWEST_VALID_KEY,
  REVOKE_KEY,
} from "./statements";

const APP_NAME = /^[a-z0-9_-]{1,64}$/;

interface NewKey {
  readonly app: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** A key as it is shown once; only its SHA-256 is kept. */
export interface ShownKey {
  readonly id: string;
  readonly key: string;
  readonly app: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/**
 * Makes a key for an app. @throws `invalid_request` for an unknown scope, a wrong name, a time that has passed,
 * or where the app has two valid keys already.
 */
export async function createKey({ app, scopes, expiresAt }: NewKey): Promise<ShownKey> {
  const name = app.toLowerCase();
  if (!APP_NAME.test(name)) throw refuse("The app's name must be 1 to 64 of a–z, 0–9, _ and -.");
  // The studio's own name and the root key's: a key with one of them could settle what is not its own.
  if (name === "penora" || name === "system") throw refuse(`The name ${name} is Penora's own.`);
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope as Scope));
  if (scopes.length === 0 || unknown.length > 0) {
    throw refuse(
      `Unknown or no scopes: ${unknown.join(", ") || "none given"}. There are: ${SCOPES.join(", ")}.`,
    );
  }
  if (expiresAt !== null && !(expiresAt.getTime() > Date.now()))
    throw refuse("The expiry must lie in the future.");
  const key = `pen_${name}_${randomSecret(32)}`;
  const id = `key_${randomSecret(9)}`;
  const made = await inTransaction(async (transaction) => {
    await transaction.query(LOCK_APP, [name]);
    return transaction.query<ApiKeyRow>(INSERT_KEY, [
      id,
      name,
      hashKey(key),
      [...new Set(scopes)],
      expiresAt,
    ]);
  });
  if (made.length === 0) throw refuse(`${name} has two valid keys already. Revoke one first.`);
  return { id, key, app: name, scopes, expiresAt };
}

/**
 * Makes a key known that its owner can derive anew at any time, as the demo does. Safe to call again; one that was
 * revoked stays revoked.
 */
export async function ensureKey(key: string, app: string, scopes: readonly Scope[]): Promise<void> {
  await database.query(ENSURE_KEY, [`key_${randomSecret(9)}`, app, hashKey(key), scopes]);
}

/** Makes a second key like the newest one; the older end after `graceSeconds`. */
export async function rotateKey(app: string, graceSeconds: number): Promise<ShownKey> {
  const [current] = await database.query<ApiKeyRow>(NEWEST_VALID_KEY, [app]);
  if (current === undefined) throw refuse(`${app} has no valid key to rotate.`);
  const next = await createKey({ app, scopes: current.scopes, expiresAt: current.expires_at });
  await database.query(EXPIRE_OTHERS, [app, next.id, graceSeconds]);
  return next;
}

/** Every key there ever was, without the keys themselves. */
export async function listKeys(): Promise<Omit<ApiKeyRow, "key_hash">[]> {
  return database.query<ApiKeyRow>(LIST_KEYS, []);
}

/** Ends a key at once. @throws `not_found` where there is no such key, or it was revoked before. */
export async function revokeKey(id: string): Promise<void> {
  const rows = await database.query(REVOKE_KEY, [id]);
  if (rows.length === 0) throw new AppError("not_found", { message: `There is no valid key ${id}.` });
}

function refuse(message: string): AppError {
  return new AppError("invalid_request", { message });
}
