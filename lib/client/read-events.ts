import { ERRORS, type ErrorCode } from "@/lib/contract/errors";
import { PAGE_USER_HEADER } from "@/lib/contract/headers";
import { ApiError } from "./api-error";

export interface ReceivedEvent {
  readonly id: string | null;
  readonly event: string;
  /** As it was sent: JSON. */
  readonly data: string;
}

interface ReadOptions {
  /** The person the page was made for. */
  userId: string;
  /** The last event that is known already. */
  lastEventId: string;
  signal: AbortSignal;
  /** A line that says nothing for so long is dead, whatever the browser thinks. The server speaks every 15 seconds. */
  silenceMs?: number;
  /** The same until its first word, for a stream that begins with one. Left out: `silenceMs`. */
  firstWordMs?: number;
}

/**
 * Reads a stream of server-sent events until it ends. Unlike `EventSource` it tells why it was refused, and notices a
 * line that died without a word.
 * @throws ApiError; `unreachable` where the line broke. The reason of `signal` where that ended it.
 */
export async function* readEvents(url: string, options: ReadOptions): AsyncGenerator<ReceivedEvent, void> {
  const { signal, silenceMs = 40_000, firstWordMs = silenceMs } = options;
  const line = new AbortController();
  const leave = () => line.abort();
  signal.addEventListener("abort", leave, { once: true });
  if (signal.aborted) leave();
  // The browser may never hear that the line died, and would wait for the rest of it after the network is back.
  window.addEventListener("offline", leave);
  let silence = setTimeout(leave, firstWordMs);
  try {
    const response = await fetch(url, {
      headers: {
        Accept: "text/event-stream",
        "Last-Event-ID": options.lastEventId,
        [PAGE_USER_HEADER]: encodeURIComponent(options.userId),
      },
      cache: "no-store",
      credentials: "same-origin",
      signal: line.signal,
    });
    if (!response.ok || response.body === null) throw await refusal(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silence);
      silence = setTimeout(leave, silenceMs);
      yield* parser.push(value);
    }
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof ApiError) throw cause;
    throw new ApiError("unreachable", "Penora can’t be reached.", { status: 0, cause });
  } finally {
    clearTimeout(silence);
    signal.removeEventListener("abort", leave);
    window.removeEventListener("offline", leave);
    leave();
  }
}

/** Cuts what arrives into events, wherever the network cut it. */
export class EventParser {
  #rest = "";

  push(chunk: string): ReceivedEvent[] {
    const blocks = (this.#rest + chunk).replaceAll("\r\n", "\n").split("\n\n");
    this.#rest = blocks.pop() ?? "";
    return blocks.flatMap((block) => {
      const event = parseBlock(block);
      return event === null ? [] : [event];
    });
  }
}

/** Null for a comment, which only keeps the line open. */
function parseBlock(block: string): ReceivedEvent | null {
  let id: string | null = null;
  let event = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1).replace(/^ /, "");
    if (line.startsWith("id:")) id = value;
    else if (line.startsWith("event:")) event = value;
    else if (line.startsWith("data:")) data.push(value);
  }
  return data.length === 0 ? null : { id, event, data: data.join("\n") };
}

async function refusal(response: Response): Promise<ApiError> {
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  const { error, code, details } = answer;
  if (typeof error !== "string" || typeof code !== "string" || !(code in ERRORS))
    return new ApiError("unreachable", "Penora can’t be reached.", { status: response.status });
  return new ApiError(code as ErrorCode, error, { status: response.status, details, answer });
}
