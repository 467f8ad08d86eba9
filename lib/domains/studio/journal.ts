import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { database, type Statement } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { GenerationRow } from "./generation-row";
import { APPEND_TEXT, BEAT, BEGIN_PIECE, LAST_SEQ } from "./runner-statements";
import { studioSettings } from "./studio-settings";
import { wakeFollowers } from "./wake-followers";

/** Another process has taken the generation over, or settled it: this runner has nothing to say any more. */
export class LeaseLost extends Error {
  constructor() {
    super("the lease of a generation was lost");
    this.name = "LeaseLost";
  }
}

interface Answer {
  last_seq: number;
  stop: boolean;
}

const RETRY_MS = 300;

/**
 * A runner's way to the database. Every event is one statement, numbered behind the last, so that it is written once
 * even where the database went away between doing it and saying so. Without the lease nothing is written.
 */
export class Journal {
  readonly #lease: readonly [user: string, id: string, runner: string];
  readonly #onStop: () => void;
  #seq: number;
  #nth = 0;
  #outbox = "";
  #words = 0;
  #lastText = 0;
  #lastSign = Date.now();

  constructor(generation: GenerationRow, runnerId: string, onStop: () => void) {
    this.#lease = [generation.user_id, generation.id, runnerId];
    this.#seq = generation.last_seq;
    this.#onStop = onStop;
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  async beginPiece(nth: number): Promise<void> {
    await this.#event(BEGIN_PIECE, [nth]);
    this.begun(nth, this.#seq);
  }

  /** A piece was begun with event `seq`, in a transaction of this process. */
  begun(nth: number, seq: number): void {
    this.#nth = nth;
    this.#lastText = Date.now();
    this.passed(seq);
  }

  /** Takes text of the page; it is written when there is enough of it. `words` is the count of the whole page. */
  async append(text: string, words: number): Promise<void> {
    this.#outbox += text;
    this.#words = words;
    if (Date.now() - this.#lastText >= studioSettings().flushMs) await this.flush();
  }

  /** Writes what was taken. */
  async flush(): Promise<void> {
    if (this.#outbox === "") return;
    const text = this.#outbox;
    this.#outbox = "";
    this.#lastText = Date.now();
    await this.#event(APPEND_TEXT, [this.#nth, text, this.#words]);
  }

  /** The model is silent: writes what waits, else gives a sign of life and looks for a stop. */
  async tick(): Promise<void> {
    if (Date.now() - this.#lastText >= studioSettings().flushMs && this.#outbox !== "") await this.flush();
    else if (Date.now() - this.#lastSign >= studioSettings().tickMs) await this.#beat();
  }

  /** The next event was written by somebody else in this process, in a transaction of theirs. */
  passed(seq: number): void {
    this.#seq = seq;
    this.#lastSign = Date.now();
    wakeFollowers(this.#lease[1]);
  }

  async #event(statement: Statement, values: readonly unknown[]): Promise<void> {
    const { leaseSeconds } = studioSettings();
    const all = [...this.#lease, leaseSeconds, this.#seq, ...values];
    const answer = await persist(async (again) => {
      const [row] = await database.query<Answer>(statement, all);
      return row ?? (again ? this.#writtenAfterAll() : undefined);
    });
    if (answer === undefined) throw new LeaseLost();
    this.passed(answer.last_seq);
    if (answer.stop) this.#onStop();
  }

  async #writtenAfterAll(): Promise<Answer | undefined> {
    const [row] = await database.query<Answer>(LAST_SEQ, this.#lease);
    return row?.last_seq === this.#seq + 1 ? row : undefined;
  }

  async #beat(): Promise<void> {
    const { leaseSeconds } = studioSettings();
    const [row] = await persist(() =>
      database.query<{ stop: boolean }>(BEAT, [...this.#lease, leaseSeconds]),
    );
    if (row === undefined) throw new LeaseLost();
    this.#lastSign = Date.now();
    if (row.stop) this.#onStop();
  }
}

/**
 * Does `work`, and again while the database can't be reached: the text so far is worth waiting for. Past the lease
 * somebody else may have settled, and it is given up. `work` is told when an earlier try may have had its effect.
 */
export async function persist<T>(work: (again: boolean) => Promise<T>): Promise<T> {
  const until = Date.now() + studioSettings().leaseSeconds * 1_000;
  for (let again = false; ; again = true) {
    try {
      return await work(again);
    } catch (error) {
      const passing = error instanceof AppError && error.code === "unavailable";
      if (!passing || Date.now() >= until) throw error;
      await sleep(RETRY_MS);
    }
  }
}
