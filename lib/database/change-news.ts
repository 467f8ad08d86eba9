import "server-only";
import { randomUUID } from "node:crypto";
import { logger } from "@/lib/foundation/logger";

/** What a process calls when it has changed people, and what those who listen hear. */
export const CHANGE_CHANNEL = "penora_changes";

/** At most one message in so many milliseconds, with everybody who changed meanwhile. */
const PAUSE_MS = 50;
/** PostgreSQL takes less than 8,000 bytes in one message. */
const MAX_PAYLOAD_BYTES = 7_900;

type Hear = (people: readonly string[]) => void;

/**
 * Who changed, told after the COMMIT: to this process at once, to the others by `send`, at most every 50 ms. A message
 * that is lost is no harm: whoever must know looks for themselves every few seconds.
 */
export class ChangeNews {
  /** Names this process, which has heard its own news already. */
  readonly #sender = randomUUID();
  readonly #send: (payloads: string[]) => Promise<unknown>;
  readonly #listeners = new Set<Hear>();
  #untold = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;
  #lastSent = -Infinity;

  constructor(send: (payloads: string[]) => Promise<unknown>) {
    this.#send = send;
  }

  /** Calls `hear` with everybody whom this process changes. Answers how to stop that. */
  listen(hear: Hear): () => void {
    this.#listeners.add(hear);
    return () => void this.#listeners.delete(hear);
  }

  /** These people were changed, and it is committed. */
  tell(people: readonly string[]): void {
    if (people.length === 0) return;
    for (const hear of this.#listeners) hear(people);
    for (const person of people) this.#untold.add(person);
    this.#schedule();
  }

  /** Sends what was not sent yet, and waits for it. */
  async flush(): Promise<void> {
    while (this.#sending !== undefined || this.#untold.size > 0) {
      if (this.#sending === undefined) this.#begin();
      await this.#sending;
    }
  }

  /** Sends a message that names nobody: who hears it can hear. */
  async sendNothing(): Promise<void> {
    await this.#send([JSON.stringify([this.#sender])]);
  }

  /** Who changed, as a message says it, and whether this very process sent it. Null where it is no message of ours. */
  read(payload: string): { own: boolean; people: string[] } | null {
    try {
      const [sender, ...people] = JSON.parse(payload) as string[]; // checked below
      if (![sender, ...people].every((part) => typeof part === "string")) return null;
      return { own: sender === this.#sender, people };
    } catch {
      return null;
    }
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#sending !== undefined) return;
    const wait = Math.max(0, this.#lastSent + PAUSE_MS - performance.now());
    this.#timer = setTimeout(() => this.#begin(), wait).unref();
  }

  #begin(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const people = this.#untold;
    this.#untold = new Set();
    this.#lastSent = performance.now();
    this.#sending = this.#send(messagesOf(this.#sender, people))
      .catch((error: unknown) => {
        logger().warn({ err: error, people: people.size }, "other processes could not be told of changes");
      })
      .then(() => {
        this.#sending = undefined;
        if (this.#untold.size > 0) this.#schedule();
      });
  }
}

/** As few messages as hold everybody. */
function messagesOf(sender: string, people: Iterable<string>): string[] {
  const messages: string[] = [];
  let parts = [JSON.stringify(sender)];
  let bytes = 0;
  for (const person of people) {
    const part = JSON.stringify(person);
    const size = Buffer.byteLength(part) + 1;
    if (bytes + size > MAX_PAYLOAD_BYTES - 64 && parts.length > 1) {
      messages.push(`[${parts.join(",")}]`);
      parts = [JSON.stringify(sender)];
      bytes = 0;
    }
    parts.push(part);
    bytes += size;
  }
  messages.push(`[${parts.join(",")}]`);
  return messages;
}
