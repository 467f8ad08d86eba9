import { forgetOldKeys } from "@/lib/database/forget-old-keys";
import { sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { clearOldLogs, recoverGenerations } from "@/lib/domains/studio/recover-generations";
import { emptyOldBins } from "@/lib/domains/workspace/delete-project";
import { logger } from "@/lib/foundation/logger";

export interface Chore {
  readonly name: string;
  readonly everySeconds: number;
  readonly work: () => Promise<unknown>;
}

/** What a living process tidies. Every chore claims its rows, so that several processes may do it at once. */
export const CHORES: readonly Chore[] = [
  { name: "sweep expired holds", everySeconds: 5, work: sweepExpiredHolds },
  { name: "settle interrupted generations", everySeconds: 5, work: recoverGenerations },
  { name: "clear the logs of ended generations", everySeconds: 600, work: clearOldLogs },
  { name: "empty old bins", everySeconds: 3_600, work: emptyOldBins },
  { name: "forget old idempotency keys", everySeconds: 3_600, work: forgetOldKeys },
];

/** Starts the chores. Answers how to stop them: what is under way is waited for. */
export function startBackground(chores = CHORES): () => Promise<void> {
  const running = new Set<Promise<void>>();
  const timers = chores.map((chore) => {
    let busy = false;
    const run = async () => {
      if (busy) return;
      busy = true;
      try {
        await chore.work();
      } catch (error) {
        logger().warn(
          { err: error, chore: chore.name },
          "a chore failed; it is tried again at its next turn",
        );
      } finally {
        busy = false;
      }
    };
    const start = () => {
      const turn = run();
      running.add(turn);
      void turn.finally(() => running.delete(turn));
    };
    start();
    return setInterval(start, chore.everySeconds * 1_000).unref();
  });
  return async () => {
    timers.forEach(clearInterval);
    await Promise.all(running);
  };
}
