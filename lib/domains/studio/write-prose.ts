import "server-only";
import { type Writer, WriterError, type WriteRequest } from "@/lib/ai/port";
import type { Journal } from "./journal";
import { studioSettings } from "./studio-settings";

/** Text on its way from a model into a piece: what may be shown of it, in the measure that the piece wants. */
export interface Growing {
  /** Takes what the model said, gives what can be shown. */
  push(chunk: string): string;
  /** The model is done, or was cut off; gives what can still be shown. */
  finish(complete: boolean): string;
  /** The words of the piece, as far as it was given out. */
  readonly words: number;
  /** Nothing more will be given out. */
  readonly full: boolean;
}

export interface ProseState {
  /** The text of the piece so far. */
  readonly text: string;
  readonly words: number;
  /** How many calls were made, and whether the last was cut off at a limit. */
  readonly calls: number;
  readonly cutOff: boolean;
}

/** What is to be asked of the model next; null where the piece is done. */
export type NextCall = (state: ProseState) => { request: WriteRequest; growing: Growing } | null;

export interface Prose {
  readonly text: string;
  readonly words: number;
  /** What failed; null where the piece is whole, and where the signal ended it. */
  readonly failure: WriterError | null;
}

/** Writes prose into a piece, call after call, until it is done, fails, or the signal ends. All of it is in the journal then. */
export async function writeProse(
  writer: Writer,
  journal: Journal,
  standing: { readonly text: string; readonly words: number },
  next: NextCall,
  signal: AbortSignal,
): Promise<Prose> {
  let { text, words } = standing;
  let cutOff = false;
  let full = false;
  const take = async (more: string, growing: Growing) => {
    if (more === "") return;
    text += more;
    words = growing.words;
    await journal.append(more, words);
  };
  try {
    for (let calls = 0; ; calls++) {
      const call = next({ text, words, calls, cutOff });
      if (call === null) break;
      const chunks = writer.write(call.request, { signal });
      for (;;) {
        const step = await attend(journal, chunks.next());
        if (step.done) {
          const { finishReason } = step.value;
          if (finishReason !== "stopped")
            await take(call.growing.finish(finishReason === "complete"), call.growing);
          cutOff = finishReason === "length";
          break;
        }
        await take(call.growing.push(step.value), call.growing);
        if (call.growing.full) {
          full = true;
          await chunks.return({ finishReason: "length" });
          await take(call.growing.finish(true), call.growing);
          break;
        }
      }
      await journal.flush();
      if (signal.aborted) return { text, words, failure: null };
    }
  } catch (error) {
    if (!(error instanceof WriterError)) throw error;
    await journal.flush();
    return { text, words, failure: signal.aborted ? null : error };
  }
  // A piece that was as long as it may be before needs nothing more, and is no failure.
  const empty = words === standing.words && !full;
  return { text, words, failure: empty ? new WriterError("empty") : null };
}

/** Waits for a model; meanwhile the journal gives signs of life and looks for a stop. */
export async function attend<T>(journal: Journal, step: Promise<T>): Promise<T> {
  // It may fail while the journal is busy; the failure is read below.
  step.catch(() => undefined);
  const { tickMs, flushMs } = studioSettings();
  for (;;) {
    const arrived = await within(step, Math.min(tickMs, flushMs));
    if (arrived !== null) return arrived.result;
    await journal.tick();
  }
}

/** The result of `step`, or null when `ms` have passed first. */
async function within<T>(step: Promise<T>, ms: number): Promise<{ result: T } | null> {
  let timer: NodeJS.Timeout | undefined;
  const later = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([step.then((result) => ({ result })), later]);
  } finally {
    clearTimeout(timer);
  }
}
