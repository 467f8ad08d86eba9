import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { createOpenAICompatible, type OpenAICompatibleProvider } from "@ai-sdk/openai-compatible";
import { InvalidResponseDataError, streamText } from "ai";
import { AnswerFilter } from "@/lib/ai/answer-filter";
import { breakerOf, type CircuitBreaker } from "@/lib/ai/circuit-breaker";
import { modelFailure } from "@/lib/ai/model-failure";
import { DEFAULT_LIMITS, Patience, type Limits } from "@/lib/ai/patience";
import {
  WriterError,
  type FinishReason,
  type WriteRequest,
  type WriteResult,
  type Writer,
} from "@/lib/ai/port";
import { ReasoningFilter } from "@/lib/ai/reasoning-filter";
import type { ModelName } from "@/lib/contract/quote";
import { WordMeter } from "@/lib/contract/word-count";

export interface RetryPolicy {
  tries: number;
  firstPauseMs: number;
  maxPauseMs: number;
  /** A server that asks to wait longer than this is not waited for. */
  maxRetryAfterMs: number;
}

const DEFAULT_RETRY: RetryPolicy = {
  tries: 3,
  firstPauseMs: 500,
  maxPauseMs: 4_000,
  maxRetryAfterMs: 10_000,
};

/** A cap against runaway answers, generous enough for any script and for a model that thinks first. */
const TOKENS_PER_WORD = 4;
const SPARE_TOKENS = 2_000;

export interface OpenAiCompatibleOptions {
  baseUrl: string;
  apiKey?: string | undefined;
  /** The model's name; a second one after a comma is asked when the first fails before its first word. */
  models: Record<ModelName, string>;
  /** Asked when those fail before their first word. */
  fallback?: string | undefined;
  limits?: Partial<Limits>;
  retry?: Partial<RetryPolicy>;
  /** One for all models; default one for each, shared by the process. */
  breaker?: CircuitBreaker;
  wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What one try has come to, seen from outside its generator. */
interface Try {
  readonly breaker: CircuitBreaker;
  wordsBegan: boolean;
  reported: boolean;
}

/**
 * Writes with any server that speaks OpenAI's chat protocol. Failures before the first word are tried again
 * (429, 5xx, network), then with the second model; after the first word nothing is: the text so far stands, and
 * the error says how it ended.
 */
export class OpenAiCompatibleWriter implements Writer {
  readonly label = "AI model";
  readonly isDemo = false;
  readonly #provider: OpenAICompatibleProvider;
  readonly #models: Record<ModelName, string>;
  readonly #fallback: string;
  readonly #limits: Limits;
  readonly #retry: RetryPolicy;
  readonly #breakerOf: (model: string) => CircuitBreaker;
  readonly #wait: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly #secrets: readonly string[];

