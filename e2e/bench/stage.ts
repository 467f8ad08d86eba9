import { type ChildProcess, fork, type ForkOptions } from "node:child_process";
import { once } from "node:events";
import pg from "pg";
import { deployMigrations } from "../../prisma/migrations-runner";
import { startLocalPostgres } from "../../prisma/local";
import { isAlive } from "../../prisma/local/processes";
import { onServer, otherDatabase } from "../../prisma/local/scratch";
import { MAKE_BARE_TABLES } from "./bare-statements";
import { makePeople } from "./people";

/** What everything that is measured runs on: a database of its own, filled. */
export interface Stage {
  readonly databaseUrl: string;
  /** For looking at what a run left behind. */
  readonly database: pg.Pool;
  /** Starts a process with these variables beside ours; it is ended with the stage. */
  start(file: string, args: string[], environment: Record<string, string>, execArgv?: string[]): ChildProcess;
}

/** Makes the stage, plays on it, and takes everything down again, whatever happens. */
export async function onStage<T>(play: (stage: Stage) => Promise<T>): Promise<T> {
  const local = await startLocalPostgres({ dir: ".penora/bench" });
  const name = `penora_bench_${process.pid}`;
  const databaseUrl = otherDatabase(local.url, name);
  const children: ChildProcess[] = [];
  const database = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  database.on("error", () => {});
  try {
    await dropOldOnes(local.url);
    await onServer(local.url, `CREATE DATABASE ${name}`);
    await deployMigrations(databaseUrl);
    await fill(database);
    const playing = play({
      databaseUrl,
      database,
      start: (file, args, environment, execArgv = []) => {
        const env = { ...process.env, NODE_ENV: "production", ...environment } as NodeJS.ProcessEnv;
        const stdio: ForkOptions["stdio"] = ["ignore", "ignore", "inherit", "ipc"];
        const child = fork(file, args, { env, execArgv, stdio });
        children.push(child);
        return child;
      },
    });
    return await Promise.race([playing, interruption()]);
  } finally {
    await Promise.all(children.map(stopChild));
    await database.end();
    await onServer(local.url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await local.stop();
  }
}

/** Ctrl-C, so that it takes everything down too. */
function interruption(): Promise<never> {
  return new Promise((_resolve, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const)
      process.once(signal, () => reject(new Error("interrupted")));
  });
}

async function fill(database: pg.Pool): Promise<void> {
  const client = await database.connect();
  try {
    await makePeople(client);
    await client.query(MAKE_BARE_TABLES);
    await client.query("VACUUM ANALYZE users, credit_transactions, idempotency_keys, projects, bare_users");
  } finally {
    client.release();
  }
}

/** What a run left behind that was killed. */
async function dropOldOnes(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname ~ '^penora_bench_[0-9]+$'",
  );
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split("_")[2]))) await client.query(`DROP DATABASE ${datname} WITH (FORCE)`);
  }
  await client.end();
}

/** What a process tells first: that it listens, or where. @throws where it ends instead. */
export async function firstWord(child: ChildProcess): Promise<unknown> {
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${child.spawnfile} ended with ${String(code)}`);
  });
  const [word] = (await Promise.race([once(child, "message"), ended])) as unknown[];
  return word;
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGTERM");
  await once(child, "exit");
}
