import "server-only";
import { statement } from "@/lib/database/client";
import type { RateLimit } from "@/lib/foundation/caller";

export interface ApiKeyRow {
  id: string;
  app_name: string;
  key_hash: string;
  scopes: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
  created_at: Date;
  /** Both null: not limited. */
  rate_per_second: number | null;
  rate_burst: number | null;
}

/** Null where the key is not limited. */
export function limitOf({
  rate_per_second: perSecond,
  rate_burst: burst,
}: Pick<ApiKeyRow, "rate_per_second" | "rate_burst">): RateLimit | null {
  return perSecond === null || burst === null ? null : { requests_per_second: perSecond, burst };
}

const SHOWN = `id, app_name, scopes, expires_at, revoked_at, last_used_at, created_at, rate_per_second, rate_burst`;
const VALID = `revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`;

/** Across people: keys belong to apps. The keys that are valid now, of all the hashes asked for in one go. */
export const FIND_VALID_KEYS = statement(`
  SELECT id, app_name, key_hash, scopes, expires_at, last_used_at, rate_per_second, rate_burst FROM api_keys
  WHERE key_hash = ANY($1::text[]) AND ${VALID}`);

/** Across people: of these keys the ones that are valid now. */
export const FIND_VALID_KEYS_BY_ID = statement(`
  SELECT id, app_name, key_hash, scopes, expires_at, last_used_at FROM api_keys
  WHERE id = ANY($1::text[]) AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`);

/** A key's last use, at most once a minute. */
export const NOTE_USE = statement(`
  UPDATE api_keys SET last_used_at = now()
  WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`);

/** Lets two creations for one app come one after the other: the count that both see is right. */
export const LOCK_APP = statement(`SELECT pg_advisory_xact_lock(hashtext('penora.api-keys'), hashtext($1))`);

/** An app has at most two valid keys: one in use, one while it is rotated. No row: it has them already. */
export const INSERT_KEY = statement(`
  INSERT INTO api_keys (id, app_name, key_hash, scopes, expires_at, rate_per_second, rate_burst)
  SELECT $1, $2, $3, $4::text[], $5::timestamptz, $6, $7
  WHERE (SELECT count(*) FROM api_keys WHERE app_name = $2 AND ${VALID}) < 2
  RETURNING ${SHOWN}`);

/** A key that is known, valid or not, stays as it is. */
export const ENSURE_KEY = statement(`
  INSERT INTO api_keys (id, app_name, key_hash, scopes) VALUES ($1, $2, $3, $4::text[])
  ON CONFLICT (key_hash) DO NOTHING`);

/** $1 app (null: all) */
export const LIST_KEYS = statement(`
  SELECT ${SHOWN} FROM api_keys WHERE $1::text IS NULL OR app_name = $1 ORDER BY app_name, created_at`);

export const REVOKE_KEY = statement(`
  UPDATE api_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING ${SHOWN}`);

/** Sets the end of a key that is valid now. $1 key · $2 time (null: none) */
export const EXPIRE_KEY = statement(`
  UPDATE api_keys SET expires_at = $2::timestamptz WHERE id = $1 AND ${VALID} RETURNING ${SHOWN}`);

/** $1 key · $2 requests a second · $3 at once (both null: not limited) */
export const LIMIT_KEY = statement(`
  UPDATE api_keys SET rate_per_second = $2, rate_burst = $3 WHERE id = $1 AND ${VALID} RETURNING ${SHOWN}`);

export const NEWEST_VALID_KEY = statement(`
  SELECT ${SHOWN} FROM api_keys WHERE app_name = $1 AND ${VALID} ORDER BY created_at DESC LIMIT 1`);

/** The older keys of an app end when the grace of a rotation is over; never later than they would have. */
export const EXPIRE_OTHERS = statement(`
  UPDATE api_keys SET expires_at = LEAST(expires_at, now() + make_interval(secs => $3))
  WHERE app_name = $1 AND id <> $2 AND ${VALID}
  RETURNING id, expires_at`);
