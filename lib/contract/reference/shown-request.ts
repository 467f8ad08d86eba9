import { type Example, exampleOf, READER } from "../examples";
import type { Operation } from "../operation";

/** A request as the docs show it, before it is written in a language. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  /** Values that begin with `$` stand for a variable of the reader's environment. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly reply: "json" | "text" | "events";
}

/** The key of the reader's app, and the session of whoever is signed in: never written into a program. */
const KEY_VARIABLE = "$PENORA_API_KEY";
const SESSION_VARIABLE = "$PENORA_SESSION";

/** The request that asks `operation` as in `example`, of the server at `origin`. */
export function shownRequest(
  operation: Operation,
  origin: string,
  example: Example = exampleOf(operation.id, READER),
  idempotencyKey: string = READER.fresh,
): ShownRequest {
  const { params = {}, query = {}, body } = example;
  const path = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const search = new URLSearchParams(query).toString();
  return {
    method: operation.method,
    url: `${origin}${path}${search === "" ? "" : `?${search}`}`,
    headers: {
      ...whoAsks(operation, origin),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(operation.recorded === true ? { "Idempotency-Key": idempotencyKey } : {}),
    },
    ...(body === undefined ? {} : { body }),
    reply: REPLIES[operation.reply ?? "json"],
  };
}

function whoAsks({ auth, method }: Operation, origin: string): Record<string, string> {
  switch (auth) {
    case "key":
    case "either":
      return { "X-API-Key": KEY_VARIABLE };
    case "session":
      return { Cookie: SESSION_VARIABLE, ...(method === "GET" ? {} : { Origin: origin }) };
    case "open":
      return {};
  }
}

const REPLIES = { json: "json", raw: "text", events: "events" } as const;
