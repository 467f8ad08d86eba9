import type { InputOf, Operation, OutputOf } from "@/lib/contract/operation";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { metrics } from "@/lib/foundation/metrics";
import type { WithCookies } from "@/lib/foundation/with-cookies";
import { readJsonObject } from "./body";
import { identifyCaller, requireScope, settleApp, settlePerson } from "./caller";
import { allowCors } from "./cors";
import { idempotencyOf } from "./idempotency";
import { inTurn } from "./in-turn";
import { parseInput } from "./input";
import { peerOf } from "./peer";
import { addressLimiter } from "./rate-limit";
import { type EventStream, type RawReply, renderRaw } from "./raw-reply";
import { renderError, renderResult, requestIdOf } from "./reply";
import { sentKey } from "./sent-key";

/** What a door hands to its room. */
export interface Call<O extends Operation> {
  readonly caller: Caller;
  readonly input: InputOf<O>;
  /** Ends when the client goes away. */
  readonly signal: AbortSignal;
  readonly request: Request;
}

/** What a room may answer: the operation says which of them. */
export type Answer<O extends Operation> = O["reply"] extends "events"
  ? EventStream
  : O["reply"] extends "raw"
    ? RawReply
    : O["recorded"] extends true
      ? Recorded<OutputOf<O>>
      : OutputOf<O> | WithCookies<OutputOf<O>>;

export interface DoorContext {
  readonly params: Promise<Record<string, string | string[] | undefined>>;
}

export type Door = (request: Request, context: DoorContext) => Promise<Response>;

/**
 * The one hallway: who is asking → limit → parse → call → parse the answer → reply.
 * Takes a web `Request` and gives a web `Response`, so that Next and a plain Node server mount the same doors.
 */
export function route<const O extends Operation>(
  operation: O,
  room: (call: Call<O>) => Promise<Answer<O>> | Answer<O>,
): Door {
  return async (request, context) => {
    const begun = performance.now();
    const reply = await answerOf(operation, room, request, context);
    const { requests, requestSeconds } = metrics();
    requests.inc({ operation: operation.id, status: reply.status });
    requestSeconds.observe({ operation: operation.id }, (performance.now() - begun) / 1_000);
    return allowCors(request, reply);
  };
}

async function answerOf<O extends Operation>(
  operation: O,
  room: (call: Call<O>) => Promise<Answer<O>> | Answer<O>,
  request: Request,
  context: DoorContext,
): Promise<Response> {
  const requestId = requestIdOf(request);
  try {
    const call = await openCall(operation, request, context);
    const answer = await inTurn(call.caller.idempotency, async () => room(call));
    return operation.reply === "raw" || operation.reply === "events"
      ? renderRaw(answer as RawReply, requestId)
      : renderResult(operation, answer, request, requestId);
  } catch (error) {
    return renderError(error, request, requestId);
  }
}

async function openCall<O extends Operation>(
  operation: O,
  request: Request,
  context: DoorContext,
): Promise<Call<O>> {
  const url = new URL(request.url);
  const readBody = once(() => readJsonObject(request));
  const identified = await identifyCaller(operation, request, url.searchParams, readBody);
  requireScope(identified, operation.scope);
  if (operation.limit === "address") addressLimiter.take(peerOf(request));
  // `?app=&limit=` is how a form says that nothing was chosen.
  const query = Object.fromEntries([...url.searchParams].filter(([, value]) => value !== ""));
  const body = operation.body === undefined ? {} : await readBody();
  // The body was not known when the key was looked for: it may hold a second, different one.
  if (operation.auth === "key") sentKey(request, url.searchParams, body);
  const caller = settleApp(identified, operation.appField, operation.body === undefined ? query : body);
  settlePerson(caller, query);
  const params = operation.params === undefined ? {} : await context.params;
  const input = parseInput(operation, { params, query, body });
  const idempotency = idempotencyOf(operation, request, url.pathname, body, input, identified);
  return new OpenCall({ ...caller, idempotency }, input, request);
}

/** A class for its getter: few rooms ask for the signal, and making one costs more than parsing the question. */
class OpenCall<O extends Operation> implements Call<O> {
  constructor(
    readonly caller: Caller,
    readonly input: InputOf<O>,
    readonly request: Request,
  ) {}

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
