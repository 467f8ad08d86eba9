import type { Format, InputOf, Operation, OutputOf } from "@/lib/contract/operation";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { metrics } from "@/lib/foundation/metrics";
import type { WithCookies } from "@/lib/foundation/with-cookies";
import { preferredFormat } from "./accept";
import { readJsonObject } from "./body";
import { identifyCaller, requireScope, settleApp, settlePerson } from "./caller";
import { allowCors } from "./cors";
import { idempotencyOf } from "./idempotency";
import { inTurn } from "./in-turn";
import { parseInput } from "./input";
import { peerOf } from "./peer";
import { addressLimiter } from "./rate-limit";
import { type EventStream, type FileReply, type RawReply, renderRaw } from "./raw-reply";
import { renderError, renderResult, requestIdOf } from "./reply";
import { sentKey } from "./sent-key";

/** What a door hands to its room. */
export interface Call<O extends Operation> {
  readonly caller: Caller;
  readonly input: InputOf<O>;
  /** Ends when the client goes away. */
  readonly signal: AbortSignal;
  readonly request: Request;
  /** What `Accept` prefers of the formats that the operation has. */
  readonly format: Format;
}

/** What a room may answer: the operation says which of them. */
export type Answer<O extends Operation> = O["reply"] extends "events"
  ? EventStream
  : O["reply"] extends "raw"
    ? RawReply
    : O["formats"] extends readonly Format[]
      ? OutputOf<O> | FileReply
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
    const begunAt = performance.now();
    const requestId = requestIdOf(request);
    let reply: Response;
    try {
      const call = await openCall(operation, request, context);
      const answer = await inTurn(call.caller.idempotency, async () => room(call));
      reply = isRaw(operation, answer)
        ? renderRaw(answer, requestId)
        : renderResult(operation, answer, request, requestId);
    } catch (error) {
      reply = renderError(error, request, requestId);
    }
    const { requests, requestSeconds } = metrics();
    requests.inc({ operation: operation.id, status: reply.status });
    requestSeconds.observe({ operation: operation.id }, (performance.now() - begunAt) / 1_000);
    if (operation.formats !== undefined) reply.headers.append("Vary", "Accept");
    return allowCors(request, reply);
  };
}

function isRaw(operation: Operation, answer: unknown): answer is RawReply {
  if (operation.reply === "raw" || operation.reply === "events") return true;
  return (
    operation.formats !== undefined && typeof answer === "object" && answer !== null && "filename" in answer
  );
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
  return new OpenCall(operation, { ...caller, idempotency }, input, request);
}

/** A class for its getter: few rooms ask for the signal, and making one costs more than parsing the question. */
class OpenCall<O extends Operation> implements Call<O> {
  constructor(
    private readonly operation: O,
    readonly caller: Caller,
    readonly input: InputOf<O>,
    readonly request: Request,
  ) {}

  get format(): Format {
    const { formats = ["json"] } = this.operation;
    return preferredFormat(this.request.headers.get("accept"), formats);
  }

  get signal(): AbortSignal {
    return this.request.signal;
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
