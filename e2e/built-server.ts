import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { SERVER_FILE } from "../lib/server/bundle-doors";
import { deployMigrations } from "../prisma/migrations-runner";
import { onServer, otherDatabase } from "../prisma/local/scratch";

const START_MS = 60_000;
/** Not in the folder that Playwright empties. */
const SERVER_LOG = path.resolve(".penora", "test", "server.log");

export interface BuiltServer {
  /** Its address as `BASE_URL`, and its own settings: what the tests need to talk to it, and to act as its operator. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** The production server as it was built, with the demo on and a fresh database of its own. */
export async function startBuiltServer(databaseServer: string): Promise<BuiltServer> {
  const name = `penora_test_${process.pid}_e2e`;
  await onServer(databaseServer, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await onServer(databaseServer, `CREATE DATABASE ${name}`);
  const DATABASE_URL = otherDatabase(databaseServer, name);
  await deployMigrations(DATABASE_URL);

  const port = await freePort();
  const secret = () => randomBytes(32).toString("base64url");
  const settings = {
    DATABASE_URL,
    APP_URL: `http://localhost:${port}`,
    PORT: String(port),
    PENORA_DEMO: "true",
    // Where a page of a sibling app comes from: a name of this machine, so that the browser lets it speak to the server.
    CORS_ORIGINS: `http://imagegene.localhost:${await freePort()}`,
    SESSION_SECRET: secret(),
    PENORA_API_KEY: secret(),
    PENORA_DEMO_SECRET: secret(),
  } as const;
  const environment = { ...settings, NODE_ENV: "production" } as const;
  await seed(environment);
  // Every refusal that a test asks for is a line of the server's log.
  mkdirSync(path.dirname(SERVER_LOG), { recursive: true });
  const log = openSync(SERVER_LOG, "w");
  const child = spawn(process.execPath, [SERVER_FILE], {
    env: { ...bare(), ...environment },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`The built server did not start in time. See ${SERVER_LOG}.`)),
      START_MS,
    );
    child.once("message", () => (clearTimeout(late), resolve()));
    void ended.then(
      () => (
        clearTimeout(late),
        reject(new Error(`The built server ended at its start. See ${SERVER_LOG}.`))
      ),
    );
  });
  return {
    environment: { ...settings, BASE_URL: settings.APP_URL },
    async stop() {
      child.kill("SIGTERM");
      await ended;
      await onServer(databaseServer, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}

/** The shell's own settings of Penora have no say in the tests. */
function bare(): NodeJS.ProcessEnv {
  const own = /^(SUKUSUKU_|AI_|PENORA_|DIRECT_DATABASE_URL$|HOST$|TRUST_PROXY$|CORS_ORIGINS$)/;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !own.test(name)),
  ) as NodeJS.ProcessEnv;
}

/** In a process of its own, because the rooms read their environment once. */
function seed(environment: Record<string, string>): Promise<void> {
  const code =
    'import("./prisma/seed.ts").then((m) => m.seedDemo(process.env.DATABASE_URL)).then(() => process.exit())';
  const args = ["--conditions=react-server", "--import", "tsx", "--input-type=module", "-e", code];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { env: { ...bare(), ...environment }, stdio: "inherit" });
    child.once("exit", (exit) =>
      exit === 0 ? resolve() : reject(new Error("The demo could not be seeded.")),
    );
  });
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
