import { readdirSync, rmSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { deployMigrations } from "../../prisma/migrations-runner";
import { startLocalPostgres } from "../../prisma/local";
import { isAlive } from "../../prisma/local/processes";
import { otherDatabase } from "../../prisma/local/scratch";

const TEST_DIR = ".penora/test";

/** Starts (or shares) the tests' PostgreSQL, and makes the migrated template that each test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const local = await startLocalPostgres({ dir: TEST_DIR });
  dropBundles();
  const prefix = `penora_test_${process.pid}_${project.name}`;
  const template = `${prefix}_template`;
  const server = new pg.Client({ connectionString: local.url });
  await server.connect();
  try {
    await dropDatabases(server, (name, pid) => name.startsWith(`${prefix}_`) || !isAlive(pid));
    await server.query(`CREATE DATABASE ${template}`);
    await deployMigrations(otherDatabase(local.url, template));
  } catch (error) {
    await server.end();
    await local.stop();
    throw error;
  }
  project.provide("databaseServer", local.url);
  project.provide("databaseTemplate", template);
  project.provide("databasePrefix", prefix);

  return async () => {
    await dropDatabases(server, (name) => name.startsWith(`${prefix}_`));
    await server.end();
    await local.stop();
  };
}

/** The bundles of door servers that ended test files left behind; each bears the number of its process. */
function dropBundles(): void {
  for (const name of readdirSync(TEST_DIR)) {
    const pid = /^doors-(\d+)\.mjs/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(path.join(TEST_DIR, name), { force: true });
  }
}

/** Other runs may be under way on the same server: each database bears the number of its run's process. */
async function dropDatabases(
  server: pg.Client,
  belongs: (name: string, pid: number) => boolean,
): Promise<void> {
  const { rows } = await server.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname ~ '^penora_test_[0-9]+_'",
  );
  for (const { datname } of rows) {
    if (belongs(datname, Number(datname.split("_")[2])))
      await server.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
  }
}
