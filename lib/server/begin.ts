import { stopRunners } from "@/lib/domains/studio/runners";
import { env } from "@/lib/foundation/env";
import { startBackground } from "./background";

// Pages and doors are bundled apart but live in one process: whichever begins first begins for both.
const BEGUN = Symbol.for("penora.begun");
const globals = globalThis as unknown as Record<symbol, (() => Promise<void>) | undefined>;

/** Checks the environment and starts the chores, once in a process. @throws EnvError. */
export function begin(): void {
  env();
  globals[BEGUN] ??= startBackground();
}

/** Ends the chores, and settles what is being written here. What is under way is waited for. */
export async function end(): Promise<void> {
  const stop = globals[BEGUN];
  globals[BEGUN] = undefined;
  await Promise.all([stop?.(), stopRunners()]);
}
