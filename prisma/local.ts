import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { findBinaries } from "./local/binaries";
import { ensureDatabase, initialise, makeFolder, openCluster, saveCluster, urlOf } from "./local/cluster";
import { findPostmaster, settled, startPostmaster, stopPostmaster } from "./local/postmaster";
import { hasUsers, join, withLock } from "./local/sharing";
import { deployMigrations } from "./migrations-runner";

export interface LocalPostgres {
  url: string;
  dataDir: string;
  isRunning(): boolean;
  /** Leaves the server, and ends it when nobody else uses it. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * A real PostgreSQL of this folder's own, reachable from this machine only. Started once and shared by all who ask for
 * the same `dir`; one that a killed process left running is taken over, and one that died with it is recovered.
 */
export async function startLocalPostgres({ dir }: { dir: string }): Promise<LocalPostgres> {
  const home = path.resolve(dir);
  makeFolder(home);
  const { cluster, binaries, port, leave } = await withLock(home, async () => {
    const { cluster, owner } = openCluster(home);
    const binaries = findBinaries(owner);
    const logFile = path.join(path.dirname(cluster.dataDir), "postgres.log");
    initialise(cluster, binaries, owner);
    const run = async () => {
      const left = findPostmaster(cluster.dataDir);
      return (
        (left && (await settled(left, cluster.dataDir))) ??
        (await startPostmaster(binaries, cluster.dataDir, logFile, owner, cluster.port))
      );
    };
    let running = await run();
    try {
      await ensureDatabase(cluster, running.port);
    } catch (error) {
      // One that was killed a moment ago still looked alive.
      if (findPostmaster(cluster.dataDir)?.pid === running.pid) throw error;
      running = await run();
      await ensureDatabase(cluster, running.port);
    }
    if (running.port !== cluster.port) saveCluster(home, { ...cluster, port: running.port });
    return { cluster, binaries, port: running.port, leave: join(home) };
  });

  let stopping: Promise<void> | undefined;
  const stop = () =>
    (stopping ??= withLock(home, async () => {
      leave();
      const running = findPostmaster(cluster.dataDir);
      if (running && !hasUsers(home)) await stopPostmaster(running, binaries, cluster.dataDir);
    }));
  return {
    url: urlOf(cluster, port),
    dataDir: cluster.dataDir,
    isRunning: () => findPostmaster(cluster.dataDir) !== null,
    stop,
  };
}

/** `tsx prisma/local.ts <command…>`: runs the command with a migrated database of its own. */
async function main([command, ...args]: string[]): Promise<number> {
  if (!command) {
    console.error("Usage: tsx prisma/local.ts <command> [arguments]");
    return 2;
  }
  const local = await startLocalPostgres({ dir: ".penora" });
  // The terminal sends Ctrl-C to the command as well; here it must only not end us before the database.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => child?.kill(signal));
  let child: ReturnType<typeof spawn> | undefined;
  try {
    await deployMigrations(local.url, console.log);
    const env = { ...process.env, DATABASE_URL: local.url, DIRECT_DATABASE_URL: "" };
    child = spawn(command, args, { stdio: "inherit", env });
    return await new Promise<number>((resolve, reject) => {
      child?.once("error", reject);
      child?.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
    });
  } finally {
    await local.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  main(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exit(1);
    },
  );
}
