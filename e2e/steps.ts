import { spawn } from "node:child_process";

export interface Tally {
  passed: number;
  failed: number;
  /** What failed and why, shown again at the very end. */
  failures?: string[];
}

/** One step of `npm test`: its name, and what it counted. */
export interface Result extends Tally {
  name: string;
  seconds: number;
}

/** Runs a step, times it and shows what it says; one that throws has failed, and the next still runs. */
export async function step(name: string, work: () => Promise<Tally>): Promise<Result> {
  console.log(`\n── ${name} ${"─".repeat(Math.max(3, 90 - name.length))}`);
  const start = performance.now();
  let tally: Tally;
  try {
    tally = await work();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    tally = { passed: 0, failed: 1 };
  }
  const seconds = (performance.now() - start) / 1000;
  console.log(`── ${name}: ${tally.passed} passed, ${tally.failed} failed, ${seconds.toFixed(1)} s`);
  return { name, seconds, ...tally };
}

/** Runs Node with these arguments to its end, its output shown. Gives the exit code; a signal counts as 1. */
export function runNode(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: "inherit", env });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

/** A step that is right or wrong as a whole. */
export async function whole(args: string[], env?: NodeJS.ProcessEnv): Promise<Tally> {
  return (await runNode(args, env)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** A report that says less than the exit code does not hide a failure. */
export function counted(tally: Tally, exitCode: number): Tally {
  if (exitCode === 0 && tally.passed + tally.failed > 0) return tally;
  return { ...tally, failed: Math.max(1, tally.failed) };
}
