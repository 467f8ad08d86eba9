import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

/** The user that PostgreSQL runs as. */
export interface Owner {
  name: string;
  uid: number;
  gid: number;
}

const CANDIDATES = ["postgres", "penora"];

/**
 * PostgreSQL refuses to run as root. For root this gives another user: the one who has the data already, else the
 * system's `postgres`, else `penora`, who is made if need be. For everybody else null: they run it themselves.
 */
export function ownerOf(dataDir: string): Owner | null {
  if (process.getuid?.() !== 0) return null;
  const present = statSync(dataDir, { throwIfNoEntry: false });
  if (present && present.uid !== 0) return { name: `uid ${present.uid}`, uid: present.uid, gid: present.gid };
  const known = CANDIDATES.map(lookUp).find((owner) => owner !== null);
  if (known) return known;
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "penora"], {
    stdio: "ignore",
  });
  const made = lookUp("penora");
  if (made) return made;
  throw new Error(
    "PostgreSQL does not run as root, and no user `postgres` or `penora` could be found or made. Start Penora as an ordinary user, or set DATABASE_URL.",
  );
}

function lookUp(name: string): Owner | null {
  const id = (flag: string) => {
    const run = spawnSync("id", [flag, name], { encoding: "utf8" });
    return run.status === 0 ? Number(run.stdout) : 0;
  };
  const [uid, gid] = [id("-u"), id("-g")];
  return uid > 0 && gid > 0 ? { name, uid, gid } : null;
}

/** Whether `owner` can pass through to `dir`, whatever lies above it. */
export function canReach(dir: string, owner: Owner): boolean {
  const run = spawnSync("/bin/sh", ["-c", 'cd "$0"', dir], {
    uid: owner.uid,
    gid: owner.gid,
    cwd: "/",
    stdio: "ignore",
  });
  return run.status === 0;
}
