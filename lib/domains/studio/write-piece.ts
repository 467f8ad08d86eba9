import "server-only";
import type { Writer, WriterError } from "@/lib/ai/port";
import { unusableAnswer, unusablePage } from "@/lib/ai/unusable";
import { logger } from "@/lib/foundation/logger";
import type { GenerationRow, PieceRow } from "./generation-row";
import type { Journal } from "./journal";
import type { PieceResult } from "./keep-piece";
import { writeChapter } from "./stories/write-chapter";
import { writePlan } from "./stories/write-plan";
import { answerCalls } from "./write-answer";
import { pageCalls } from "./write-page";
import { type NextCall, writeProse } from "./write-prose";

/** A piece as its writing left it. */
export interface WrittenPiece {
  readonly text: string;
  readonly words: number;
  /** What failed, in a sentence for the person. */
  readonly failure: string | null;
  readonly result: PieceResult;
}

/** Writes a piece from where it stands until it is whole, fails, or the signal ends. `before`: the pieces before it. */
export async function writePiece(
  writer: Writer,
  generation: GenerationRow,
  piece: PieceRow,
  before: readonly string[],
  journal: Journal,
  signal: AbortSignal,
): Promise<WrittenPiece> {
  switch (generation.kind) {
    case "story-bible":
    case "story-outline":
      return writePlan(writer, generation, piece, journal, signal);
    case "story-chapters":
      return writeChapter(writer, generation, piece, journal, signal);
    case "single-prompt":
      return write(pageCalls(generation, piece, before.join("")), (text) =>
        unusablePage(named(generation.input), text, before),
      );
    case "tool":
      return write(answerCalls(generation.input, piece), (text) =>
        unusableAnswer(named(generation.input), text, before),
      );
  }

  /** `unusable`: why what was written now can't be used, where it can't. */
  async function write(next: NextCall, unusable: (added: string) => string | null): Promise<WrittenPiece> {
    const { text, words, failure } = await writeProse(writer, journal, piece, next, signal);
    if (failure !== null) report(failure);
    const whole = failure === null && !signal.aborted;
    const why = whole ? unusable(text.slice(piece.text.length)) : null;
    return { text, words, failure: failure?.message ?? why, result: {} };
  }

  /** The demo writer knows one language, and says so in its text. */
  function named<I extends { readonly language?: string | undefined }>(input: I): I {
    return writer.isDemo ? { ...input, language: undefined } : input;
  }

  function report({ kind, status, detail }: WriterError): void {
    logger().warn({ generation_id: generation.id, piece: piece.nth, kind, status, detail }, "a piece failed");
  }
}
