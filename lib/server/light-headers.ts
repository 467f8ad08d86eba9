import type { IncomingMessage } from "node:http";

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

/**
 * `Headers` of a request that is read by name, which is all that a door ever does: looked up where Node left them.
 * Whatever else is asked of them is asked of real ones, which are then made.
 */
export class LightHeaders implements Pick<Headers, "get" | "has"> {
  #message: IncomingMessage;
  #whole: Headers | undefined;

  constructor(message: IncomingMessage) {
    this.#message = message;
  }

  get(name: string): string | null {
    if (this.#whole !== undefined) return this.#whole.get(name);
    const wanted = name.toLowerCase();
    const raw = this.#message.rawHeaders;
    let value: string | null = null;
    for (let i = 0; i < raw.length; i += 2) {
      const given = raw[i] as string;
      if (given.length !== wanted.length || given.toLowerCase() !== wanted) continue;
      const line = raw[i + 1] as string;
      value = value === null ? line : `${value}${wanted === "cookie" ? ";" : ","} ${line}`;
    }
    return value;
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  real(): Headers {
    return (this.#whole ??= webHeaders(this.#message));
  }
}

Object.setPrototypeOf(LightHeaders.prototype, Headers.prototype);
for (const name of [
  "append",
  "delete",
  "entries",
  "forEach",
  "getSetCookie",
  "keys",
  "set",
  "values",
] as const) {
  Object.defineProperty(LightHeaders.prototype, name, {
    value(this: LightHeaders, ...given: never[]) {
      return (this.real()[name] as (...given: never[]) => unknown).apply(this.real(), given);
    },
  });
}
Object.defineProperty(LightHeaders.prototype, Symbol.iterator, {
  value(this: LightHeaders) {
    return this.real()[Symbol.iterator]();
  },
});
