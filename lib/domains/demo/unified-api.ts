import "server-only";
import type { DemoStep } from "@/lib/contract/demo";
import { env } from "@/lib/foundation/env";

type Fields = Record<string, unknown>;

const PATIENCE_MS = 15_000;
const LONGEST_SHOWN = 120;

/** A sibling app's client of the unified API. Keeps what went over the wire, for showing. */
export class UnifiedApi {
  readonly steps: DemoStep[] = [];

  constructor(private readonly key: string) {}

  get(title: string, endpoint: string, query: Record<string, string>): Promise<Fields> {
    return this.call(title, "GET", `${endpoint}?${new URLSearchParams(query)}`, null);
  }

  post(title: string, endpoint: string, body: Fields): Promise<Fields> {
    return this.call(title, "POST", endpoint, body);
  }

  private async call(
    title: string,
    method: "GET" | "POST",
    endpoint: string,
    body: Fields | null,
  ): Promise<Fields> {
    const path = `/api/unified/${endpoint}`;
    const answer = await fetch(ownAddress() + path, {
      method,
      headers: { "X-API-Key": this.key, "Content-Type": "application/json" },
      body: body === null ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: "no-store",
    });
    const response = (await answer.json()) as Fields;
    this.steps.push({
      title,
      method,
      path,
      request: body === null ? null : (shorten(body) as Fields),
      status: answer.status,
      response: shorten(response),
    });
    return response;
  }
}

/** Over the loopback, as the demo runs on this machine only: APP_URL may be a name that only browsers resolve. */
function ownAddress(): string {
  const { host, port } = env();
  const address = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${address.includes(":") ? `[${address}]` : address}:${port}`;
}

/** Long texts cut, so that a page can show them. */
function shorten(value: unknown): unknown {
  if (typeof value === "string" && value.length > LONGEST_SHOWN) {
    return `${value.slice(0, 48)}… (${value.length.toLocaleString("en-GB")} characters)`;
  }
  if (Array.isArray(value)) return value.map(shorten);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shorten(part)]));
}
