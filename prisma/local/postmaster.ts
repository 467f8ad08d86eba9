import { spawn, spawnSync } from "node:child_process";
import { chownSync, closeSync, openSync, readFileSync, realpathSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import type { Binaries } from "./binaries";
import type { Owner } from "./owner";
import { commandOf, isAlive, pause, until } from "./processes";

const START_MS = 60_000;
const STOP_MS = 30_000;
const LOG_LIMIT_BYTES = 10 * 1024 * 1024;

export interface Postmaster {
  pid: number;
  port: number;
}

/** Only this machine, over TCP only; a COMMIT is on disk before it is answered. */
function settings(port: number): Record<string, string> {
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: "192MB",
    fsync: "on",
    synchronous_commit: "on",
    max_wal_size: "1GB",
    timezone: "UTC",
    log_timezone: "UTC",
    log_min_messages: "warning",
    log_min_error_statement: "panic", // a statement's parameters are people's words
  };
}

/** The server that has this data open, if there is one; a pid file that nobody stands behind is removed. */
export function findPostmaster(dataDir: string): Postmaster | null {
  const lines = pidFile(dataDir);
  if (!lines) return null;
  const [pid, openedDir, port] = [Number(lines[0]), lines[1] ?? "", Number(lines[3])];
  const command = pid > 0 && isAlive(pid) ? commandOf(pid) : "";
  if (/postgres/.test(command) && sameDir(openedDir, dataDir)) return { pid, port };
  rmSync(path.join(dataDir, "postmaster.pid"), { force: true });
  return null;
}

/** The folder may have been copied or moved, its pid file along with it. */
function sameDir(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b);
  } catch {
    return false;
  }
}

export async function startPostmaster(
  binaries: Binaries,
  dataDir: string,
  logFile: string,
  owner: Owner | null,
  rememberedPort: number | undefined,
): Promise<Postmaster> {
  const end = Date.now() + START_MS;
  for (;;) {
    const port = await freePort(rememberedPort);
    const args = Object.entries(settings(port)).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
    const log = openSync(
      logFile,
      (statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES ? "w" : "a",
      0o600,
    );
    const logStart = statSync(logFile).size;
    if (owner) chownSync(logFile, owner.uid, owner.gid);
    const child = spawn(binaries.postgres, ["-D", dataDir, ...args], {
      ...identity(owner),
      detached: true, // Ctrl-C reaches Penora first, which needs its database until the last request is answered
      stdio: ["ignore", log, log],
      windowsHide: true,
    });
    closeSync(log);
    let failed: Error | undefined;
    child.on("error", (error) => (failed = error));
    child.on("exit", () => (failed ??= new Error("it ended at once")));
    child.unref();

    const up = await until(
      () => failed !== undefined || isReady(dataDir, child.pid ?? 0),
      end - Date.now(),
      15,
    );
    if (up && !failed) return { pid: child.pid as number, port };
    const said = readFileSync(logFile, "utf8").slice(logStart).trim();
    // The last backends of a killed server are still going; or someone took the port in between.
    if (/shared memory block|Address already in use|could not bind/.test(said) && Date.now() < end) {
      await pause(200);
      continue;
    }
    throw new Error(
      `PostgreSQL did not start (${logFile}):\n${said || String(failed ?? "no answer in time")}`,
    );
  }
}

/** Waits until a server that is starting or ending has made up its mind. */
export async function settled(postmaster: Postmaster, dataDir: string): Promise<Postmaster | null> {
  let running: Postmaster | null = postmaster;
  const known = await until(
    () => {
      running = findPostmaster(dataDir);
      return !running || isReady(dataDir, running.pid);
    },
    START_MS,
    50,
  );
  if (!known)
    throw new Error(`PostgreSQL (process ${postmaster.pid}) has ${dataDir} open and does not answer.`);
  return running;
}

/** Ends the server in order: open transactions are rolled back, what was committed is safe. */
export async function stopPostmaster(
  postmaster: Postmaster,
  binaries: Binaries,
  dataDir: string,
): Promise<void> {
  if (process.platform === "win32") {
    spawnSync(binaries.pgCtl, ["stop", "-D", dataDir, "-m", "fast"], { stdio: "ignore" });
    return;
  }
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    if (!isAlive(postmaster.pid)) return;
    process.kill(postmaster.pid, signal);
    if (await until(() => !isAlive(postmaster.pid), STOP_MS)) return;
  }
  throw new Error(`PostgreSQL (process ${postmaster.pid}) does not end.`);
}

/** Runs as `owner`, from where everybody may stand, and without the settings of the user's own PostgreSQL. */
export function identity(owner: Owner | null) {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name)),
  );
  return {
    ...(owner ? { uid: owner.uid, gid: owner.gid } : {}),
    cwd: process.platform === "win32" ? undefined : "/",
    env: { ...env, LC_ALL: "C" } as unknown as NodeJS.ProcessEnv,
  };
}

/** What the server says of itself in its pid file: `starting`, `ready`, `stopping`. */
function isReady(dataDir: string, pid: number): boolean {
  const lines = pidFile(dataDir);
  return Number(lines?.[0]) === pid && lines?.[7]?.trim() === "ready";
}

function pidFile(dataDir: string): string[] | null {
  try {
    return readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function freePort(wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) =>
      wanted && error.code === "EADDRINUSE" ? resolve(freePort()) : reject(error),
    );
    probe.listen({ port: wanted, host: "127.0.0.1", exclusive: true }, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
