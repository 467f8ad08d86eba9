import "server-only";
import { MAX_HOLD_SECONDS } from "@/lib/contract/holds";
import type { OutputOf } from "@/lib/contract/operation";
import type { ModelName } from "@/lib/contract/quote";
import type { startGeneration as operation } from "@/lib/contract/studio";
import type { Connection } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { holdCredits } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { newId } from "@/lib/foundation/ids";
import { Recorded } from "@/lib/foundation/recorded";
import { personOf } from "@/lib/foundation/person-of";
import type { Subject } from "./generation-row";
import { describeGeneration, KINDS } from "./kinds";
import { type LockedPerson, NotEnough, personCommand, requireRoom } from "./person-command";
import { recoverOf } from "./recover-generations";
import { launchRunner } from "./runners";
import { type CountedPiece, quoteOfUnit, unitOf } from "./settlement";
import { START } from "./statements";
import { requireWriter, studioSettings } from "./studio-settings";

export type Started = OutputOf<typeof operation>;

/** A piece as it is laid out. What stands in it already is where it goes on. */
export interface LaidPiece {
  readonly nth: number;
  readonly target_words: number;
  readonly title?: string;
  readonly chapter_id?: string;
  readonly draft?: number;
  readonly free?: boolean;
  readonly text?: string;
  readonly words?: number;
  readonly chargeable_words?: number;
  readonly charged_credits?: number;
}

export interface Plan {
  readonly subject: Subject;
  readonly model: ModelName;
  readonly storyId?: string;
  readonly projectCode?: string | null;
  readonly pieces: readonly LaidPiece[];
  /** About what it will take in the workspace. */
  readonly bytes: number;
}

/**
 * Begins a generation: its price is held, or that of its first piece, its pieces are laid out, and a runner of this process
 * takes it up, all or nothing. It goes on whatever becomes of the request. A repeated key gives the same one and one charge.
 * `plan` runs in the transaction that has locked the person; where it answers a `Recorded`, that is the answer.
 *
 * @throws what `plan` throws; `unavailable` where no model is configured, `storage_limit_exceeded` before coins are looked at,
 *   `too_many_generations`, `insufficient_credits`: also where the first piece could be paid, and not all of them.
 */
export async function beginGeneration(
  caller: Caller,
  plan: (transaction: Connection, person: LockedPerson) => Promise<Plan | Recorded<Started>> | Plan,
): Promise<Recorded<Started>> {
  const id = newId();
  const runnerId = newId();
  let mine = false;
  await recoverOf(personOf(caller));
  const started = await personCommand<Started>(caller, async (transaction, person) => {
    mine = false;
    const planned = await plan(transaction, person);
    if (planned instanceof Recorded) return planned;
    const begun = await begin(transaction, person, caller, { id, runnerId }, planned);
    mine = !begun.replayed;
    return begun;
  });
  if (mine) launchRunner({ userId: personOf(caller), id, runnerId });
  return started;
}

async function begin(
  transaction: Connection,
  person: LockedPerson,
  caller: Caller,
  { id, runnerId }: { id: string; runnerId: string },
  { subject, model, storyId, projectCode, pieces, bytes }: Plan,
): Promise<Recorded<Started>> {
  const writer = requireWriter();
  requireRoom(person, bytes);
  const laid = pieces.map(toPiece);
  const text = { kind: subject.kind, model, charged_credits: 0 };
  const each = laid.map((piece) => {
    const unit = unitOf(text, [piece], piece.nth);
    return quoteOfUnit(unit.text, unit.pieces)?.credits ?? 0;
  });
  const alone = KINDS[subject.kind].settles === "piece";
  const quoted = alone
    ? each.reduce((sum, credits) => sum + credits, 0)
    : (quoteOfUnit(text, laid)?.credits ?? 0);
  if (person.credits < quoted) throw new NotEnough(quoted);
  const [first] = laid;
  const unit = alone ? (first?.nth ?? 1) : 0;
  const held = alone ? (each[0] ?? 0) : quoted;
  const hold = await holdFor(transaction, person, held, {
    description: describeGeneration({ ...subject, pages: laid.length }, alone ? first : undefined),
    action: KINDS[subject.kind].action,
    generationId: id,
    project_code: projectCode ?? null,
  });
  const begun = await runRecorded<Started>(
    START,
    caller.idempotency,
    [
      person.id,
      id,
      hold.new_balance,
      hold.held_credits,
      hold.user_version,
      subject.kind,
      JSON.stringify(subject.input),
      model,
      JSON.stringify(laid),
      quoted,
      hold.hold_id,
      held,
      unit,
      ...firstLease(runnerId),
      writer.isDemo ? writer.label : null,
      storyId ?? null,
    ],
    transaction,
  );
  if (begun === null) throw new AppError("too_many_generations");
  return begun;
}

type Laid = CountedPiece &
  Required<Pick<LaidPiece, "title" | "draft" | "text">> & { chapter_id: string | null; bytes: number };

function toPiece({ nth, target_words, ...piece }: LaidPiece): Laid {
  const { text = "", words = 0 } = piece;
  return {
    nth,
    target_words,
    status: "waiting",
    title: piece.title ?? "",
    chapter_id: piece.chapter_id ?? null,
    draft: piece.draft ?? 1,
    free: piece.free ?? false,
    text,
    words,
    words_before: words,
    bytes: Buffer.byteLength(text),
    chargeable_words: piece.chargeable_words ?? 0,
    charged_credits: piece.charged_credits ?? 0,
  };
}

interface Held {
  readonly hold_id: string | null;
  readonly new_balance: number;
  readonly held_credits: number;
  readonly user_version: number;
}

/** Sets coins aside for a generation of a person who is locked. What costs nothing has no hold. */
export async function holdFor(
  transaction: Connection,
  person: LockedPerson,
  credits: number,
  what: { description: string; action: string; generationId: string; project_code: string | null },
): Promise<Held> {
  const { held_credits, user_version } = person;
  if (credits === 0) return { hold_id: null, new_balance: person.credits, held_credits, user_version };
  const { result } = await holdCredits(
    {
      ...what,
      user_id: person.id,
      amount: credits,
      app_name: "penora",
      expires_in: MAX_HOLD_SECONDS,
      caller: { keyId: null, idempotency: null },
    },
    transaction,
  );
  return result;
}

/** The lease that a text begins with: of this process at once, or of the request that follows it. */
export function firstLease(runnerId: string): [runnerId: string | null, seconds: number] {
  const { onePageARequest, leaseSeconds, waitingSeconds } = studioSettings();
  return onePageARequest ? [null, waitingSeconds] : [runnerId, leaseSeconds];
}

/** What is answered where a second click met the first: nothing new is begun, and nothing is recorded. */
export function alreadyWriting(
  generation: { readonly id: string; readonly quoted_credits: number },
  person: LockedPerson,
): Recorded<Started> {
  const { credits, held_credits, low_balance, user_version } = person;
  const { id: generation_id, quoted_credits } = generation;
  return new Recorded(
    { generation_id, quoted_credits, credits, held_credits, low_balance, user_version },
    new Date(),
    false,
  );
}
