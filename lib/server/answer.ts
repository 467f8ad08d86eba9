import type { IncomingMessage, ServerResponse } from "node:http";
import { LightRequest, signalOf, webHeaders } from "./light-request";
import { LightResponse } from "./light-response";

/** Up to here a body is read before the door is called; a larger one reaches it as a stream. */
const SMALL_BODY_BYTES = 1024 * 1024;
/** So long a client that is refused may go on sending, before it is hung up on. */
const UPLOAD_GRACE_MS = 10_000;

/** Streams of events, which end only when somebody leaves. */
export const endless = new WeakSet<ServerResponse>();

/** The request as the web has it, its body read already where it is small. Null when the client went away meanwhile. */
export async function toWebRequest(
  url: string,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<Request | null> {
  const length = Number(message.headers["content-length"] ?? 0);
  const hasBody = length > 0 || message.headers["transfer-encoding"] !== undefined;
  const bodiless = message.method === "GET" || message.method === "HEAD";
  // The prototype is Request's, and every member is there: a door can't tell the difference.
  const light = (bytes: Uint8Array<ArrayBuffer> | null) =>
    new LightRequest(url, message, response, bytes) as unknown as Request;
  if (!hasBody || bodiless) return light(null);
  if (message.headers["transfer-encoding"] === undefined && length <= SMALL_BODY_BYTES) {
    const bytes = await readAll(message, length);
    return bytes && light(bytes);
  }
  return new Request(url, {
    method: message.method,
    headers: webHeaders(message),
    signal: signalOf(response),
    body: streamOf(message),
    duplex: "half",
  } as RequestInit);
}

/** Takes nothing from the message until it is asked to, and leaves it whole where it is read no further. */
function streamOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  let chunks: AsyncIterator<Uint8Array> | undefined;
  return new ReadableStream(
    {
      async pull(controller) {
        chunks ??= message.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      async cancel() {
        await chunks?.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

function readAll(message: IncomingMessage, length: number): Promise<Uint8Array<ArrayBuffer> | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.once("end", () => {
      const only = chunks.length === 1 ? chunks[0] : undefined;
      resolve((only ?? Buffer.concat(chunks, length)) as Uint8Array<ArrayBuffer>);
    });
    message.once("error", () => resolve(null));
    message.once("close", () => message.complete || resolve(null));
  });
}

/** Writes the answer, no faster than the client takes it. */
export async function sendWebResponse(
  answer: Response,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const whole = answer instanceof LightResponse ? answer.whole : undefined;
  const headers = answer instanceof LightResponse ? answer.lines : [...answer.headers].flat();
  if (whole != null && !headers.some((part, i) => i % 2 === 0 && part.toLowerCase() === "content-length")) {
    const length = typeof whole === "string" ? Buffer.byteLength(whole) : whole.byteLength;
    headers.push("content-length", String(length));
  }
  if (!message.complete && !message.destroyed) await letBy(message);
  if (!message.complete) headers.push("connection", "close");
  if (response.destroyed) return cancel(answer, whole);

  response.writeHead(answer.status, headers);
  if (message.method === "HEAD" || whole === null) response.end();
  else if (whole !== undefined) response.end(whole);
  else await pump(answer, response);
  if (message.method === "HEAD") await cancel(answer, whole);
}

async function pump(answer: Response, response: ServerResponse): Promise<void> {
  const reader = answer.body?.getReader();
  if (!reader) return void response.end();
  if (answer.headers.get("content-type")?.startsWith("text/event-stream")) endless.add(response);
  // Ends the read that is under way, and tells the source that nobody listens any more.
  response.once("close", () => void reader.cancel().catch(() => {}));
  response.flushHeaders();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return void response.end();
      if (!response.write(value)) await drained(response);
    }
  } catch {
    // The head is out: all that can still be said is that the answer broke off.
    response.destroy();
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      response.off("drain", go).off("close", go);
      resolve();
    };
    if (response.destroyed) resolve();
    else response.once("drain", go).once("close", go);
  });
}

async function cancel(answer: Response, whole: unknown): Promise<void> {
  if (whole === undefined) await answer.body?.cancel().catch(() => {});
}

/**
 * Lets the rest of a refused upload come in, unread: a client that is hung up on while it sends never sees the answer.
 */
function letBy(message: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, UPLOAD_GRACE_MS);
    const done = () => {
      clearTimeout(timer);
      resolve();
    };
    message.once("end", done).once("close", done).resume();
  });
}
