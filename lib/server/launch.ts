import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { EnvError, parseEnv } from "@/lib/foundation/env";
import { type LocalPostgres, startLocalPostgres } from "../../prisma/local";
import { until } from "../../prisma/local/processes";
import { deployMigrations } from "../../prisma/migrations-runner";
import { ensureBuilt } from "./build";
import { buildUploadReader } from "./build-upload-reader";
import { SERVER_FILE } from "./bundle-doors";
import { ensureDatabaseClient } from "./generate";
import { whenParentIsGone } from "./parent";
import { claimPort, noteServer } from "./port";
import { commandFile } from "./run";
import { readSettings, type Settings } from "./settings";

type Mode = "start" | "dev";

const DATA_DIR = path.resolve(".penora");
const DATABASE_WAIT_MS = 30_000;
const DATABASE_LOOK_MS = 1_000;
const NOT_YET = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "57P03"]);

let leaving = false;
let server: ChildProcess | undefined;
let database: LocalPostgres | undefined;

async function launch(mode: Mode): Promise<number> {
  const settings = readSettings(mode, process.env, DATA_DIR);
  const { variables } = settings;
  // Judged before anything slow is done; the URL of our own database is not known yet.
  const draft = settings.ownDatabase ? { ...variables, DATABASE_URL: "postgresql://localhost/" } : variables;
  const { host, port: wanted } = parseEnv(draft);
  mkdirSync(DATA_DIR, { recursive: true, mode: 0o700 });
  const port = await claimPort(host, wanted, DATA_DIR);
  variables.PORT = String(port);
  if (settings.ownDatabase || settings.demo || mode === "dev")
    variables.APP_URL ??= `http://localhost:${port}`;

  if (mode === "start") await ensureBuilt(console.log);
  else await Promise.all([ensureDatabaseClient(), buildUploadReader()]);
  if (leaving) return 0;
  if (settings.ownDatabase) {
    database = await startLocalPostgres({ dir: DATA_DIR });
    variables.DATABASE_URL = database.url;
    delete variables.DIRECT_DATABASE_URL;
  }
  Object.assign(process.env, variables);
  if (database) keepRunning(database);
  await migrate(variables.DIRECT_DATABASE_URL ?? (variables.DATABASE_URL as string));
  if (settings.demo) await seed();
  if (leaving) return 0;

  const forget = noteServer(DATA_DIR, port);
  try {
    return await runServer(mode, settings, host, port);
  } finally {
    forget();
  }
}

/** A database that was killed is started again, at the same port: the server finds it there, and nothing is lost. */
function keepRunning(first: LocalPostgres): void {
  let starting = false;
  const look = async () => {
    if (leaving || starting || (database ?? first).isRunning()) return;
    starting = true;
    try {
      const again = await startLocalPostgres({ dir: DATA_DIR });
      if (again.url !== first.url) throw new Error("its port was taken in the meantime");
      database = again;
      console.error("PostgreSQL had ended by itself, and was started again.");
    } catch (error) {
      if (!leaving) console.error(`PostgreSQL ended by itself: ${explain(error)}`);
    } finally {
      starting = false;
    }
  };
  setInterval(() => void look(), DATABASE_LOOK_MS).unref();
}

async function migrate(url: string): Promise<void> {
  let failure: unknown;
  // A database that starts together with us may need a moment.
  await until(
    () =>
      deployMigrations(url, console.log).then(
        () => ((failure = undefined), true),
        (error: unknown) => (
          (failure = error),
          leaving || !NOT_YET.has(String((error as { code?: unknown }).code))
        ),
      ),
    DATABASE_WAIT_MS,
    500,
  );
  if (failure !== undefined) throw failure as Error;
}

async function seed(): Promise<void> {
  const { seedDemo } = await import("../../prisma/seed");
  await seedDemo();
}

/** Runs the server in a group of its own: Ctrl-C reaches it through us, in order. Its end is ours. */
function runServer(mode: Mode, settings: Settings, host: string, port: number): Promise<number> {
  const dev = [commandFile("next", "next"), "dev", "-H", host, "-p", String(port)];
  const env = { ...process.env, ...settings.variables, NEXT_TELEMETRY_DISABLED: "1" };
  const child = spawn(process.execPath, mode === "dev" ? dev : [SERVER_FILE], {
    env,
    detached: process.platform !== "win32",
    stdio: mode === "dev" ? "inherit" : ["ignore", "inherit", "inherit", "ipc"],
  });
  server = child;
  if (mode === "dev") greet(settings, port);
  else child.once("message", () => greet(settings, port));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (!leaving) console.error(`The server ended by itself (${signal ?? `exit code ${code}`}).`);
      resolve(leaving ? 0 : code || 1);
    });
  });
}

function greet(settings: Settings, port: number): void {
  const { APP_URL } = settings.variables;
  const lines = [
    ["Penora runs at", APP_URL ?? `http://localhost:${port}`],
    ...(settings.demo ? [["the demo", `${APP_URL}/demo`]] : []),
    ["data", database ? `${database.dataDir} (PostgreSQL)` : "the PostgreSQL that DATABASE_URL names"],
    ...(settings.secretsFile ? [["secrets", settings.secretsFile]] : []),
    ["to stop", "Ctrl-C"],
  ];
  console.log(`\n${lines.map(([name, value]) => `  ${name?.padEnd(16)}${value}`).join("\n")}\n`);
}

/** First asks the server to end; asked again, ends it. The database goes last, and always in order. */
function leave(): void {
  const hurry = leaving;
  leaving = true;
  if (server?.exitCode === null) server.kill(hurry ? "SIGKILL" : "SIGTERM");
}

function explain(error: unknown): string {
  if (error instanceof EnvError) return `${error.message}\n\nEvery variable is described in .env.example.`;
  const code = String((error as { code?: unknown } | null)?.code);
  if (NOT_YET.has(code)) return `The database that DATABASE_URL names does not answer (${code}).`;
  return error instanceof Error ? error.message : String(error);
}

async function main(): Promise<void> {
  const mode = process.argv[2];
  if (mode !== "start" && mode !== "dev") throw new Error("Usage: launch.ts start|dev");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, leave);
  whenParentIsGone(leave);
  try {
    process.exitCode = await launch(mode);
  } catch (error) {
    if (!leaving) console.error(`\n${explain(error)}\n`);
    process.exitCode = leaving ? 0 : 1;
  } finally {
    await database?.stop();
  }
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(1);
  },
);
