import "server-only";
import { database } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import { newId } from "@/lib/foundation/ids";
import type { GenerationRow } from "./generation-row";
import { type AbortReason, runGeneration } from "./run-generation";
import { CLAIM, LET_GO } from "./runner-statements";
import { studioSettings } from "./studio-settings";
import { wakeFollowers } from "./wake-followers";

interface Runner {
  readonly abort: (reason: AbortReason) => void;
  readonly ended: Promise<void>;
}

interface Runners {
  readonly byGeneration: Map<string, Runner>;
  closing: boolean;
}

// The pages and the doors are bundled apart but live in one process: they share one list.
const RUNNERS = Symbol.for("penora.studio.runners");
const globals = globalThis as unknown as Record<symbol, Runners | undefined>;

function runners(): Runners {
  return (globals[RUNNERS] ??= { byGeneration: new Map(), closing: false });
}

interface Lease {
  readonly userId: string;
  readonly id: string;
  readonly runnerId: string;
}

/** Takes up a generation whose lease is this process's own. Where a page is one request, it waits for that request. */
export function launchRunner(lease: Lease): void {
  if (!studioSettings().onePageARequest) startRunner(lease);
}

/**
 * Goes on with a generation that waits for a request to carry it; answers when its page is written.
 * Null where there is nothing to do: it is written elsewhere, or has ended. A crashed one is not taken over.
 */
export async function ensureRunner(userId: string, id: string): Promise<{ ended: Promise<void> } | null> {
  const { leaseSeconds } = studioSettings();
  const runnerId = newId();
  const [row] = await database.query<GenerationRow>(CLAIM, [userId, id, runnerId, leaseSeconds]);
  return row === undefined ? null : startRunner({ userId, id, runnerId });
}

function startRunner(lease: Lease): Runner {
  const { byGeneration, closing } = runners();
  const controller = new AbortController();
  const runner: Runner = { abort: (reason) => controller.abort(reason), ended: run(lease, controller) };
  byGeneration.set(lease.id, runner);
  void runner.ended.then(() => byGeneration.get(lease.id) === runner && byGeneration.delete(lease.id));
  if (closing) runner.abort("shutdown");
  return runner;
}

async function run(lease: Lease, controller: AbortController): Promise<void> {
  try {
    const ending = await runGeneration({ ...lease, controller });
    if (ending === "page-done") {
      await database.query(LET_GO, [lease.userId, lease.id, lease.runnerId, studioSettings().waitingSeconds]);
    }
  } catch (error) {
    // Nothing is lost: the lease runs out, and the recovery settles from what is stored.
    logger().error({ err: error, generation_id: lease.id }, "a runner failed");
  } finally {
    wakeFollowers(lease.id);
  }
}

/** True while this process writes the generation. */
export function isRunningHere(id: string): boolean {
  return runners().byGeneration.has(id);
}

/** Tells the runner of this process at once that the writer wants it to stop; another process notices by itself. */
export function stopRunner(id: string): void {
  runners().byGeneration.get(id)?.abort("stop");
}

/**
 * For the end of the process: everything that is being written here is interrupted and settled. Resolves when all is.
 * What is begun after it ends at once.
 */
export async function stopRunners(): Promise<void> {
  const all = runners();
  all.closing = true;
  const running = [...all.byGeneration.values()];
  for (const runner of running) runner.abort("shutdown");
  await Promise.all(running.map((runner) => runner.ended));
}

/** For tests of what happens after `stopRunners`. */
export function reopenRunnersForTests(): void {
  runners().closing = false;
}
