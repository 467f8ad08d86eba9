import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive, startMark, until } from "./processes";

const LOCK_WAIT_MS = 120_000;

interface Mark {
  pid: number;
  started: string;
}

function mark(): string {
  return JSON.stringify({ pid: process.pid, started: startMark(process.pid) });
}

/** Whether the process that left this mark is still there; a mark half written counts as of a living one. */
function isLeftByTheLiving(file: string): boolean {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return false;
  }
  try {
    const { pid, started } = JSON.parse(text) as Mark;
    return isAlive(pid) && startMark(pid) === started;
  } catch {
    return text === "";
  }
}

/** One process at a time starts or stops the server of a folder; what a killed one left behind is cleared. */
export async function withLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const file = path.join(dir, "lock");
  const taken = await until(
    () => {
      try {
        writeFileSync(file, mark(), { flag: "wx", mode: 0o600 });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
        if (!isLeftByTheLiving(file)) rmSync(file, { force: true });
        return false;
      }
    },
    LOCK_WAIT_MS,
    30,
  );
  if (!taken)
    throw new Error(`Another process keeps the database of ${dir} busy. If there is none, remove ${file}.`);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/** Writes this process down as a user of the server; the answer takes it off the list again. */
export function join(dir: string): () => void {
  const file = path.join(dir, "users", randomUUID());
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, mark(), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** Whether any living process is on the list; the dead are taken off it. */
export function hasUsers(dir: string): boolean {
  const folder = path.join(dir, "users");
  let living = false;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (isLeftByTheLiving(file)) living = true;
    else rmSync(file, { force: true });
  }
  return living;
}
