import type { BalanceEvent } from "@/lib/contract/live";
import { EventParser } from "@/lib/client/read-events";

/** Reads a stream of events from a test: what came, and what comes next. */
export class StreamReader {
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #parser = new EventParser();
  readonly #events: { id: string | null; data: BalanceEvent }[] = [];
  /** All that came, comments too. */
  raw = "";

  constructor(body: NonNullable<Response["body"]>) {
    this.#reader = body.pipeThrough(new TextDecoderStream()).getReader();
  }

  /** The next event, or null where the stream ends first. Comments are passed over. */
  async next(): Promise<{ id: string | null; data: BalanceEvent } | null> {
    for (;;) {
      const event = this.#events.shift();
      if (event !== undefined) return event;
      const chunk = await this.chunk();
      if (chunk === null) return null;
      this.#events.push(
        ...this.#parser.push(chunk).map(({ id, data }) => ({ id, data: JSON.parse(data) as BalanceEvent })),
      );
    }
  }

  /** The next events until one is as it should be; those before it may be left out by the server, never this one. */
  async until(isIt: (data: BalanceEvent) => boolean): Promise<BalanceEvent> {
    for (;;) {
      const event = await this.next();
      if (event === null) throw new Error(`The stream ended before that came: ${this.raw}`);
      if (isIt(event.data)) return event.data;
    }
  }

  /** What arrives next, as it is. Null at the end. */
  async chunk(): Promise<string | null> {
    const { done, value } = await this.#reader.read();
    if (done) return null;
    this.raw += value;
    return value;
  }

  /** Waits for the end, whatever comes before it. */
  async ended(): Promise<void> {
    while ((await this.chunk()) !== null);
  }

  async leave(): Promise<void> {
    await this.#reader.cancel();
  }
}
