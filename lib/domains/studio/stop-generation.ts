import "server-only";
import type { OutputOf } from "@/lib/contract/operation";
import type { stopGeneration as operation } from "@/lib/contract/studio";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { personOf } from "@/lib/foundation/person-of";
import { endGeneration } from "./end-generation";
import type { GenerationRow } from "./generation-row";
import { stopRunner } from "./runners";
import { FIND } from "./find-statements";
import { REQUEST_STOP } from "./statements";

/**
 * Stops a text: noted in the database, so that it takes effect in under two seconds whichever process writes it, and at
 * once where this one does. What was delivered stays and is charged. Stopping what has ended changes nothing.
 * @throws `not_found`.
 */
export async function stopGeneration({
  caller,
  id,
}: {
  caller: Caller;
  id: string;
}): Promise<OutputOf<typeof operation>> {
  const userId = personOf(caller);
  const [noted] = await database.query<{ runner_id: string | null }>(REQUEST_STOP, [userId, id]);
  if (noted?.runner_id === null) await endGeneration({ userId, id, claim: "unclaimed" }, { kind: "stopped" });
  else if (noted !== undefined) stopRunner(id);
  const [row] = await database.query<GenerationRow>(FIND, [userId, id]);
  if (row === undefined) throw new AppError("not_found");
  return { status: row.status, stop_requested: row.stop_requested_at !== null };
}
