import "server-only";
import { KEY_RATE_LIMIT } from "@/lib/contract/limits";
import { SCOPES, type Scope } from "@/lib/contract/operation";
import { type Connection, database } from "@/lib/database/client";
import { noteAction, type Operator, operatorOfThisMachine } from "@/lib/database/operator-log";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import type { RateLimit } from "@/lib/foundation/caller";
import { randomSecret } from "@/lib/foundation/ids";
import { hashKey } from "./authenticate-key";
import {
  type ApiKeyRow,
  ENSURE_KEY,
  EXPIRE_KEY,
  EXPIRE_OTHERS,
  INSERT_KEY,
  LIMIT_KEY,
  limitOf,
  LIST_KEYS,
  LOCK_APP,
  NEWEST_VALID_KEY,
  REVOKE_KEY,
} from "./statements";

/*
 * The operator's hand on keys. Each verb writes down what it did in the transaction that does it; keys themselves are in
 * no row and no log.
 */

const APP_NAME = /^[a-z0-9_-]{1,64}$/;
const MOST_REQUESTS = 1_000_000;

interface NewKey {
  readonly app: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  /** Left out: 1,000 a second and 5,000 at once. Null: not limited. */
  readonly rateLimit?: RateLimit | null;
}

/** What may be known of a key. */
export type KnownKey = Omit<ApiKeyRow, "key_hash">;

/** A key as it is shown once; only its SHA-256 is kept. */
export interface ShownKey {
  readonly id: string;
  readonly key: string;
  readonly app: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
  readonly rateLimit: RateLimit | null;
}

/**
 * Makes a key for an app. @throws `invalid_request` for an unknown scope, a wrong name, a time that has passed, a limit
 * that is none, or where the app has two valid keys already.
 */
export async function createKey(wanted: NewKey, operator = operatorOfThisMachine()): Promise<ShownKey> {
  const { scopes, expiresAt, rateLimit = KEY_RATE_LIMIT } = wanted;
  const app = nameOf(wanted.app);
  const unknown = scopes.filter((scope) => !SCOPES.includes(scope as Scope));
  if (scopes.length === 0 || unknown.length > 0) {
    throw refuse(
      `Unknown or no scopes: ${unknown.join(", ") || "none given"}. There are: ${SCOPES.join(", ")}.`,
    );
  }
  requireFuture(expiresAt);
  requireLimit(rateLimit);
  return inTransaction(async (transaction) => {
    const made = await insertKey(transaction, { app, scopes: [...new Set(scopes)], expiresAt, rateLimit });
    const { id } = made;
    await note(transaction, operator, "create", app, {
      key_id: id,
      scopes,
      expires_at: expiresAt,
      rate_limit: rateLimit,
    });
    return made;
  });
}

/**
 * Makes a key known that its owner can derive anew at any time, as the demo does. Safe to call again; one that was
 * revoked stays revoked.
 */
export async function ensureKey(key: string, app: string, scopes: readonly Scope[]): Promise<void> {
  await database.query(ENSURE_KEY, [`key_${randomSecret(9)}`, app, hashKey(key), scopes]);
}

/**
 * Makes a second key like the newest one; the older one ends after `graceSeconds`, or when it would have, if that is
 * sooner. @throws `invalid_request` where the app has no valid key, or two.
 */
export async function rotateKey(
  app: string,
  graceSeconds: number,
  operator = operatorOfThisMachine(),
): Promise<ShownKey> {
  const name = nameOf(app);
  return inTransaction(async (transaction) => {
    await transaction.query(LOCK_APP, [name]);
    const [current] = await transaction.query<KnownKey>(NEWEST_VALID_KEY, [name]);
    if (current === undefined) throw refuse(`${name} has no valid key to rotate.`);
    const { scopes, expires_at: expiresAt } = current;
    const made = await insertKey(transaction, { app: name, scopes, expiresAt, rateLimit: limitOf(current) });
    const ends = await transaction.query<{ id: string; expires_at: Date }>(EXPIRE_OTHERS, [
      name,
      made.id,
      graceSeconds,
    ]);
    await note(transaction, operator, "rotate", name, { key_id: made.id, ends });
    return made;
  });
}

