import { randomInt } from "node:crypto";

/** What every drawing of a test file begins from: chosen anew each time, or `TEST_SEED` to see a failure again. */
export const SEED = Number(process.env.TEST_SEED ?? randomInt(2 ** 31));

/** Runs `work`; where it fails, says with which seed it fails again. */
export async function replayable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error)
      error.message += `\nDrawn from a seed: TEST_SEED=${SEED} draws the same again.`;
    throw error;
  }
}
