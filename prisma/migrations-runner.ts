import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

/** The lock that `prisma migrate` takes too, so that either waits for the other. */
const LOCK_ID = 72_707_369;
const LOCK_WAIT = "5min";

const CREATE_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum" VARCHAR(64) NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT,
    "rolled_back_at" TIMESTAMPTZ,
    "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count" INTEGER NOT NULL DEFAULT 0
  )`;

const UNDEFINED_TABLE = "42P01";

interface Migration {
  name: string;
  sql: string;
}

interface AppliedRow {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/** A pool or a client: anything that answers a query. */
export interface Queryable {
  query(text: string): Promise<{ rows: unknown[] }>;
}

export class MigrationError extends Error {
  override name = "MigrationError";
}

/** The folder is found from the working directory, so that this file may be bundled. */
export function migrationsDir(): string {
  return path.join(process.cwd(), "prisma", "migrations");
}

/**
 * Brings the database up to the migrations of `prisma/migrations`, each in a transaction of its own. Several processes
 * may call it at once: one works, the others wait and find nothing left. Writes the rows that `prisma migrate deploy`
 * would, and gives the names of what it applied.
 * @throws MigrationError where an applied migration's file was changed, or one failed before or fails now.
 */
export async function deployMigrations(
  url: string,
  log: (line: string) => void = () => {},
  dir = migrationsDir(),
): Promise<string[]> {
  const migrations = await readMigrations(dir);
  const client = new pg.Client({ connectionString: url, application_name: "penora migrations" });
  client.on("error", () => {}); // a lost connection fails the query that is under way, and that is told
  await client.connect();
  try {
    await client.query(`SET lock_timeout = '${LOCK_WAIT}'; SET client_min_messages = 'warning'`);
    await client.query("SELECT pg_advisory_lock($1)", [LOCK_ID]);
    await client.query("SET lock_timeout = 0; SET statement_timeout = 0");
    await client.query(CREATE_TABLE);
    const pending = pendingOf(migrations, await readApplied(client), log);
    for (const migration of pending) {
      await apply(client, migration);
      log(`Applied migration ${migration.name}.`);
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.end(); // gives the lock back too
  }
}

/**
 * The names of the migrations that the database still lacks; none means ready.
 * @throws MigrationError as `deployMigrations` would.
 */
export async function pendingMigrations(
  database: string | Queryable,
  dir = migrationsDir(),
): Promise<string[]> {
  const migrations = await readMigrations(dir);
  if (typeof database !== "string") return pendingIn(database, migrations);
  const client = new pg.Client({ connectionString: database });
  client.on("error", () => {});
  await client.connect();
  try {
    return await pendingIn(client, migrations);
  } finally {
    await client.end();
  }
}

async function pendingIn(database: Queryable, migrations: Migration[]): Promise<string[]> {
  try {
    return pendingOf(migrations, await readApplied(database)).map((migration) => migration.name);
  } catch (error) {
    if ((error as { code?: unknown }).code !== UNDEFINED_TABLE) throw error;
    return migrations.map((migration) => migration.name);
  }
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, sql: await readFile(path.join(dir, name, "migration.sql"), "utf8") })),
  );
}

async function readApplied(database: Queryable): Promise<AppliedRow[]> {
  const { rows } = await database.query(
    'SELECT "migration_name", "checksum", "finished_at" FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL',
  );
  return rows as AppliedRow[];
}

function pendingOf(
  migrations: Migration[],
  applied: AppliedRow[],
  log?: (line: string) => void,
): Migration[] {
  const failed = applied.find((row) => row.finished_at === null);
  if (failed) {
    throw new MigrationError(
      `Migration ${failed.migration_name} failed earlier and was left unfinished. Repair the database, then mark it with ` +
        "`npx prisma migrate resolve`.",
    );
  }
  const byName = new Map(applied.map((row) => [row.migration_name, row]));
  const known = new Set(migrations.map((migration) => migration.name));
  for (const name of byName.keys()) {
    if (!known.has(name))
      log?.(`The database has migration ${name}, which this version of Penora does not know.`);
  }
  return migrations.filter((migration) => {
    const row = byName.get(migration.name);
    if (row && !checksums(migration.sql).includes(row.checksum)) {
      throw new MigrationError(
        `Migration ${migration.name} was changed after it had been applied. Put its file back, and write a new migration ` +
          "with `npm run db:new <name>`.",
      );
    }
    return !row;
  });
}

/** The file as it is, and as git may have turned its line ends: all three are the same migration. */
function checksums(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].map((text) =>
    createHash("sha256").update(text).digest("hex"),
  );
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(migration.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "started_at", "finished_at", "migration_name", "applied_steps_count")
       VALUES ($1, $2, now(), clock_timestamp(), $3, 1)`,
      [randomUUID(), checksums(migration.sql)[0], migration.name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(`Migration ${migration.name} failed, and nothing of it was kept: ${reason}`, {
      cause: error,
    });
  }
}
