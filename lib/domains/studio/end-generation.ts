import "server-only";
import type { GenerationEventData, GenerationStatus } from "@/lib/contract/studio";
import type { Connection } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/transaction";
import { captureHold, type EndedHold, releaseHold } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import {
  describeGeneration,
  type GenerationRow,
  isUnsaved,
  type PieceRow,
  sumOf,
  textOf,
} from "./generation-row";
import { persist } from "./journal";
import { lockPerson } from "./person-command";
import { SaveFailed, saveText } from "./save-text";
import { chargeOfRound, continueQuote, endPiece } from "./settlement";
import { LOCK_ABANDONED, LOCK_MINE, LOCK_UNCLAIMED, PIECES, SETTLE } from "./statements";
import { wakeFollowers } from "./wake-followers";

export type Ending =
  | { readonly kind: "done" | "stopped" | "interrupted" }
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
 * Ends the round under way and settles it: what was delivered is charged, the rest of the hold goes back, the history has
 * its line, and whoever follows hears of it, in one transaction. However often it is asked for, by whomever: once.
 * Everything that was written goes to the workspace first, the page that broke off included.
 * False where there is no round under way that this claim is right for.
 */
export async function endGeneration(target: Target, ending: Ending): Promise<boolean> {
  const ended = await persist(async () => {
    const end = (save: boolean) =>
      inTransaction(async (transaction) => {
        await lockPerson(transaction, target.userId);
        const generation = await lockGeneration(transaction, target);
        if (generation === undefined) return false;
        await settle(transaction, generation, ending, save);
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

async function settle(
  transaction: Connection,
  generation: GenerationRow,
  ending: Ending,
  save: boolean,
): Promise<void> {
  const { user_id: userId, id, quoted_credits: quoted } = generation;
  const stored = await transaction.query<PieceRow>(PIECES, [userId, id]);
  const last = stored.find(({ status }) => status === "writing");
  const pieces = stored.map((piece) => (piece === last ? brokenOff(piece, ending) : piece));
  const saved = save ? await saveText(transaction, generation, textOf(pieces)) : generation;
  const due = chargeOfRound(generation, pieces, quoted);
  const { charged, released, credits, lowBalance, userVersion } = await endHold(
    transaction,
    { ...generation, ...saved },
    due,
  );

  const status: GenerationStatus = pieces.every((piece) => piece.status === "done") ? "done" : ending.kind;
  const words = sumOf("chargeable_words", pieces) - sumOf("chargeable_words", paidBefore(stored));
  const error = status === "done" ? null : explain(ending, last?.nth, charged);
  const after = { ...generation, charged_credits: generation.charged_credits + charged };
  const data: GenerationEventData<"end"> = {
    status,
    words: sumOf("words", pieces),
    quoted,
    charged,
    released,
    charged_in_all: after.charged_credits,
    credits,
    low_balance: lowBalance,
    user_version: userVersion,
    project_code: saved.project_code,
    unsaved: isUnsaved(saved, pieces),
    error,
    continue_quote: status === "done" ? null : continueQuote(after, pieces),
  };
  await transaction.query(SETTLE, [
    userId,
    id,
    status,
    charged,
    released,
    words,
    whyOf(status, ending, words),
    error,
    JSON.stringify(data),
    pieces.map(({ nth }) => nth),
    pieces.map((piece) => piece.status),
    pieces.map((piece) => piece.chargeable_words),
  ]);
}

/** The page that was under way. What the writer stopped was delivered; what broke off was not. */
function brokenOff(piece: PieceRow, ending: Ending): PieceRow {
  const { status, chargeable_words } = endPiece(piece, ending.kind === "stopped" ? "stopped" : "failed");
  return { ...piece, status, chargeable_words };
}

/** The pages as the round found them. */
function paidBefore(pieces: readonly PieceRow[]): { chargeable_words: number }[] {
  return pieces.map((piece) => ({
    chargeable_words:
      piece.status === "done"
        ? Math.max(0, piece.chargeable_words - (piece.words - piece.words_before))
        : piece.chargeable_words,
  }));
}

interface Settled {
  readonly charged: number;
  readonly released: number;
  readonly credits: number;
  readonly lowBalance: boolean;
  readonly userVersion: number;
}

async function endHold(transaction: Connection, generation: GenerationRow, due: number): Promise<Settled> {
  const { hold_id: holdId, quoted_credits: quoted } = generation;
  if (holdId === null) return { charged: 0, released: 0, ...(await standing(transaction, generation)) };
  try {
    const { result } =
      due === 0
        ? await releaseHold({ holdId, app: "penora" }, transaction)
        : await captureHold(
            {
              holdId,
              app: "penora",
              amount: due,
              description: describeGeneration(generation),
              project_code: generation.project_code,
            },
            transaction,
          );
    return settledAs(result);
  } catch (error) {
    // Somebody with the root key ended the hold: what it was ended with is what the text has cost.
    const captured = error instanceof AppError ? error.extra.captured_amount : undefined;
    if (typeof captured !== "number") throw error;
    return { charged: captured, released: quoted - captured, ...(await standing(transaction, generation)) };
  }
}

/** Where nothing moved: what the person has now. */
async function standing(
  transaction: Connection,
  { user_id: userId }: GenerationRow,
): Promise<Pick<Settled, "credits" | "lowBalance" | "userVersion">> {
  const person = await lockPerson(transaction, userId);
  return { credits: person.credits, lowBalance: person.low_balance, userVersion: person.user_version };
}

function settledAs(hold: EndedHold): Settled {
  return {
    charged: hold.credits_deducted,
    released: hold.credits_released,
    credits: hold.new_balance,
    lowBalance: hold.low_balance,
    userVersion: hold.user_version,
  };
}

/** What the person is told: what happened, and what it means for their coins. */
function explain(ending: Ending, page: number | undefined, charged: number): string | null {
  if (ending.kind === "done" || ending.kind === "stopped") return null;
  const what =
    ending.kind === "failed"
      ? ending.message
      : `The server was interrupted${page === undefined ? "" : ` while it wrote page ${page}`}.`;
  if (what.includes("Nothing was charged")) return what;
  return `${what} ${charged === 0 || page === undefined ? "You were not charged." : `You were not charged for page ${page}.`}`;
}

function whyOf(status: GenerationStatus, ending: Ending, words: number): string {
  const delivered = `${words} ${words === 1 ? "word" : "words"} delivered`;
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