  constructor(options: OpenAiCompatibleOptions) {
    const { host, hostname } = new URL(options.baseUrl);
    this.#provider = createOpenAICompatible({
      name: "model",
      baseURL: options.baseUrl,
      ...(options.apiKey ? { apiKey: options.apiKey } : {}),
      includeUsage: true,
      fetch: fetchModel,
      ...(hostname === "api.openai.com" ? { transformRequestBody: renameTokenLimit } : {}),
    });
    this.#models = options.models;
    this.#fallback = options.fallback ?? "";
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#retry = { ...DEFAULT_RETRY, ...options.retry };
    this.#breakerOf = (model) => options.breaker ?? breakerOf(options.baseUrl, model);
    this.#wait = options.wait ?? pause;
    this.#secrets = [options.apiKey ?? "", options.baseUrl, host, hostname];
  }

  async *write(
    request: WriteRequest,
    { signal }: { signal: AbortSignal },
  ): AsyncGenerator<string, WriteResult, undefined> {
    const deadlineAt = Date.now() + this.#limits.wholeMs;
    let failure: WriterError | undefined;
    for (const model of this.#candidates(request.model)) {
      const breaker = this.#breakerOf(model);
      for (let tries = 1; tries <= this.#retry.tries; tries += 1) {
        if (signal.aborted) return { finishReason: "stopped" };
        if (!breaker.enter()) {
          failure ??= new WriterError("unavailable", { detail: "circuit open" });
          break;
        }
        const state: Try = { breaker, wordsBegan: false, reported: false };
        try {
          return { finishReason: yield* this.#once(model, request, signal, deadlineAt, state) };
        } catch (error) {
          if (signal.aborted) return { finishReason: "stopped" };
          failure = modelFailure(error, this.#secrets);
          if (state.wordsBegan) throw error instanceof WriterError ? error : brokenOff(failure);
          this.#report(state, failure);
          if (failure.status === 401 || failure.status === 403) throw failure;
        } finally {
          if (!state.reported) breaker.left();
        }
        const pauseMs = this.#pauseBeforeNext(failure, tries);
        if (pauseMs === undefined || Date.now() + pauseMs >= deadlineAt) break;
        await this.#wait(pauseMs, signal);
      }
    }
    throw failure ?? new WriterError("unavailable", { detail: "no model is named" });
  }

  /** The models to ask, one after the other, each once. */
  #candidates(name: ModelName): Set<string> {
    const names = [...this.#models[name].split(",", 2), this.#fallback].map((model) => model.trim());
    return new Set(names.filter(Boolean));
  }

  /** One request, from its beginning to its end. */
  async *#once(
    model: string,
    request: WriteRequest,
    signal: AbortSignal,
    deadlineAt: number,
    state: Try,
  ): AsyncGenerator<string, FinishReason, undefined> {
    const patience = new Patience(signal, this.#limits, deadlineAt);
    const filter = new ReasoningFilter();
    const answer = new AnswerFilter(request.brief);
    const meter = new WordMeter();
    const shown = (text: string): string => {
      const fresh = state.wordsBegan ? text : text.trimStart();
      if (fresh && !state.wordsBegan) {
        state.wordsBegan = true;
        state.reported = true;
        state.breaker.succeeded();
      }
      meter.add(fresh);
      return fresh;
    };
    try {
      const parts = streamText({
        model: this.#provider.chatModel(model),
        system: request.system,
        prompt: request.prompt,
        maxOutputTokens: request.maxWords * TOKENS_PER_WORD + SPARE_TOKENS,
        maxRetries: 0,
        abortSignal: patience.signal,
        onError: () => undefined,
      }).fullStream[Symbol.asyncIterator]();

      for (;;) {
        const next = await patience.next(parts.next());
        if (next.done === true)
          throw new InvalidResponseDataError({ data: undefined, message: "The stream ended early." });
        const part = next.value;
        if (part.type === "error") {
          throw part.error;
        } else if (part.type === "reasoning-delta") {
          patience.heard();
        } else if (part.type === "text-delta") {
          patience.heard();
          const text = shown(answer.push(filter.push(part.text)));
          if (filter.leaked)
            throw new WriterError("rubbish", { detail: "reasoning without its opening tag" });
          if (answer.refused) throw declined();
          if (text) yield text;
          if (meter.words > request.maxWords) return "length";
        } else if (part.type === "finish") {
          if (part.finishReason === "content-filter")
            throw new WriterError("refused", { detail: "content filter" });
          const rest = shown(answer.push(filter.end()) + answer.end());
          if (answer.refused) throw declined();
          if (rest) yield rest;
          if (!state.wordsBegan) throw new WriterError("empty", { detail: `finished: ${part.finishReason}` });
          return part.finishReason === "length" ? "length" : "complete";
        }
      }
    } catch (error) {
      throw patience.expired ?? error;
    } finally {
      patience.close();
    }
  }

  /** Only what says that the server is ill counts against it. */
  #report(state: Try, { kind }: WriterError): void {
    if (kind === "server" || kind === "timeout" || kind === "rubbish" || kind === "unavailable") {
      state.reported = true;
      state.breaker.failed();
    }
  }

  #pauseBeforeNext(failure: WriterError, tries: number): number | undefined {
    const passing =
      failure.kind === "rate_limited" || failure.kind === "server" || failure.kind === "unavailable";
    if (!passing || tries >= this.#retry.tries) return undefined;
    const { firstPauseMs, maxPauseMs, maxRetryAfterMs } = this.#retry;
    const asked = (failure.retryAfterSeconds ?? 0) * 1000;
    if (asked > maxRetryAfterMs) return undefined;
    const backOff = Math.min(maxPauseMs, firstPauseMs * 2 ** (tries - 1));
    return Math.max(asked, backOff * (0.5 + Math.random() / 2));
  }
}

function declined(): WriterError {
  return new WriterError("refused", { detail: "the model declined in words" });
}

function brokenOff({ status, detail }: WriterError): WriterError {
  return new WriterError("broken_off", { status, detail });
}

/** The key goes to the address that was configured and to no other, and no cache keeps what was written. */
const fetchModel: typeof fetch = (url, init) =>
  fetch(url, { ...init, redirect: "manual", cache: "no-store" });

/** OpenAI's own newer models refuse the name that every other server knows. */
function renameTokenLimit({ max_tokens, ...body }: Record<string, unknown>): Record<string, unknown> {
  return { ...body, max_completion_tokens: max_tokens };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => undefined);
}
