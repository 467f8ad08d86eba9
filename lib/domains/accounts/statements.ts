import "server-only";
import { statement } from "@/lib/database/client";
import { NOT_KNOWN, recordedStatement } from "@/lib/database/recorded-statement";

/**
 * The opening balance of a person whom Penora has never seen, one row of the ledger for each part of it.
 * `$n` types and `$n+1` amounts are arrays of one length. Somebody who was erased opens with nothing.
 */
const openingBalance = (types: number, amounts: number) => `
  opening AS (
    SELECT part.type, part.amount, sum(part.amount) OVER (ORDER BY part.nth)::bigint AS running
    FROM unnest($${types}::text[], $${amounts}::bigint[]) WITH ORDINALITY AS part (type, amount, nth)
    WHERE part.amount > 0
      AND NOT EXISTS (SELECT 1 FROM erased_people WHERE id_hash = sha256(convert_to($4::text, 'UTF8')))
  )`;

const openLedger = (app: number) => `
  ledger AS (
    INSERT INTO credit_transactions
      (user_id, app_name, amount, transaction_type, description, balance_after, credits_after, user_version)
    SELECT p.id, $${app}, o.amount, o.type,
      CASE o.type WHEN 'bonus' THEN 'Welcome bonus' ELSE 'Opening balance' END, o.running, o.running, p.user_version
    FROM opening o, person p WHERE p.created ORDER BY o.running
  )`;

export interface PersonRow {
  id: string;
  username: string;
  email: string;
  credits: number;
  held_credits: number;
  user_version: number;
  low_balance_threshold: number;
  subscription_status: string;
  profile_image: string | null;
  bio: string | null;
  website: string | null;
  storage_used_bytes: number;
  storage_limit_bytes: number;
  created_at: string;
  created: boolean;
}

/**
 * Makes a person, or fills what is empty of one who is there. Never the balance, never what the hub said.
 * $4 id · $5 username · $6 email · $7 profile_image · $8 bio · $9 website · $10 subscription_status ·
 * $11 opening types · $12 opening amounts · $13 app
 */
export const CREATE_USER = recordedStatement({
  effect: `${openingBalance(11, 12)},
    person AS (
      INSERT INTO users AS u (id, username, email, profile_image, bio, website, subscription_status, credits)
      SELECT $4, $5, $6, $7, $8, $9, COALESCE($10, 'free'), (SELECT COALESCE(sum(amount), 0) FROM opening)
      WHERE ${NOT_KNOWN}
      ON CONFLICT (id) DO UPDATE SET
        username = COALESCE(NULLIF(u.username, ''), excluded.username),
        email = COALESCE(NULLIF(u.email, ''), excluded.email),
        profile_image = COALESCE(NULLIF(u.profile_image, ''), excluded.profile_image),
        bio = COALESCE(NULLIF(u.bio, ''), excluded.bio),
        website = COALESCE(NULLIF(u.website, ''), excluded.website),
        user_version = u.user_version + (u.username = '' OR u.email = '')::int,
        updated_at = now()
      RETURNING u.*, (xmax = 0) AS created
    ),
    ${openLedger(13)}`,
  result: "to_jsonb(p)",
  from: "person p",
});

/**
 * Writes the person that a token tells of. An older token changes nothing, nor does one from before the person signed
 * out everywhere; an absent claim changes nothing, but a new person without a name is called by the email's first part.
 * A token without `iat` counts only while none with one was seen.
 * $1–$3 unused keys · $4 id · $5 username · $6 email · $7 profile_image · $8 bio · $9 website ·
 * $10 subscription_status · $11 opening types · $12 opening amounts · $13 app · $14 issued at
 */
export const UPSERT_FROM_TOKEN = recordedStatement({
  effect: `${openingBalance(11, 12)},
    person AS (
      INSERT INTO users AS u (id, username, email, profile_image, bio, website, subscription_status, credits, profile_issued_at)
      SELECT $4, COALESCE($5, NULLIF(split_part($6, '@', 1), ''), $6), $6, $7, $8, $9, COALESCE($10, 'free'),
        (SELECT COALESCE(sum(amount), 0) FROM opening), $14::timestamptz
      WHERE ${NOT_KNOWN}
      ON CONFLICT (id) DO UPDATE SET
        username = COALESCE($5, u.username),
        email = $6,
        profile_image = COALESCE($7, u.profile_image),
        bio = COALESCE($8, u.bio),
        website = COALESCE($9, u.website),
        subscription_status = COALESCE($10, u.subscription_status),
        profile_issued_at = COALESCE($14::timestamptz, u.profile_issued_at),
        user_version = u.user_version + (
          (COALESCE($5, u.username), $6, COALESCE($10, u.subscription_status))
            IS DISTINCT FROM (u.username, u.email, u.subscription_status)
        )::int,
        updated_at = now()
      WHERE (u.profile_issued_at IS NULL OR u.profile_issued_at <= $14::timestamptz)
        AND (u.sessions_valid_from IS NULL OR u.sessions_valid_from <= $14::timestamptz)
      RETURNING u.*, (xmax = 0) AS created
    ),
    ${openLedger(13)}`,
  result: "to_jsonb(p)",
  from: "person p",
});

/** $1 id. Answers the random id under which the ledger goes on, or null where there was nobody. */
export const ERASE = statement("SELECT erase_person($1) AS stranger, $1::text AS changed");

/** Since when each of these people is known; who is not there has no row. $1 ids */
export const PEOPLE_SINCE = statement("SELECT id, created_at FROM users WHERE id = ANY($1::text[])");
