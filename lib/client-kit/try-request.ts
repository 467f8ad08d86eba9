import { errorOf, PenoraError } from "./penora-error";

/** How long and how often a request is tried. */
export interface Patience {
  /** For one try, in milliseconds. */
  timeoutMs: number;
  /** How often it is tried again after the first time. */
  retries: number;
  signal?: AbortSignal | undefined;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
const MAY_PASS = new Set(["idempotency_in_progress", "rate_limited", "unavailable", "unreachable"]);

/**
 * Sends a request until it is answered. What is sent again is the very same, idempotency key and all, and only where
 * that can help: no answer came, the first try is still under way, the limit of requests is reached, or Penora is
 * away. Pauses grow and are spread at random; a `Retry-After` is obeyed.
 * @throws PenoraError; the signal's reason where that ended it.
 */
export async function tryRequest(
  fetchIt: typeof fetch,
  url: string,
  init: RequestInit,
  { timeoutMs, retries, signal }: Patience,
): Promise<unknown> {
  for (let attempt = 0; ; attempt++) {
    const tried = await tryOnce(fetchIt, url, init, timeoutMs, signal);
    if (!(tried.failure instanceof PenoraError)) return tried.answer;
    if (attempt >= retries || !MAY_PASS.has(tried.failure.code)) throw tried.failure;
    const grown = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random());
    await rest(Math.min(Math.max(grown, tried.retryAfterMs), LONGEST_PAUSE_MS), signal);
  }
}

interface Tried {
  answer?: unknown;
  failure?: PenoraError;
  retryAfterMs: number;
}

async function tryOnce(
  fetchIt: typeof fetch,
  url: string,
  init: RequestInit,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Tried> {
  signal?.throwIfAborted();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
  const stop = () => patience.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    const response = await fetchIt(url, { ...init, signal: patience.signal });
    const text = await response.text();
    const answer = parse(text);
    if (response.ok && answer !== undefined) return { answer, retryAfterMs: 0 };
    const seconds = Number(response.headers.get("Retry-After") ?? 0);
    return {
      failure: errorOf(response.status, answer, response.headers.get("X-Request-Id")),
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : 0,
    };
  } catch (cause) {
    signal?.throwIfAborted();
    return {
      failure: new PenoraError("unreachable", "Penora can't be reached.", { cause }),
      retryAfterMs: 0,
    };
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Waits, or rejects with the signal's reason as soon as that fires. */
export function rest(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    if (signal?.aborted) return reject(signal.reason as Error);
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
