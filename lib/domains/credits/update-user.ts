import "server-only";
import type { updateUser as operation } from "@/lib/contract/low-balance";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { runRecorded } from "@/lib/database/recorded-statement";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { SET_LOW_BALANCE } from "./low-balance-statements";
import { noSuchUser } from "./refuse";

type Input = InputOf<typeof operation> & { caller: Pick<Caller, "idempotency"> };

/** Chooses at which balance a person is told that it is low. @throws `user_not_found`. */
export async function updateUser(input: Input): Promise<Recorded<OutputOf<typeof operation>>> {
  const { user_id: userId, low_balance_threshold: threshold, caller } = input;
  const updated = await runRecorded<OutputOf<typeof operation>>(SET_LOW_BALANCE, caller.idempotency, [
    userId,
    threshold,
  ]);
  if (updated === null) throw noSuchUser();
  return updated;
}
