import "server-only";
import type { BalanceEvent } from "@/lib/contract/live";
import type { BalanceState } from "./read-balances";

/** Proxies hang up on a line that says nothing. */
export const COMMENT_MS = 15_000;

/** By what right somebody follows. The stream ends with it. */
export interface Access {
  readonly sessionId: string | null;
  readonly keyId: string | null;
  readonly expiresAt: Date | null;
  /** What moved last is told too: not to a browser token, which reads what is there and nothing else. */
  readonly seesTransactions: boolean;
}

/** An event of the stream; one without data only keeps the line open. */
export interface LiveEvent {
  readonly id?: string;
  readonly event?: "balance";
  readonly data?: BalanceEvent;
}

/** One person as all streams see them who follow them in this process. */
export interface Topic {
  readonly userId: string;
  /** The newest state that was read; undefined until the first reading. */
  state: BalanceState | undefined;
  readonly streams: Set<BalanceStream>;
}

/**
 * One follower's line. It keeps no queue: whoever reads slowly gets, when they read, what is there then. So what it holds
 * is the number of the version that it gave out last.
 */
export class BalanceStream implements AsyncIterableIterator<LiveEvent> {
  readonly #topic: Topic;
  readonly access: Access;
  readonly #leave: (stream: BalanceStream) => void;
  #seen: number | null;
  /** Never yet: a line that has nothing new to say begins with a comment, so that it is known to be open. */
  #spokeAt = -Infinity;
  #waiting: ((result: IteratorResult<LiveEvent>) => void) | undefined;
  #ended = false;

  constructor(topic: Topic, access: Access, seen: number | null, leave: (stream: BalanceStream) => void) {
    this.#topic = topic;
    this.access = access;
    this.#seen = seen;
    this.#leave = leave;
  }

  get userId(): string {
    return this.#topic.userId;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<LiveEvent>> {
    const event = this.#take();
    if (event !== null) return Promise.resolve({ done: false, value: event });
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => (this.#waiting = resolve));
  }

  /** The reader went away. */
  return(): Promise<IteratorResult<LiveEvent>> {
    this.end();
    return Promise.resolve({ done: true, value: undefined });
  }

  /** Something may have changed, or time has passed: gives a waiting reader what there is. */
  nudge(): void {
    if (this.#waiting === undefined) return this.#endIfOver();
    const event = this.#take();
    if (event === null) return;
    const give = this.#waiting;
    this.#waiting = undefined;
    give({ done: false, value: event });
  }

  /** The stream is over: by what right it was followed is gone, or whoever read it. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#leave(this);
    this.#waiting?.({ done: true, value: undefined });
    this.#waiting = undefined;
  }

  #endIfOver(): void {
    const { expiresAt } = this.access;
    if (expiresAt !== null && Date.now() >= expiresAt.getTime()) this.end();
  }

  #take(): LiveEvent | null {
    this.#endIfOver();
    const { state } = this.#topic;
    if (this.#ended || state === undefined) return null;
    const { balance, moved } = state;
    const seen = this.#seen;
    if (balance.user_version !== seen) {
      this.#seen = balance.user_version;
      this.#spokeAt = performance.now();
      const news = this.access.seesTransactions && seen !== null && moved !== null && moved.version > seen;
      const data = news ? { ...balance, transaction: moved.transaction } : balance;
      return { id: String(balance.user_version), event: "balance", data };
    }
    if (performance.now() - this.#spokeAt < COMMENT_MS) return null;
    this.#spokeAt = performance.now();
    return {};
  }
}
