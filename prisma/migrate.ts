import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startLocalPostgres } from "./local";
import { withScratchDatabase } from "./local/scratch";
import { deployMigrations, migrationsDir } from "./migrations-runner";

const USAGE = `Usage: tsx prisma/migrate.ts <command>
  new <name>   writes the migration that brings the database to prisma/schema.prisma
  deploy       applies what is pending to DIRECT_DATABASE_URL, else DATABASE_URL, else the local database
  check        fails where the schema and the migrations disagree`;

// The engine is a development dependency; `deploy` has to work without it.
async function diffOfMigrations(as: "sql" | "words"): Promise<string> {
  const { diffToSchema } = await import("./local/schema-diff");
  return withServer(".penora/test", (server) =>
    withScratchDatabase(server, async (url) => {
      await deployMigrations(url);
      return diffToSchema(url, as);
    }),
  );
}

async function withServer<T>(dir: string, work: (url: string) => Promise<T>): Promise<T> {
  const url = process.env.DIRECT_DATABASE_URL || process.env.DATABASE_URL;
  if (url) return work(url);
  const local = await startLocalPostgres({ dir });
  try {
    return await work(local.url);
  } finally {
    await local.stop();
  }
}

async function deploy(): Promise<void> {
  const applied = await withServer(".penora", (url) => deployMigrations(url, console.log));
  if (applied.length === 0) console.log("The database is up to date.");
}

async function writeNew(name: string): Promise<void> {
  if (!/^[a-z][a-z0-9_]{0,99}$/.test(name)) throw new Error("A migration's name is made of a–z, 0–9 and _.");
  const sql = await diffOfMigrations("sql");
  if (!sql)
    console.log("The schema and the migrations agree; the new file is empty, for what you write by hand.");
  const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const dir = path.join(migrationsDir(), `${stamp}_${name}`);
  mkdirSync(dir);
  writeFileSync(path.join(dir, "migration.sql"), `${sql}\n`.trimStart());
  console.log(
    `Wrote ${path.relative(process.cwd(), dir)}/migration.sql. Read it, then run \`npm run db:migrate\`.`,
  );
}

async function check(): Promise<void> {
  const drift = await diffOfMigrations("words");
  if (drift) {
    throw new Error(`The migrations do not lead to prisma/schema.prisma. Missing from them:\n\n${drift}`);
  }
  console.log("The schema and the migrations agree.");
}

async function main([command, name]: string[]): Promise<void> {
  if (command === "new" && name) return writeNew(name);
  if (command === "deploy") return deploy();
  if (command === "check") return check();
  throw new Error(USAGE);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
