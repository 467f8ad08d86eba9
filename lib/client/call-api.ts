import type { z } from "zod";
import { ERRORS, type ErrorCode } from "@/lib/contract/errors";
import { PAGE_USER_HEADER } from "@/lib/contract/headers";
import type { Operation } from "@/lib/contract/operation";
import { ApiError } from "./api-error";

/** An object without fields is typed as one that may have none, which nothing can be joined with. */
type Joinable<T> = T extends Record<string, never> ? unknown : T;
type Asked<F> = F extends z.ZodType ? Joinable<z.input<F>> : unknown;

/** What a caller sends: path, query and body as one object, as the operation declares them. */
export type AskOf<O extends Operation> = Asked<O["params"]> & Asked<O["query"]> & Asked<O["body"]>;

/** What comes back. */
export type AnswerOf<O extends Operation> = z.output<O["response"]>;

export interface CallOptions {
  /** The person the page was made for: under another's session nothing happens (`session_changed`). Null: a guest. */
  userId: string | null;
  signal?: AbortSignal;
  /** For a try of an earlier call that was not answered; else each call has a key of its own. */
  idempotencyKey?: string;
  /** Goes on when the page is left; browsers carry at most 64 kB that way. */
  keepalive?: boolean;
}

const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Calls a door of the pages. What can be repeated without harm — a read, or a change that is recorded under its
 * idempotency key — is tried again with the same key where no answer comes, the service is away, or the first try is
 * still under way; a few times, with growing pauses.
 * @throws ApiError; the reason of `signal` where that ended it.
 */
export async function callApi<O extends Operation>(
  operation: O,
  ask: AskOf<O>,
  options: CallOptions,
): Promise<AnswerOf<O>> {
  const { url, init } = makeRequest(operation, ask, options);
  const repeatable = operation.method === "GET" || operation.recorded === true;
  for (let attempt = 1; ; attempt++) {
    const result = await tryOnce(url, init, options.signal);
    if (!(result.failure instanceof ApiError)) return result.answer as AnswerOf<O>; // the server's answers are held to it
    if (!repeatable || attempt === ATTEMPTS || !mayPass(result.failure)) throw result.failure;
    const pause = Math.max(FIRST_PAUSE_MS * 2 ** (attempt - 1), result.retryAfterMs);
    await rest(Math.min(pause, LONGEST_PAUSE_MS), options.signal);
  }
}

/** A name for one change, by which its repeats are known. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function makeRequest(operation: Operation, ask: unknown, options: CallOptions) {
  const rest = { ...(ask as Record<string, string | number | boolean | object | null | undefined>) }; // what JSON can say
  let url = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(value as string | number); // a part of a path is nothing else
  });
  const headers: Record<string, string> = {
    Accept: "application/json",
    "Content-Type": "application/json",
  };
  if (options.userId !== null) headers[PAGE_USER_HEADER] = encodeURIComponent(options.userId);
  if (operation.recorded === true) headers["Idempotency-Key"] = options.idempotencyKey ?? newIdempotencyKey();
  const init: RequestInit = {
    method: operation.method,
    headers,
    credentials: "same-origin",
    cache: "no-store",
    keepalive: options.keepalive ?? false,
  };
  if (operation.method === "POST" || operation.method === "PATCH") init.body = JSON.stringify(rest);
  else {
    const query = Object.entries(rest).flatMap(([name, value]) =>
      value == null ? [] : [[name, String(value as string | number | boolean)]],
    );
    if (query.length > 0) url += `?${new URLSearchParams(query).toString()}`;
  }
  return { url, init };
}

interface Tried {
  answer?: unknown;
  failure?: ApiError;
  retryAfterMs: number;
}

async function tryOnce(url: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Tried> {
  try {
    const response = await fetch(url, { ...init, signal: signal ?? null });
    const answer = (await response.json()) as unknown;
    if (response.ok) return { answer, retryAfterMs: 0 };
    const seconds = Number(response.headers.get("Retry-After") ?? 0);
    return {
      failure: toError(response.status, answer),
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : 0,
    };
  } catch (cause) {
    signal?.throwIfAborted();
    return { failure: unreachable(cause), retryAfterMs: 0 };
  }
}

/** An answer that is none of ours comes from something in between. */
function toError(status: number, answer: unknown): ApiError {
  const told = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  const { error, code, details } = told;
  if (typeof error !== "string" || typeof code !== "string" || !(code in ERRORS))
    return unreachable(answer, status);
  return new ApiError(code as ErrorCode, error, { status, details, answer: told });
}

function unreachable(cause: unknown, status = 0): ApiError {
  return new ApiError("unreachable", "Penora can’t be reached.", { status, cause });
}

function mayPass({ code }: ApiError): boolean {
  return code === "unreachable" || code === "unavailable" || code === "idempotency_in_progress";
}

function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
