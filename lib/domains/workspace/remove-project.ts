import "server-only";
import { database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { noSuchUser } from "@/lib/domains/credits/refuse";
import type { Recorded } from "@/lib/foundation/recorded";
import { runGuarded, writableApp, type Writer } from "./refuse";
import { EMPTY_BIN, REMOVE_PROJECT } from "./statements";

interface Asked {
  readonly user_id: string;
  readonly caller: Writer;
}

interface Removed {
  /** How many projects are gone. */
  readonly removed: number;
}

/**
 * Removes a project for good, with its versions and links. Only what lies in the bin can be: nothing is lost by one click.
 * @throws `project_not_found` also where it is not in the bin, `app_mismatch`.
 */
export async function removeProject({
  user_id: userId,
  code,
  caller,
}: Asked & { readonly code: string }): Promise<Recorded<Removed>> {
  const app = writableApp(caller);
  return runGuarded(
    () => runRecorded<Removed>(REMOVE_PROJECT, caller.idempotency, [userId, code, app]),
    { userId, project: { code, place: "bin" }, app },
    database,
  );
}

/** Removes for good all that a person had put into the bin `until` then. What came later was not meant, and stays. */
export async function emptyBin({
  user_id: userId,
  until,
  caller,
}: Asked & { readonly until: Date }): Promise<Recorded<Removed>> {
  const emptied = await runRecorded<Removed>(EMPTY_BIN, caller.idempotency, [userId, until]);
  if (emptied === null) throw noSuchUser();
  return emptied;
}
