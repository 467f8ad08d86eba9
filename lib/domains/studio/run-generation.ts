import "server-only";
import { GrowingText } from "@/lib/ai/growing-text";
import { jointAfter } from "@/lib/ai/join-pieces";
import { pageRequest } from "@/lib/ai/page-prompt";
import { type Writer, WriterError } from "@/lib/ai/port";
import { database } from "@/lib/database/client";
import { logger } from "@/lib/foundation/logger";
import { endGeneration, type Ending } from "./end-generation";
import { finishPiece } from "./finish-piece";
import type { GenerationRow, PieceRow } from "./generation-row";

import { Journal, LeaseLost, persist } from "./journal";
import { missingWords } from "./settlement";
import { FIND, PIECES } from "./statements";
import { findWriter, studioSettings, WRITING_NOT_AVAILABLE } from "./studio-settings";

/** Why a runner is to end before its text does. */
export type AbortReason = "stop" | "shutdown";

export interface Run {
  readonly userId: string;
  readonly id: string;
  /** The lease, which the database knows this runner by. */
  readonly runnerId: string;
  readonly controller: AbortController;
}

/** A page that was cut off short is gone on with at most so often. */
const CALLS_A_PAGE = 3;
/** From this share of its length on, a page that was cut off at a sentence is long enough. */
const LONG_ENOUGH = 0.9;

/**
 * Writes a generation page by page, from where it stands, until it is done, stopped, or a page fails. Whatever happens
 * is in the database before anybody hears of it. `page-done`: a page is written, and the next is another request's.
 */
export async function runGeneration(run: Run): Promise<"ended" | "page-done" | "lost"> {
  try {
    const [generation] = await persist(() => database.query<GenerationRow>(FIND, [run.userId, run.id]));
    if (generation?.runner_id !== run.runnerId) return "lost";
    const ending = await writePages(run, generation);
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

/** Null where the remaining pages are left to the next request. */
async function writePages(run: Run, generation: GenerationRow): Promise<Ending | null> {
  const { controller } = run;
  const writer = findWriter();
  if (writer === null) return { kind: "failed", message: WRITING_NOT_AVAILABLE };
  const journal = new Journal(generation, run.runnerId, () => controller.abort("stop"));
  if (generation.stop_requested_at !== null) controller.abort("stop");
  let before = "";
  let written = 0;
  const pieces = await persist(() => database.query<PieceRow>(PIECES, [run.userId, run.id]));
  for (const piece of pieces) {
    if (piece.status !== "done") {
      if (written > 0 && studioSettings().onePageARequest) return null;
      if (controller.signal.aborted) return abortion(controller.signal);
      await journal.beginPiece(piece.nth);
      const page = new PageInProgress(generation, piece, before, journal);
      const failure = await page.write(writer, controller.signal);
      if (controller.signal.aborted && !page.complete) return abortion(controller.signal);
      if (failure !== null) return { kind: "failed", message: failure };
      await finishPiece(run, journal, { ...piece, words: page.words });
      before += page.text;
      written++;
    } else before += piece.text;
  }
  return { kind: "done" };
}

function abortion(signal: AbortSignal): Ending {
  return signal.reason === "shutdown" ? { kind: "interrupted" } : { kind: "stopped" };
}

/** One page, from what stands there to its end. */
class PageInProgress {
  text: string;
  words: number;
  complete = false;

  constructor(
    private readonly generation: GenerationRow,
    private readonly piece: PieceRow,
    private readonly before: string,
    private readonly journal: Journal,
  ) {
    this.text = piece.text;
    this.words = piece.words;
  }

  /** Writes until the page is complete or the signal ends. Answers what failed, in a sentence, or null. */
  async write(writer: Writer, signal: AbortSignal): Promise<string | null> {
    const wordsAtFirst = this.words;
    const asked = missingWords({ status: "writing", words: wordsAtFirst });
    try {
      for (let call = 1; ; call++) {
        const cutOff = await this.#call(writer, signal);
        await this.journal.flush();
        if (signal.aborted) return null;
        const enough = this.words - wordsAtFirst >= asked * LONG_ENOUGH || call >= CALLS_A_PAGE;
        if (!cutOff || enough) break;
      }
    } catch (error) {
      if (!(error instanceof WriterError)) throw error;
      await this.journal.flush();
      if (signal.aborted) return null;
      const { kind, status, detail } = error;
      logger().warn(
        { generation_id: this.generation.id, page: this.piece.nth, kind, status, detail },
        "a page failed",
      );
      return error.message;
    }
    if (this.words === wordsAtFirst) return new WriterError("empty").message;
    this.complete = true;
    return null;
  }

  /** One call of the model. True where the page was cut off at a limit rather than ended. */
  async #call(writer: Writer, signal: AbortSignal): Promise<boolean> {
    const { input, model, pages } = this.generation;
    const previousText = this.before + this.text;
    const targetWords = missingWords({ status: "writing", words: this.words });
    const request = pageRequest({
      ...input,
      model,
      pageNumber: this.piece.nth,
      pageCount: pages,
      previousText,
      targetWords,
    });
    const growing = new GrowingText({ standing: this.text, joint: jointAfter(previousText), targetWords });
    const chunks = writer.write(request, { signal });
    for (;;) {
      const step = await this.#next(chunks);
      if (step.done) {
        const { finishReason } = step.value;
        if (finishReason === "complete") await this.#take(growing.finish(), growing.words);
        return finishReason === "length";
      }
      await this.#take(growing.push(step.value), growing.words);
    }
  }

  async #take(text: string, words: number): Promise<void> {
    if (text === "") return;
    this.text += text;
    this.words = words;
    await this.journal.append(text, words);
  }

  /** Waits for the model; meanwhile the journal gives signs of life and looks for a stop. */
  async #next<T, R>(chunks: AsyncGenerator<T, R, undefined>): Promise<IteratorResult<T, R>> {
    const step = chunks.next();
    // It may fail while the journal is busy; the failure is read below.
    step.catch(() => undefined);
    for (;;) {
      const arrived = await within(step, Math.min(studioSettings().tickMs, studioSettings().flushMs));
      if (arrived !== null) return arrived;
      await this.journal.tick();
    }
  }
}

/** The result of `step`, or null when `ms` have passed first. */
async function within<T>(step: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const later = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([step, later]);
  } finally {
    clearTimeout(timer);
  }
}
