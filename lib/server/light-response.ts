const NativeResponse = globalThis.Response;

const NO_BODY = new Set([101, 103, 204, 205, 304]);

/**
 * A `Response` for answers that are there as a whole: text, bytes or nothing. The doors' bundle uses it in the place of
 * the global one, whose making costs several times as much; anything else is left to the global one.
 */
export class LightResponse {
  readonly status: number;
  readonly statusText: string;
  readonly type = "default";
  readonly url = "";
  readonly redirected = false;
  #body: string | Uint8Array<ArrayBuffer> | null;
  #whole: Response | undefined;
  /** Names and values as they were given, until somebody asks for them as `Headers`. */
  #given: Readonly<Record<string, string>> | undefined;
  #headers: Headers | undefined;

  constructor(body?: BodyInit | null, init: ResponseInit = {}) {
    this.status = init.status ?? 200;
    if (!Number.isInteger(this.status) || this.status < 200 || this.status > 599) {
      throw new RangeError(`${this.status} is no status of an answer.`);
    }
    if (body != null && NO_BODY.has(this.status))
      throw new TypeError(`An answer with ${this.status} has no body.`);
    this.statusText = init.statusText ?? "";
    if (body == null || typeof body === "string" || body instanceof Uint8Array) {
      if (hasContentType(init.headers)) this.#given = init.headers;
      else {
        this.#headers = new Headers(init.headers);
        if (typeof body === "string" && !this.#headers.has("content-type")) {
          this.#headers.set("content-type", "text/plain;charset=UTF-8");
        }
      }
      this.#body = (body ?? null) as string | Uint8Array<ArrayBuffer> | null;
    } else {
      this.#whole = new NativeResponse(body, init);
      this.#headers = this.#whole.headers;
      this.#body = null;
    }
  }

  static json(data: unknown, init: ResponseInit = {}): LightResponse {
    const headers = new Headers(init.headers);
    if (!headers.has("content-type")) headers.set("content-type", "application/json");
    return new LightResponse(JSON.stringify(data), { ...init, headers });
  }

  static redirect(url: string | URL, status = 302): Response {
    return NativeResponse.redirect(url, status);
  }

  static error(): Response {
    return NativeResponse.error();
  }

  get headers(): Headers {
    return (this.#headers ??= new Headers(this.#given));
  }

  /** The headers as Node writes them: name, value, name, value. */
  get lines(): string[] {
    if (this.#headers === undefined) return Object.entries(this.#given ?? {}).flat();
    return [...this.#headers].flat();
  }

  /** The body where it is there as a whole, undefined where it is a stream or has been taken. */
  get whole(): string | Uint8Array | null | undefined {
    return this.#whole === undefined ? this.#body : undefined;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get body(): ReadableStream<Uint8Array<ArrayBuffer>> | null {
    return this.#real().body;
  }

  get bodyUsed(): boolean {
    return this.#whole?.bodyUsed ?? false;
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.#real().arrayBuffer();
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return this.#real().bytes();
  }

  text(): Promise<string> {
    return this.#real().text();
  }

  json(): Promise<unknown> {
    return this.#real().json() as Promise<unknown>;
  }

  blob(): Promise<Blob> {
    return this.#real().blob();
  }

  formData(): Promise<FormData> {
    return this.#real().formData();
  }

  clone(): Response {
    return this.#real().clone();
  }

  #real(): Response {
    return (this.#whole ??= new NativeResponse(this.#body, {
      status: this.status,
      statusText: this.statusText,
      headers: this.headers,
    }));
  }
}

/** True of a plain object that names the type of the body itself. */
function hasContentType(headers: HeadersInit | undefined): headers is Record<string, string> {
  return headers !== undefined && Object.hasOwn(headers, "Content-Type");
}

// A door may be asked for what the platform calls a Response, and gets true for either kind.
Object.setPrototypeOf(LightResponse.prototype, NativeResponse.prototype);

export { LightResponse as Response };
