import type { z } from "zod";
import type { ErrorCode } from "./errors";

export const SCOPES = [
  "credits:read",
  "credits:deduct",
  "credits:add",
  "workspace:read",
  "workspace:write",
  "users:write",
  "admin",
] as const;
export type Scope = (typeof SCOPES)[number];

/** What an answer can be written in. */
export type Format = "json" | "csv";

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

type Fields = z.ZodObject;

/**
 * A door's question and answer, declared once. The hallway parses with it, the pages' client is typed by it,
 * and the tests walk the list of them.
 */
export interface Operation<
  P extends Fields = Fields,
  Q extends Fields = Fields,
  B extends Fields = Fields,
  R extends z.ZodType = z.ZodType,
> {
  readonly id: string;
  readonly method: Method;
  /** With `{name}` for what varies: `/api/unified/project/{code}`. */
  readonly path: string;
  /** Other addresses of the same door. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  /**
   * Who may ask: an app with its key, a signed-in person, either of them (or a person whom a token in a header proves),
   * or anybody.
   */
  readonly auth: "key" | "session" | "either" | "open";
  /** What a key must be allowed; `any` means that every valid key will do. */
  readonly scope?: Scope | "any";
  /**
   * A browser token may ask too, for its own person, who then need not be named: as `Authorization: Bearer`, and with
   * `query` also as `token` in the query, for what can send no header.
   */
  readonly browserToken?: "header" | "query";
  /** The field that names the app in whose name a key acts. A key of an app may name only its own. */
  readonly appField?: "app_name" | "app_source";
  readonly params?: P;
  /** GET and DELETE ask with the query, */
  readonly query?: Q;
  /** POST and PATCH with a JSON body. */
  readonly body?: B;
  readonly response: R;
  /** `unified`: `success` and `timestamp` stand around the answer. `plain`: the answer is the whole body. */
  readonly envelope: "unified" | "plain";
  /**
   * `json`; `events` for a stream of events, each with `response` as its data; or `raw` where the room makes the whole
   * answer itself: a file or a stream.
   */
  readonly reply?: "json" | "raw" | "events";
  /** Where `Accept` may ask for another format than JSON: the first is the one that is meant where nothing is said. */
  readonly formats?: readonly [Format, ...Format[]];
  /** The effect is recorded under the idempotency key. Left out only where the answer carries a secret. */
  readonly recorded?: boolean;
  /** Asked by anybody, and work to answer: counted by address. */
  readonly limit?: "address";
  /** The field whose value makes a weak `ETag`. */
  readonly etag?: string;
  /** The same for everybody: anyone may keep the answer, under an `ETag` of all of it. */
  readonly shared?: boolean;
  /** The codes that it can answer with beside those that every door can. */
  readonly errors: readonly ErrorCode[];
}

type ParsedFields<F> = F extends z.ZodType ? z.output<F> : unknown;

/** What a room is given: path, query and body as one, parsed. */
export type InputOf<O extends Operation> = ParsedFields<O["params"]> &
  ParsedFields<O["query"]> &
  ParsedFields<O["body"]>;

/** What a room answers. */
export type OutputOf<O extends Operation> = z.input<O["response"]>;

/** Declares an operation, keeping its exact types. */
export function defineOperation<const O extends Operation>(operation: O): O {
  return operation;
}
