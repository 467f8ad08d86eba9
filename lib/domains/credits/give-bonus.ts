import "server-only";
import type { giveBonusCredits as operation } from "@/lib/contract/credits";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { constraintOf, isDeadlock } from "@/lib/database/database-error";
import { findRecorded, runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { metrics } from "@/lib/foundation/metrics";
import type { Recorded } from "@/lib/foundation/recorded";
import { BONUS_GIVEN, GIVE_BONUS } from "./bonus-statements";

type Input = InputOf<typeof operation> & { caller: Caller };
type Output = OutputOf<typeof operation>;

interface Batch {
  last_id: string | null;
  given: number;
}

/**
 * Gives a bonus once to each person of a campaign, in committed batches of 1,000. Broken off and asked for again,
 * it gives to those who have not had it yet; the counts are those of this call. An idempotency key gets its answer
 * when the campaign is through: until then a repeat finishes the rest.
 * @throws `idempotency_key_reused`, before anything is given.
 */
export async function giveBonusCredits(input: Input): Promise<Recorded<Output>> {
  const { idempotency } = input.caller;
  const first = idempotency && (await findRecorded<Output>(idempotency));
  if (first !== null) return first;
  const given = await giveToAll(input);
  const recorded = await runRecorded<Output>(BONUS_GIVEN, idempotency, [JSON.stringify(given)]);
  if (recorded === null) throw new AppError("internal", { internal: "a campaign's answer was not recorded" });
  return recorded;
}

async function giveToAll(input: Input): Promise<Output> {
  let users = 0;
  let after: string | null = "";
  while (after !== null) {
    const batch: Batch = await giveBatch(input, after);
    users += batch.given;
    metrics().creditsMoved.inc({ type: "bonus", direction: "in" }, batch.given * input.bonus_amount);
    after = batch.last_id;
  }
  return {
    users_updated: users,
    total_credits_distributed: users * input.bonus_amount,
    bonus_amount: input.bonus_amount,
    message: `Gave ${input.bonus_amount} credits to ${users} ${users === 1 ? "user" : "users"}.`,
  };
}

async function giveBatch(input: Input, after: string): Promise<Batch> {
  for (;;) {
    try {
      const [batch] = await database.query<Batch>(GIVE_BONUS, [
        input.campaign,
        input.bonus_amount,
        input.user_ids ?? null,
        after,
        input.caller.app,
        input.caller.keyId,
      ]);
      return batch ?? { last_id: null, given: 0 };
    } catch (error) {
      // The same campaign runs elsewhere at this moment: what it has given is seen the next time.
      if (constraintOf(error) !== "credit_transactions_campaign_key" && !isDeadlock(error)) throw error;
    }
  }
}
