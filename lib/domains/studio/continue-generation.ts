import "server-only";
import { estimateTextBytes } from "@/lib/contract/text-size";
import { database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { newId } from "@/lib/foundation/ids";
import type { Recorded } from "@/lib/foundation/recorded";
import { personOf } from "@/lib/foundation/person-of";
import { alreadyWriting, firstLease, holdFor, type Started } from "./begin-generation";
import { type GenerationRow, type PieceCountRow, sumOf } from "./generation-row";
import { describeGeneration, KINDS, topicOf } from "./kinds";
import { NotEnough, personCommand, requireRoom } from "./person-command";
import { launchRunner } from "./runners";
import { quoteOfRest } from "./settlement";
import { FIND, LOCK, PIECE_COUNTS } from "./find-statements";
import { CONTINUE } from "./statements";
import { goOnWithChapters } from "./stories/write-chapters";
import { requireWriter } from "./studio-settings";

/**
 * Goes on with a text that was stopped, failed or was interrupted, from where it stands: another round with its own hold,
 * which pays only for the words that it adds. Of a text that is being written it tells how it stands. Chapters of a story go
 * on in a generation of their own, from how the story stands now.
 *
 * @throws `not_found`, `invalid_request` for a text that is finished or is begun anew instead, and as `startGeneration`.
 */
export async function continueGeneration({
  caller,
  id,
}: {
  caller: Caller;
  id: string;
}): Promise<Recorded<Started>> {
  const [known] = await database.query<GenerationRow>(FIND, [personOf(caller), id]);
  if (known === undefined) throw new AppError("not_found");
  if (known.kind === "story-chapters" && known.status !== "writing") return goOnWithChapters(caller, known);
  const runnerId = newId();
  let mine = false;
  const started = await personCommand<Started>(caller, async (transaction, person) => {
    mine = false;
    const [generation] = await transaction.query<GenerationRow>(LOCK, [person.id, id]);
    if (generation === undefined) throw new AppError("not_found");
    if (generation.status === "writing") return alreadyWriting(generation, person);
    const writer = requireWriter();
    const pieces = await transaction.query<PieceCountRow>(PIECE_COUNTS, [person.id, [id]]);
    const price = generation.status === "done" ? null : quoteOfRest(generation, pieces);
    if (price === null) throw new AppError("invalid_request", { message: "This text is finished." });
    const unsavedBytes = sumOf("bytes", pieces) - generation.saved_bytes;
    const language = generation.input.language ?? null;
    requireRoom(
      person,
      unsavedBytes + estimateTextBytes({ prompt: topicOf(generation), language, words: price.words }),
    );
    if (person.credits < price.credits) throw new NotEnough(price.credits);
    const held = await holdFor(transaction, person, price.credits, {
      description: describeGeneration(generation),
      action: KINDS[generation.kind].action,
      generationId: id,
      project_code: generation.project_code,
    });
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
  if (mine) launchRunner({ userId: personOf(caller), id, runnerId });
  return started;
}
