import "server-only";
import type { GenerationEventData, GenerationStatus } from "@/lib/contract/studio";
import type { Connection } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import { type GenerationRow, isUnsaved, type PieceRow, type SettlementRow, sumOf } from "./generation-row";
import { persist } from "./journal";
import { keepEnd } from "./keep-piece";
import { KINDS } from "./kinds";
import { lockPerson } from "./person-command";
import { SaveFailed } from "./save-text";
import { endPiece, quoteOfRest } from "./settlement";
import { settleUnit, standing } from "./settle-unit";
import { LAST_SETTLEMENTS, LOCK_ABANDONED, LOCK_MINE, LOCK_UNCLAIMED, PIECES } from "./find-statements";
import { END } from "./statements";
import { wakeFollowers } from "./wake-followers";

export type Ending =
  | { readonly kind: "done" | "interrupted" }
  /** `message`: why, where it was not the writer who wanted it. */
  | { readonly kind: "stopped"; readonly message?: string }
  /** `message`: what happened, in a sentence. */
  | { readonly kind: "failed"; readonly message: string };

/** By what right a round is ended: it is written here, nobody carries it on, or whoever wrote it has crashed. */
export type Claim = { readonly runnerId: string } | "unclaimed" | "abandoned";

interface Target {
  readonly userId: string;
  readonly id: string;
  readonly claim: Claim;
}

/**
 * Ends the round under way and settles what is open of it: what was delivered is charged, the rest of the hold goes back, the
 * history has its line, and whoever follows hears of it, in one transaction. However often it is asked for, by whomever: once.
 * Everything that was written goes to the workspace first, the piece that broke off included.
 * False where there is no round under way that this claim is right for.
 */
export async function endGeneration(target: Target, ending: Ending): Promise<boolean> {
  const ended = await persist(async () => {
    const end = (save: boolean) =>
      inTransaction(async (transaction) => {
        await lockPerson(transaction, target.userId);
        const generation = await lockGeneration(transaction, target);
        if (generation === undefined) return false;
        await endRound(transaction, generation, ending, save);
        return true;
      });
    try {
      return await end(true);
    } catch (error) {
      // Money first: what could not be saved stays in the generation, and can be saved later.
      if (error instanceof SaveFailed) return end(false);
      // The person was erased, and everything of theirs with them.
      if (error instanceof AppError && error.code === "user_not_found") return false;
      throw error;
    }
  });
  wakeFollowers(target.id);
  return ended;
}

async function lockGeneration(
  transaction: Connection,
  { userId, id, claim }: Target,
): Promise<GenerationRow | undefined> {
  const lock =
    claim === "abandoned"
      ? transaction.query<GenerationRow>(LOCK_ABANDONED, [userId, id])
      : claim === "unclaimed"
        ? transaction.query<GenerationRow>(LOCK_UNCLAIMED, [userId, id])
        : transaction.query<GenerationRow>(LOCK_MINE, [userId, id, claim.runnerId]);
  return (await lock)[0];
}

async function endRound(
  transaction: Connection,
  generation: GenerationRow,
  ending: Ending,
  save: boolean,
): Promise<void> {
  const { user_id: userId, id, open_unit } = generation;
  const stored = await transaction.query<PieceRow>(PIECES, [userId, id]);
  const last = stored.find(({ status }) => status === "writing");
  const pieces = stored.map((piece) => (piece === last ? brokenOff(piece, ending) : piece));
  const saved = await keepEnd(transaction, generation, pieces, { broken: last?.nth ?? null, save });
  const status: GenerationStatus = pieces.every((piece) => piece.status === "done") ? "done" : ending.kind;
  const settled =
    open_unit === null
      ? { charged: 0, ...(await standing(transaction, generation)) }
      : await settleUnit(
          transaction,
          { ...generation, ...saved, open_unit },
          { stored, pieces },
          (delivered) => whyOf(status, ending, delivered),
        );
  const after = { ...generation, charged_credits: generation.charged_credits + settled.charged };
  const [round = { quoted: 0, charged: 0, released: 0 }] = await transaction.query<SettlementRow>(
    LAST_SETTLEMENTS,
    [userId, [id]],
  );
  const error = status === "done" ? null : explain(generation, ending, last, round.charged);
  const charges = pieces.map((piece) =>
    piece.nth === open_unit ? { ...piece, charged_credits: piece.charged_credits + settled.charged } : piece,
  );
  const data: GenerationEventData<"end"> = {
    status,
    words: sumOf("words", pieces),
    quoted: round.quoted,
    charged: round.charged,
    released: round.released,
    charged_in_all: after.charged_credits,
    credits: settled.credits,
    low_balance: settled.lowBalance,
    user_version: settled.userVersion,
    project_code: saved.project_code,
    unsaved: isUnsaved({ ...generation, ...saved }, pieces),
    error,
    continue_quote: status === "done" ? null : quoteOfRest(after, charges),
  };
  await transaction.query(END, [
    userId,
    id,
    status,
    error,
    JSON.stringify(data),
    pieces.map(({ nth }) => nth),
    pieces.map((piece) => piece.status),
    pieces.map((piece) => piece.chargeable_words),
  ]);
}

/** The piece that was under way. What the writer stopped was delivered; what broke off was not. */
function brokenOff(piece: PieceRow, ending: Ending): PieceRow {
  return endPiece(piece, ending.kind === "stopped" ? "stopped" : "failed");
}

/** What the person is told: what happened, and what it means for their coins. `charged`: for all of the round. */
function explain(
  { kind }: GenerationRow,
  ending: Ending,
  piece: PieceRow | undefined,
  charged: number,
): string | null {
  if (ending.kind === "done") return null;
  if (ending.kind === "stopped") return ending.message ?? null;
  const facts = KINDS[kind];
  const name = facts.numbered ? `${facts.piece} ${piece?.nth ?? 1}` : `the ${facts.piece}`;
  const what =
    ending.kind === "failed"
      ? ending.message
      : `The server was interrupted${piece === undefined ? "" : ` while it wrote ${name}`}.`;
  // Between two pieces nothing was under way; what was finished before is paid for.
  if (piece === undefined)
    return `${what} ${charged === 0 ? "You were not charged." : "You were charged only for what is finished."}`;
  // A round that was charged for other pieces was not for this one; a chapter is charged for by itself.
  const alone = charged === 0 && facts.settles === "round";
  return `${what} ${alone ? "You were not charged." : `You were not charged for ${name}.`}`;
}

function whyOf(status: GenerationStatus, ending: Ending, delivered: string): string {
  switch (status) {
    case "done":
      return `Finished: ${delivered}.`;
    case "stopped":
      return `Stopped by the writer: ${delivered}.`;
    case "failed":
      return `Failed: ${ending.kind === "failed" ? ending.message : ""} ${delivered}.`;
    default:
      return `Interrupted: ${delivered}.`;
  }
}
