import "server-only";
import { database } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import { beginPiece } from "./begin-piece";
import { endGeneration, type Ending } from "./end-generation";
import { finishPiece } from "./finish-piece";
import type { GenerationRow, PieceRow } from "./generation-row";
import { Journal, LeaseLost, persist } from "./journal";
import { FIND, PIECES } from "./find-statements";
import { findWriter, NO_MODEL, studioSettings } from "./studio-settings";
import { writePiece } from "./write-piece";

/** Why a runner is to end before its text does. */
export type AbortReason = "stop" | "shutdown";

export interface Run {
  readonly userId: string;
  readonly id: string;
  /** The lease, which the database knows this runner by. */
  readonly runnerId: string;
  readonly controller: AbortController;
}

/**
 * Writes a generation piece by piece, from where it stands, until it is done, stopped, or a piece fails. Whatever happens
 * is in the database before anybody hears of it. `page-done`: a piece is written, and the next is another request's.
 */
export async function runGeneration(run: Run): Promise<"ended" | "page-done" | "lost"> {
  try {
    const [generation] = await persist(() => database.query<GenerationRow>(FIND, [run.userId, run.id]));
    if (generation?.runner_id !== run.runnerId) return "lost";
    const ending = await writePieces(run, generation);
    if (ending === null) return "page-done";
    await endGeneration({ userId: run.userId, id: run.id, claim: { runnerId: run.runnerId } }, ending);
    return "ended";
  } catch (error) {
    if (error instanceof LeaseLost) return "lost";
    logger().error({ err: error, generation_id: run.id }, "a generation broke off by a fault of ours");
    await endGeneration(
      { userId: run.userId, id: run.id, claim: { runnerId: run.runnerId } },
      { kind: "interrupted" },
    );
    return "ended";
  } finally {
    // Where the journal failed, the model would go on talking to nobody.
    run.controller.abort("over");
  }
}

/** Null where the remaining pieces are left to the next request. */
async function writePieces(run: Run, generation: GenerationRow): Promise<Ending | null> {
  const { controller } = run;
  const { signal } = controller;
  const writer = findWriter();
  if (writer === null) return { kind: "failed", message: NO_MODEL };
  const journal = new Journal(generation, run.runnerId, () => controller.abort("stop"));
  if (generation.stop_requested_at !== null) controller.abort("stop");
  const before: string[] = [];
  let written = 0;
  const pieces = await persist(() => database.query<PieceRow>(PIECES, [run.userId, run.id]));
  for (const piece of pieces) {
    if (piece.status !== "done") {
      if (written > 0 && studioSettings().onePageARequest) return null;
      if (signal.aborted) return abortion(signal);
      const refused = await beginPiece(run, journal, generation, piece);
      if (refused !== null) return refused;
      const { text, failure, result } = await writePiece(writer, generation, piece, before, journal, signal);
      if (failure === null && signal.aborted) return abortion(signal);
      if (failure !== null) return { kind: "failed", message: failure };
      await finishPiece(run, journal, piece.nth, result);
      before.push(text);
      written++;
    } else before.push(piece.text);
  }
  return { kind: "done" };
}

function abortion(signal: AbortSignal): Ending {
  return signal.reason === "shutdown" ? { kind: "interrupted" } : { kind: "stopped" };
}
