import { readFileSync } from "node:fs";
import { commandOf, isAlive } from "../../prisma/local/processes";

const LOOK_MS = 1_000;

/**
 * npm that is killed takes nobody with it: a server would be left that no Ctrl-C reaches. Calls `then` once, when npm, or
 * the shell between npm and us, is gone. Does nothing when npm did not start us.
 */
export function whenParentIsGone(then: () => void): void {
  if (!process.env.npm_lifecycle_event) return;
  const watched = [process.ppid];
  if (/^\S*sh\s/.test(commandOf(process.ppid))) watched.push(parentOf(process.ppid));
  const timer = setInterval(() => {
    if (watched.every((pid) => pid <= 1 || isAlive(pid))) return;
    clearInterval(timer);
    then();
  }, LOOK_MS);
  timer.unref();
}

function parentOf(pid: number): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    );
  } catch {
    return 0;
  }
}
