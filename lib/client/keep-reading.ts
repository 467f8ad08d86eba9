import { ApiError } from "./api-error";
import { readEvents, type ReceivedEvent } from "./read-events";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** How a page hears of what it follows: all is well, the line is broken and tried again, or it was refused for good. */
export type Line = "live" | "lost" | ApiError;

export interface KeepReadingOptions {
  readonly userId: string;
  /** The last event that is known, asked anew whenever the line is taken up. */
  readonly lastEventId: () => number;
  /** Nothing more is to be expected. */
  readonly isOver: () => boolean;
  readonly onEvent: (event: ReceivedEvent) => void;
  readonly onLine: (line: Line) => void;
  readonly signal: AbortSignal;
}

/** Reads a stream of events to its end, however often the line breaks; each time from behind what is known. */
export async function keepReading(url: string, options: KeepReadingOptions): Promise<void> {
  const { userId, lastEventId, isOver, onEvent, onLine, signal } = options;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted && !isOver()) {
    try {
      for await (const event of readEvents(url, { userId, lastEventId: String(lastEventId()), signal })) {
        pause = FIRST_PAUSE_MS;
        onLine("live");
        onEvent(event);
      }
    } catch (error) {
      if (signal.aborted) return;
      const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
      onLine(refused ? error : "lost");
      if (refused) return;
    }
    if (isOver()) return;
    await rest(pause, signal);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  }
}

/** A pause that ends early when the network is back. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
