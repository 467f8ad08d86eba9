import { spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import pg from "pg";
import { type Binaries, SHARED_ROOT } from "./binaries";
import { canReach, type Owner, ownerOf } from "./owner";
import { identity } from "./postmaster";

const ADMIN = "postgres";
const APP = "penora";

/** What is remembered of a folder's server, in `postgres.json`, which only its owner can read. */
export interface Cluster {
  dataDir: string;
  adminPassword: string;
  password: string;
  port?: number;
}

/** Makes the folder where it is missing, with all that others may see of it. */
export function makeFolder(dir: string): void {
  asOwner(dir, () => {
    const made = mkdirSync(dir, { recursive: true, mode: 0o700 });
    if (made && ownerOf(path.join(dir, "data"))) openTheWay(dir, made);
  });
}

/**
 * The remembered server of a folder, or the plan of a new one. Under the folder's lock: of two first starts at once one
 * plans, and the other finds what it made.
 */
export function openCluster(dir: string): { cluster: Cluster; owner: Owner | null } {
  return asOwner(dir, () => {
    const remembered = readCluster(dir);
    const owner = ownerOf(remembered?.dataDir ?? path.join(dir, "data"));
    // Root's files stay closed, but the user that PostgreSQL runs as has to pass through to the data.
    chmodSync(dir, owner ? 0o711 : 0o700);
    if (remembered) return { cluster: remembered, owner };
    const cluster = { dataDir: placeFor(dir, owner), adminPassword: password(), password: password() };
    saveCluster(dir, cluster);
    return { cluster, owner };
  });
}

function asOwner<T>(dir: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!["EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new Error(`${dir} belongs to another user. Start Penora as that user, or remove the folder.`, {
      cause: error,
    });
  }
}

/** The folders between `dir` and the first that was made for it. */
function openTheWay(dir: string, made: string): void {
  for (let folder = dir; folder.startsWith(made); folder = path.dirname(folder)) chmodSync(folder, 0o711);
}

export function saveCluster(dir: string, cluster: Cluster): void {
  const file = path.join(dir, "postgres.json");
  writeFileSync(`${file}.part`, `${JSON.stringify(cluster, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

/** Null where nothing is remembered, or what is remembered is the data of a folder that this one was copied from. */
function readCluster(dir: string): Cluster | null {
  const file = path.join(dir, "postgres.json");
  if (!existsSync(file)) return null;
  const cluster = JSON.parse(readFileSync(file, "utf8")) as Cluster;
  const inside = path.join(realpathSync(dir), "data");
  if (existsSync(inside)) return { ...cluster, dataDir: inside };
  const note = path.join(path.dirname(cluster.dataDir), "project");
  if (!existsSync(note)) return existsSync(cluster.dataDir) ? cluster : null;
  const project = readFileSync(note, "utf8");
  if (project !== realpathSync(dir) && existsSync(path.join(project, "postgres.json"))) return null;
  writeFileSync(note, realpathSync(dir));
  return cluster;
}

/** In the folder itself; or, where the project lies in a closed home, where the other user may go. */
function placeFor(dir: string, owner: Owner | null): string {
  const here = realpathSync(dir);
  if (!owner) return path.join(here, "data");
  chmodSync(dir, 0o711);
  if (canReach(dir, owner)) return path.join(here, "data");
  const id = createHash("sha256")
    .update(`${here}\n${randomBytes(8).toString("hex")}`)
    .digest("hex")
    .slice(0, 12);
  const place = path.join(SHARED_ROOT, id);
  mkdirSync(place, { recursive: true, mode: 0o711 });
  writeFileSync(path.join(place, "project"), here);
  return path.join(place, "data");
}

function password(): string {
  return randomBytes(24).toString("base64url");
}

/** Makes the data folder under another name first: a half-made one is never taken for a whole one. */
export function initialise(cluster: Cluster, binaries: Binaries, owner: Owner | null): void {
  if (existsSync(path.join(cluster.dataDir, "PG_VERSION"))) return;
  const part = `${cluster.dataDir}.part`;
  const passwordFile = `${cluster.dataDir}.password`;
  rmSync(part, { recursive: true, force: true });
  rmSync(cluster.dataDir, { recursive: true, force: true });
  mkdirSync(part, { mode: 0o700 });
  writeFileSync(passwordFile, `${cluster.adminPassword}\n`, { mode: 0o600 });
  if (owner) for (const file of [part, passwordFile]) chownSync(file, owner.uid, owner.gid);
  try {
    const args = [
      "-D",
      part,
      "-U",
      ADMIN,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
    ];
    // PostgreSQL's own collation: the same on every system, whatever locales it has.
    const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    const run = spawnSync(binaries.initdb, [...args, ...locale], {
      ...identity(owner),
      encoding: "utf8",
      windowsHide: true,
    });
    if (run.status !== 0) {
      throw new Error(
        `PostgreSQL could not make its data folder:\n${run.stderr || String(run.error ?? run.signal)}`,
      );
    }
    renameSync(part, cluster.dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

export function urlOf(cluster: Cluster, port: number, database = APP): string {
  return `postgresql://${APP}:${cluster.password}@127.0.0.1:${port}/${database}?sslmode=disable`;
}

/** Makes Penora's own role and database where they are missing; the role may make databases, but is not the admin. */
export async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
  if (await connects(urlOf(cluster, port))) return;
  const url = `postgresql://${ADMIN}:${cluster.adminPassword}@127.0.0.1:${port}/postgres?sslmode=disable`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  try {
    const has = async (sql: string) => ((await admin.query(sql)).rowCount ?? 0) > 0;
    if (!(await has(`SELECT 1 FROM pg_roles WHERE rolname = '${APP}'`)))
      await admin.query(`CREATE ROLE ${APP}`);
    await admin.query(`ALTER ROLE ${APP} LOGIN CREATEDB PASSWORD ${admin.escapeLiteral(cluster.password)}`);
    if (!(await has(`SELECT 1 FROM pg_database WHERE datname = '${APP}'`))) {
      await admin.query(`CREATE DATABASE ${APP} OWNER ${APP}`);
    }
  } finally {
    await admin.end();
  }
}

async function connects(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}
