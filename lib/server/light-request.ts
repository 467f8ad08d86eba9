import type { IncomingMessage, ServerResponse } from "node:http";

/** Headers that only a proxy or this server itself may set; a client's own are dropped. */
const INTERNAL_HEADER = /^x-(penora-peer|middleware|invoke|matched-path|next-resume|now-route|vercel)/;
const FORWARDED_HEADER = /^(x-forwarded-|forwarded$|x-real-ip$)/;

/**
 * Removes what would be taken for the word of a proxy or of Next itself, and notes the socket's address.
 * Works on the message, so that Next and the doors see the same headers.
 */
export function cleanHeaders(message: IncomingMessage, trustsProxy: boolean): void {
  const raw: string[] = [];
  for (let i = 0; i < message.rawHeaders.length; i += 2) {
    const name = message.rawHeaders[i] as string;
    const lower = name.toLowerCase();
    if (INTERNAL_HEADER.test(lower) || (!trustsProxy && FORWARDED_HEADER.test(lower)))
      delete message.headers[lower];
    else raw.push(name, message.rawHeaders[i + 1] as string);
  }
  const peer = message.socket.remoteAddress ?? "unknown";
  message.headers["x-penora-peer"] = peer;
  raw.push("x-penora-peer", peer);
  message.rawHeaders = raw;
}

/** The headers as the web has them: every line kept, cookies joined as HTTP joins them. */
export function webHeaders(message: IncomingMessage): Headers {
  const headers = new Headers();
  const raw = message.rawHeaders;
  for (let i = 0; i < raw.length; i += 2) {
    const [name, value] = [raw[i] as string, raw[i + 1] as string];
    const earlier = name.length === 6 && name.toLowerCase() === "cookie" ? headers.get(name) : null;
    if (earlier !== null) headers.set(name, `${earlier}; ${value}`);
    else headers.append(name, value);
  }
  return headers;
}

/** Aborts when the client goes away before it has its whole answer. */
export function signalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  if (response.destroyed) controller.abort();
  else response.once("close", () => response.writableFinished || controller.abort());
  return controller.signal;
}

/**
 * A `Request` whose body has already arrived. Making a real one costs more than all the rest of a small answer, so this
 * one makes its parts when they are asked for, and a real one only for what is seldom wanted.
 */
export class LightRequest {
  readonly method: string;
  readonly url: string;
  #message: IncomingMessage;
  #response: ServerResponse;
  #bytes: Uint8Array<ArrayBuffer> | null;
  #used = false;
  #headers: Headers | undefined;
  #signal: AbortSignal | undefined;
  #whole: Request | undefined;

  constructor(
    url: string,
    message: IncomingMessage,
    response: ServerResponse,
    bytes: Uint8Array<ArrayBuffer> | null,
  ) {
    this.url = url;
    this.method = message.method ?? "GET";
    this.#message = message;
    this.#response = response;
    this.#bytes = bytes;
  }

  get headers(): Headers {
    return (this.#headers ??= webHeaders(this.#message));
  }

  get signal(): AbortSignal {
    return (this.#signal ??= signalOf(this.#response));
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#bytes === null ? null : this.#real().body;
  }

  get bodyUsed(): boolean {
    return this.#used || (this.#whole?.bodyUsed ?? false);
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = this.#take();
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#take();
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(this.#take());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  blob(): Promise<Blob> {
    return this.#real().blob();
  }

  formData(): Promise<FormData> {
    return this.#real().formData();
  }

  clone(): Request {
    return this.#real().clone();
  }

  #take(): Uint8Array<ArrayBuffer> {
    if (this.bodyUsed || this.#whole?.body?.locked) throw new TypeError("The body has been read already.");
    this.#used = this.#bytes !== null;
    return this.#bytes ?? new Uint8Array();
  }

  #real(): Request {
    if (this.#used) throw new TypeError("The body has been read already.");
    return (this.#whole ??= new Request(this.url, {
      method: this.method,
      headers: this.headers,
      signal: this.signal,
      body: this.#bytes,
    }));
  }
}

Object.setPrototypeOf(LightRequest.prototype, Request.prototype);
