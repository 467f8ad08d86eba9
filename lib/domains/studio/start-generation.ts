import "server-only";
import { MAX_HOLD_SECONDS } from "@/lib/contract/holds";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import type { PromptInput } from "@/lib/contract/prompt-input";
import { quote } from "@/lib/contract/quote";
import type { startGeneration as operation } from "@/lib/contract/studio";
import { estimatePageBytes } from "@/lib/contract/text-size";
import { runRecorded } from "@/lib/database/recorded-statement";
import { holdCredits } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { newId } from "@/lib/foundation/ids";
import type { Recorded } from "@/lib/foundation/recorded";
import { describeGeneration } from "./generation-row";
import { NotEnough, personCommand, personOf, requireRoom } from "./person-command";
import { recoverOf } from "./recover-generations";
import { launchRunner } from "./runners";
import { START } from "./statements";
import { requireWriter, studioSettings } from "./studio-settings";

type Started = OutputOf<typeof operation>;

/**
 * Begins to write a text: the price is held, the pages are laid out, and a runner of this process takes it up, all or
 * nothing. The text goes on whatever becomes of the request. A repeated key gives the same generation and one charge.
 *
 * @throws `unavailable` where no model is configured, `storage_limit_exceeded` before coins are looked at,
 *   `too_many_generations`, `insufficient_credits`.
 */
export async function startGeneration(
  request: InputOf<typeof operation> & { caller: Caller },
): Promise<Recorded<Started>> {
  const { caller, point_of_view: pointOfView, ...fields } = request;
  const input: PromptInput = { ...fields, ...(pointOfView === undefined ? {} : { pointOfView }) };
  const { model, pages } = input;
  const id = newId();
  const runnerId = newId();
  await recoverOf(personOf(caller));
  const started = await personCommand<Started>(caller, async (transaction, person) => {
    const writer = requireWriter();
    requireRoom(person, estimatePageBytes(input));
    const { credits } = quote({ model, pages });
    if (person.credits < credits) throw new NotEnough(credits);
    const { result: held } = await holdCredits(
      {
        user_id: person.id,
        amount: credits,
        app_name: "penora",
        description: describeGeneration({ pages, input }),
        action: "single_prompt",
        expires_in: MAX_HOLD_SECONDS,
        generationId: id,
        caller: { keyId: null, idempotency: null },
      },
      transaction,
    );
    const begun = await runRecorded<Started>(
      START,
      caller.idempotency,
      [
        person.id,
        id,
        held.new_balance,
        held.held_credits,
        held.user_version,
        "single-prompt",
        JSON.stringify(input),
        model,
        pages,
        credits,
        held.hold_id,
        ...firstLease(runnerId),
        writer.isDemo ? writer.label : null,
      ],
      transaction,
    );
    if (begun === null) throw new AppError("too_many_generations");
    return begun;
  });
  if (!started.replayed) launchRunner({ userId: caller.userId ?? "", id, runnerId });
  return started;
}

/** The lease that a text begins with: of this process at once, or of the request that follows it. */
export function firstLease(runnerId: string): [runnerId: string | null, seconds: number] {
  const { onePageARequest, leaseSeconds, waitingSeconds } = studioSettings();
  return onePageARequest ? [null, waitingSeconds] : [runnerId, leaseSeconds];
}
