import "server-only";
import { database } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import { endGeneration } from "./end-generation";
import { ABANDONED, ABANDONED_BY, CLEAR_LOGS } from "./statements";

const BATCH = 50;

/**
 * Across people: ends what nobody writes any more, because its process crashed or no request went on with it. What is
 * stored decides: finished pages are charged, the one that broke off is not, and all of the text is there.
 * Several processes may do it at once; each generation is settled by one of them. Answers how many it ended.
 */
export async function recoverGenerations(): Promise<number> {
  const abandoned = await database.query<{ user_id: string; id: string }>(ABANDONED, [BATCH]);
  let ended = 0;
  for (const { user_id: userId, id } of abandoned) {
    try {
      const mine = await endGeneration({ userId, id, claim: "abandoned" }, { kind: "interrupted" });
      if (mine) ended++;
    } catch (error) {
      // One that can't be settled now must not keep the others from it; it is tried again at the next turn.
      logger().error({ err: error, generation_id: id }, "an interrupted generation could not be settled");
    }
  }
  return ended;
}

/**
 * As `recoverGenerations`, for one person who asks: where no process lives between requests, nobody else tidies, and what
 * nobody writes any more must neither hold their coins nor take one of their places.
 */
export async function recoverOf(userId: string): Promise<void> {
  const abandoned = await database.query<{ id: string }>(ABANDONED_BY, [userId]);
  for (const { id } of abandoned) {
    await endGeneration({ userId, id, claim: "abandoned" }, { kind: "interrupted" });
  }
}

/** Across people: clears the event logs of what ended a day ago; the text itself stays. Answers how many. */
export async function clearOldLogs(): Promise<number> {
  let cleared = 0;
  for (;;) {
    const batch = (await database.query(CLEAR_LOGS, [BATCH])).length;
    cleared += batch;
    if (batch < BATCH) return cleared;
  }
}
