import "server-only";
import { WriterError } from "@/lib/ai/port";

/**
 * How long to wait for a model. The clock of the first chunk and between chunks runs only while we wait for
 * the model, never while the reader of our stream is busy.
 */
export interface Limits {
  firstChunkMs: number;
  betweenChunksMs: number;
  wholeMs: number;
}

export const DEFAULT_LIMITS: Limits = { firstChunkMs: 30_000, betweenChunksMs: 20_000, wholeMs: 300_000 };

/** One try's abort signal: it fires with the caller's, and when patience ends. */
export class Patience {
  readonly #controller = new AbortController();
  readonly #deadline: NodeJS.Timeout;
  readonly #onAbort = (): void => this.#controller.abort();
  #expired: WriterError | undefined;
  #heard = false;

  constructor(
    private readonly caller: AbortSignal,
    private readonly limits: Limits,
    deadlineAt: number,
  ) {
    caller.addEventListener("abort", this.#onAbort, { once: true });
    if (caller.aborted) this.#controller.abort();
    this.#deadline = setTimeout(() => this.#expire("the whole text"), Math.max(0, deadlineAt - Date.now()));
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The time-out that ended this try, if one did. */
  get expired(): WriterError | undefined {
    return this.#expired;
  }

  /** Waits for the model's next sign of life, or rejects as soon as the signal fires. */
  async next<T>(step: Promise<T>): Promise<T> {
    const ms = this.#heard ? this.limits.betweenChunksMs : this.limits.firstChunkMs;
    const timer = setTimeout(() => this.#expire(this.#heard ? "the next chunk" : "the first chunk"), ms);
    let onAbort = (): void => undefined;
    const ended = new Promise<never>((_, reject) => {
      onAbort = () => reject(this.#expired ?? new Error("aborted"));
      this.signal.addEventListener("abort", onAbort, { once: true });
      if (this.signal.aborted) onAbort();
    });
    try {
      return await Promise.race([step, ended]);
    } finally {
      clearTimeout(timer);
      this.signal.removeEventListener("abort", onAbort);
    }
  }

  /** From now on the limit between chunks holds. */
  heard(): void {
    this.#heard = true;
  }

  /** Ends the outside call, whatever its state, and lets go of the timers. */
  close(): void {
    clearTimeout(this.#deadline);
    this.caller.removeEventListener("abort", this.#onAbort);
    this.#controller.abort();
  }

  #expire(what: string): void {
    this.#expired ??= new WriterError("timeout", { detail: `waited for ${what}` });
    this.#controller.abort();
  }
}