/** Every key there ever was, or those of an app, without the keys themselves. */
export async function listKeys(app?: string): Promise<KnownKey[]> {
  return database.query<KnownKey>(LIST_KEYS, [app?.toLowerCase() ?? null]);
}

/** Ends a key at once. @throws `not_found` where there is no such key, or it was revoked before. */
export async function revokeKey(id: string, operator = operatorOfThisMachine()): Promise<KnownKey> {
  return change(operator, "revoke", id, (transaction) => transaction.query<KnownKey>(REVOKE_KEY, [id]));
}

/** Sets when a valid key ends; null: never. @throws `not_found`, `invalid_request` for a time that has passed. */
export async function expireKey(
  id: string,
  expiresAt: Date | null,
  operator = operatorOfThisMachine(),
): Promise<KnownKey> {
  requireFuture(expiresAt);
  return change(operator, "expire", id, (transaction) =>
    transaction.query<KnownKey>(EXPIRE_KEY, [id, expiresAt]),
  );
}

/** Sets how often a valid key may ask; null: not limited. @throws `not_found`, `invalid_request`. */
export async function limitKey(
  id: string,
  rateLimit: RateLimit | null,
  operator = operatorOfThisMachine(),
): Promise<KnownKey> {
  requireLimit(rateLimit);
  const { requests_per_second: perSecond = null, burst = null } = rateLimit ?? {};
  return change(operator, "limit", id, (transaction) =>
    transaction.query<KnownKey>(LIMIT_KEY, [id, perSecond, burst]),
  );
}

async function insertKey(transaction: Connection, wanted: Required<NewKey>): Promise<ShownKey> {
  const { app, scopes, expiresAt, rateLimit } = wanted;
  const key = `pen_${app}_${randomSecret(32)}`;
  const id = `key_${randomSecret(9)}`;
  await transaction.query(LOCK_APP, [app]);
  const limits = [rateLimit?.requests_per_second ?? null, rateLimit?.burst ?? null];
  const values = [id, app, hashKey(key), scopes, expiresAt, ...limits];
  const made = await transaction.query<KnownKey>(INSERT_KEY, values);
  if (made.length === 0) throw refuse(`${app} has two valid keys already. Revoke one first.`);
  return { id, key, app, scopes, expiresAt, rateLimit };
}

async function change(
  operator: Operator,
  verb: string,
  id: string,
  work: (transaction: Connection) => Promise<KnownKey[]>,
): Promise<KnownKey> {
  return inTransaction(async (transaction) => {
    const [key] = await work(transaction);
    if (key === undefined) throw new AppError("not_found", { message: `There is no valid key ${id}.` });
    const { expires_at, revoked_at } = key;
    const details = { key_id: id, expires_at, revoked_at, rate_limit: limitOf(key) };
    await note(transaction, operator, verb, key.app_name, details);
    return key;
  });
}

async function note(
  transaction: Connection,
  operator: Operator,
  verb: string,
  app: string,
  details: Record<string, unknown>,
): Promise<void> {
  await noteAction(operator, { command: `keys ${verb}`, subject: app, result: "done", details }, transaction);
}

function nameOf(app: string): string {
  const name = app.toLowerCase();
  if (!APP_NAME.test(name)) throw refuse("The app's name must be 1 to 64 of a–z, 0–9, _ and -.");
  // The studio's own name and the root key's: a key with one of them could settle what is not its own.
  if (name === "penora" || name === "system") throw refuse(`The name ${name} is Penora's own.`);
  return name;
}

function requireFuture(expiresAt: Date | null): void {
  if (expiresAt !== null && !(expiresAt.getTime() > Date.now()))
    throw refuse("The expiry must lie in the future.");
}

function requireLimit(limit: RateLimit | null): void {
  if (limit === null) return;
  const { requests_per_second: perSecond, burst } = limit;
  const whole = [perSecond, burst].every((n) => Number.isInteger(n) && n >= 1 && n <= MOST_REQUESTS);
  if (!whole || perSecond > burst)
    throw refuse(
      `A rate limit is whole numbers of 1 to ${MOST_REQUESTS}, and never more a second than at once.`,
    );
}

function refuse(message: string): AppError {
  return new AppError("invalid_request", { message });
}
