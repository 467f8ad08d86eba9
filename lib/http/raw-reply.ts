import { baseHeaders } from "./reply";

/** A file to download. Never shown by the browser, whatever is in it. */
export interface FileReply {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** Text for a program, in a format of its own. */
export interface TextReply {
  readonly contentType: string;
  readonly text: string;
}

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

export type RawReply = FileReply | TextReply | EventStream;

export function renderRaw(answer: RawReply, requestId: string): Response {
  if ("events" in answer) return renderEvents(answer, requestId);
  return "text" in answer ? renderText(answer, requestId) : renderFile(answer, requestId);
}

function renderText({ contentType, text }: TextReply, requestId: string): Response {
  return new Response(text, { headers: { ...baseHeaders(requestId), "Content-Type": contentType } });
}

function renderFile(file: FileReply, requestId: string): Response {
  const plain = file.filename.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return new Response(file.content, {
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
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await iterator.next();
        if (next.done === true) controller.close();
        else controller.enqueue(encoder.encode(formatEvent(next.value)));
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      ...baseHeaders(requestId),
      "Content-Type": "text/event-stream; charset=utf-8",
      // Proxies must neither keep nor compress nor collect what should arrive at once.
      "Cache-Control": "no-cache, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
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
