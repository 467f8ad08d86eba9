import { PERSON } from "./people";

/** Tables and statements of the limits: the least that "deduct if enough, and write it down" can be. */

export const MAKE_BARE_TABLES = `
  CREATE TABLE bare_users (id text PRIMARY KEY, credits bigint NOT NULL CHECK (credits >= 0)) WITH (fillfactor = 70);
  CREATE TABLE bare_ledger (
    id bigserial PRIMARY KEY, user_id text NOT NULL, app_name text NOT NULL, amount bigint NOT NULL,
    description text NOT NULL, balance_after bigint NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE bare_projects (
    id bigserial PRIMARY KEY, user_id text NOT NULL, content text NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE INDEX ON bare_ledger (user_id, id DESC);
  INSERT INTO bare_users SELECT id, credits FROM users;`;

const DEDUCT = `
  WITH purse AS (
    UPDATE bare_users SET credits = credits - $2::bigint WHERE id = $1 AND credits >= $2::bigint RETURNING id, credits
  )
  INSERT INTO bare_ledger (user_id, app_name, amount, description, balance_after)
  SELECT id, $3, -$2::bigint, $4, credits FROM purse
  RETURNING id, balance_after`;

export const BARE_DEDUCT = { name: "bare_deduct", text: DEDUCT };

export const BARE_READ = { name: "bare_read", text: "SELECT id, credits FROM bare_users WHERE id = $1" };

export const BARE_SAVE = {
  name: "bare_save",
  text: "INSERT INTO bare_projects (user_id, content) VALUES ($1, $2) RETURNING id",
};

/** The same deduction as a script of pgbench, for one of the first `people`. */
export function pgbenchScript(people: number): string {
  const person = `('${PERSON}' || :n::int)`;
  const values: Record<string, string> = { $1: person, $2: "1", $3: "'bench'", $4: "'Credit usage'" };
  return `\\set n random(1, ${people})\n${DEDUCT.replace(/\$\d/g, (name) => values[name] ?? name).replace(/\s+/g, " ")};\n`;
}
