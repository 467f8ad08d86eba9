import "server-only";
import { GENERATION_STATUSES } from "@/lib/contract/studio";
import { database } from "@/lib/database/client";
import { metrics } from "@/lib/foundation/metrics";
import { COUNT_GENERATIONS, COUNT_HOLDS } from "./statements";

/**
 * The figures of this process, and those of the whole service that only the database knows, counted now: every process
 * tells the same of them, so that they are not to be added up. Without the database it tells of the process alone.
 */
export async function readMetrics(): Promise<{ contentType: string; text: string }> {
  const { registry, holds, texts } = metrics();
  const [counted, generations] = await Promise.all([
    database.query<{ open: number; overdue: number }>(COUNT_HOLDS, []),
    database.query<{ status: string; texts: number }>(COUNT_GENERATIONS, []),
  ]).catch(() => [[], []] as const);
  // What was counted before says nothing of now.
  holds.reset();
  texts.reset();
  for (const { open, overdue } of counted) {
    holds.set({ state: "open" }, open);
    holds.set({ state: "overdue" }, overdue);
  }
  if (counted.length > 0) for (const status of GENERATION_STATUSES) texts.set({ status }, 0);
  for (const { status, texts: count } of generations) texts.set({ status }, count);
  return { contentType: registry.contentType, text: await registry.metrics() };
}
