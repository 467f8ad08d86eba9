import type { Door } from "@/lib/http/route";
import { TEST_ENVIRONMENT } from "./environment";

interface Ask {
  method?: string;
  /** Path and query. */
  path: string;
  /** Left out: the root key. Null: none. */
  key?: string | null;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  headers?: Record<string, string>;
  params?: Record<string, string>;
}

export interface Told {
  status: number;
  headers: Headers;
  // The shape is what the test is about; the hallway has parsed it with the operation's schema already.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  json: any;
}

/** Calls a door with a web `Request`, as Next and the Node server do. */
export async function callDoor(door: Door, ask: Ask): Promise<Told> {
  const key = ask.key === undefined ? TEST_ENVIRONMENT.PENORA_API_KEY : ask.key;
  const body = ask.body === undefined || typeof ask.body === "string" ? ask.body : JSON.stringify(ask.body);
  const request = new Request(`http://localhost:3000${ask.path}`, {
    method: ask.method ?? (body === undefined ? "GET" : "POST"),
    headers: {
      ...(key === null ? {} : { "X-API-Key": key }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...ask.headers,
    },
    body: body ?? null,
  });
  const reply = await door(request, { params: Promise.resolve(ask.params ?? {}) });
  const text = await reply.text();
  return {
    status: reply.status,
    headers: reply.headers,
    json: text === "" ? null : (JSON.parse(text) as unknown),
  };
}
