import "server-only";
import { MAX_HOLD_SECONDS } from "@/lib/contract/holds";
import type { OutputOf } from "@/lib/contract/operation";
import type { continueGeneration as operation } from "@/lib/contract/studio";
import { estimateTextBytes } from "@/lib/contract/text-size";
import type { Connection } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { holdCredits } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { newId } from "@/lib/foundation/ids";
import { Recorded } from "@/lib/foundation/recorded";
import { describeGeneration, type GenerationRow, type PieceCountRow, sumOf } from "./generation-row";
import { type LockedPerson, NotEnough, personCommand, requireRoom } from "./person-command";
import { launchRunner } from "./runners";
import { continueQuote } from "./settlement";
import { firstLease } from "./start-generation";
import { CONTINUE, LOCK, PIECE_COUNTS } from "./statements";
import { requireWriter } from "./studio-settings";

type Started = OutputOf<typeof operation>;

/**
 * Goes on with a text that was stopped, failed or was interrupted, from where it stands: another round with its own hold,
 * which pays only for the words that it adds. Of a text that is being written it tells how it stands.
 *
 * @throws `not_found`, `invalid_request` for a text that is finished, and as `startGeneration`.
 */
export async function continueGeneration({
  caller,
  id,
}: {
  caller: Caller;
  id: string;
}): Promise<Recorded<Started>> {
  const runnerId = newId();
  let mine = false;
  const started = await personCommand<Started>(caller, async (transaction, person) => {
    mine = false;
    const [generation] = await transaction.query<GenerationRow>(LOCK, [person.id, id]);
    if (generation === undefined) throw new AppError("not_found");
    if (generation.status === "writing") return alreadyWriting(generation, person);
    const writer = requireWriter();
    const pieces = await transaction.query<PieceCountRow>(PIECE_COUNTS, [person.id, [id]]);
    const price = continueQuote(generation, pieces);
    if (price === null) throw new AppError("invalid_request", { message: "This text is finished." });
    const { prompt, language } = generation.input;
    const unsavedBytes = sumOf("bytes", pieces) - generation.saved_bytes;
    requireRoom(
      person,
      unsavedBytes + estimateTextBytes({ prompt, language: language ?? null, words: price.words }),
    );
    const held = await hold(transaction, person, generation, price.credits);
    const begun = await runRecorded<Started>(
      CONTINUE,
      caller.idempotency,
      [
        person.id,
        id,
        held.new_balance,
        held.held_credits,
        held.user_version,
        price.credits,
        held.hold_id,
        ...firstLease(runnerId),
        writer.isDemo ? writer.label : null,
      ],
      transaction,
    );
    if (begun === null) throw new AppError("too_many_generations");
    mine = !begun.replayed;
    return begun;
  });
  if (mine) launchRunner({ userId: caller.userId ?? "", id, runnerId });
  return started;
}

interface Held {
  hold_id: string | null;
  new_balance: number;
  held_credits: number;
  user_version: number;
}

/** What remains may be paid for already, where earlier pages ran on: then nothing is held. */
async function hold(
  transaction: Connection,
  person: LockedPerson,
  generation: GenerationRow,
  credits: number,
): Promise<Held> {
  if (credits === 0) return { hold_id: null, new_balance: person.credits, ...standingOf(person) };
  if (person.credits < credits) throw new NotEnough(credits);
  const { result } = await holdCredits(
    {
      user_id: person.id,
      amount: credits,
      app_name: "penora",
      description: describeGeneration(generation),
      action: "single_prompt",
      expires_in: MAX_HOLD_SECONDS,
      generationId: generation.id,
      project_code: generation.project_code,
      caller: { keyId: null, idempotency: null },
    },
    transaction,
  );
  return result;
}

/** A second click met the first: nothing new is begun, and nothing is recorded. */
function alreadyWriting(generation: GenerationRow, person: LockedPerson): Recorded<Started> {
  const result = {
    generation_id: generation.id,
    quoted_credits: generation.quoted_credits,
    credits: person.credits,
    low_balance: person.low_balance,
    ...standingOf(person),
  };
  return new Recorded(result, new Date(), false);
}

function standingOf(person: LockedPerson): { held_credits: number; user_version: number } {
  return { held_credits: person.held_credits, user_version: person.user_version };
}
