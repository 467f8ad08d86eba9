import { baseHeaders } from "./reply";

/** A file to download. Never shown by the browser, whatever is in it. */
export interface FileReply {
  readonly filename: string;
  readonly contentType: string;
  /** Whole, or in pieces that are made when the client takes them, and no more when it goes away. */
  readonly content: string | Uint8Array<ArrayBuffer> | AsyncIterable<Uint8Array<ArrayBuffer> | string>;
}

/** Text for a program, in a format of its own. */
export interface TextReply {
  readonly contentType: string;
  readonly text: string;
}

/** A picture for an image of a page: its bytes, or where it lies. */
export type PictureReply =
  | { readonly picture: Uint8Array<ArrayBuffer>; readonly contentType: `image/${string}` }
  | { readonly pictureAt: string };

export interface ServerEvent {
  readonly id?: string;
  readonly event?: string;
  /** Sent as JSON. Left out for a comment that only keeps the connection open. */
  readonly data?: unknown;
}

/** A stream of server-sent events. */
export interface EventStream {
  readonly events: AsyncIterable<ServerEvent>;
}

export type RawReply = FileReply | TextReply | EventStream | PictureReply;

export function renderRaw(answer: RawReply, requestId: string): Response {
  if ("events" in answer) return renderEvents(answer, requestId);
  if ("content" in answer) return renderFile(answer, requestId);
  return "text" in answer ? renderText(answer, requestId) : renderPicture(answer, requestId);
}

function renderText({ contentType, text }: TextReply, requestId: string): Response {
  return new Response(text, { headers: { ...baseHeaders(requestId), "Content-Type": contentType } });
}

function renderPicture(answer: PictureReply, requestId: string): Response {
  const headers = { ...baseHeaders(requestId), "Content-Security-Policy": "sandbox; default-src 'none'" };
  if ("pictureAt" in answer)
    return new Response(null, { status: 307, headers: { ...headers, Location: answer.pictureAt } });
  return new Response(answer.picture, { headers: { ...headers, "Content-Type": answer.contentType } });
}

function renderFile(file: FileReply, requestId: string): Response {
  const plain = file.filename.replace(/[^\x20-\x7e]|["\\]/g, "_");
  const { content } = file;
  const isWhole = typeof content === "string" || content instanceof Uint8Array;
  return new Response(isWhole ? content : streamOf(content, (piece) => piece), {
    headers: {
      ...baseHeaders(requestId),
      "Content-Type": file.contentType,
      "Content-Disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeRfc5987(file.filename)}`,
      "Content-Security-Policy": "sandbox; default-src 'none'",
    },
  });
}

function encodeRfc5987(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function renderEvents({ events }: EventStream, requestId: string): Response {
  return new Response(streamOf(events, formatEvent), {
    headers: {
      ...baseHeaders(requestId),
      "Content-Type": "text/event-stream; charset=utf-8",
      // Proxies must neither keep nor compress nor collect what should arrive at once.
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

/** Asks for the next piece only when the one before was taken, and lets the source know when nobody listens any more. */
function streamOf<T>(
  source: AsyncIterable<T>,
  format: (piece: T) => string | Uint8Array,
): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next();
          if (next.done === true) return controller.close();
          const piece = format(next.value);
          controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
        } catch (error) {
          controller.error(error);
        }
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

function formatEvent({ id, event, data }: ServerEvent): string {
  if (data === undefined) return ": still here\n\n";
  const lines = [
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(event === undefined ? [] : [`event: ${event}`]),
    `data: ${JSON.stringify(data)}`,
  ];
  return `${lines.join("\n")}\n\n`;
}
