import type { IncomingMessage, ServerResponse } from "node:http";
import { LightRequest, signalOf, webHeaders } from "./light-request";
import { LightResponse } from "./light-response";

/** Up to here a body is read before the door is called; a larger one reaches it as a stream. */
const SMALL_BODY_BYTES = 1024 * 1024;
const LINGER_MS = 2_000;

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
  const headers: (string | number)[] = [];
  for (const [name, value] of answer.headers) headers.push(name, value);
  if (whole != null && !answer.headers.has("content-length")) {
    headers.push("content-length", typeof whole === "string" ? Buffer.byteLength(whole) : whole.byteLength);
  }
  if (response.destroyed) return cancel(answer, whole);

  // Node takes a flat list, though its types know only of pairs of strings.
  response.writeHead(answer.status, headers as unknown as string[]);
  if (message.method === "HEAD" || whole === null) response.end();
  else if (whole !== undefined && message.complete) response.end(whole);
  else if (whole !== undefined) await endBehindUpload(whole, message, response);
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
 * The refusal of a large upload. Hanging up on a client that is still sending, or telling it that we shall, would take
 * the answer from it: it is let finish, for a while.
 */
async function endBehindUpload(
  whole: string | Uint8Array,
  message: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.write(whole);
  if (!message.destroyed) {
    await new Promise<void>((resolve) => {
      setTimeout(resolve, LINGER_MS).unref();
      message.once("end", resolve).once("close", resolve).resume();
    });
  }
  response.end();
  if (!message.complete) message.destroy();
}
