import { type Contract, DOORS } from "./contract";
import { type Hold, holdAround, type HoldOptions } from "./hold";
import { PenoraError } from "./penora-error";
import { tryRequest } from "./try-request";

export type OperationName = keyof Contract;
export type Input<O extends OperationName> = Contract[O]["input"];
export type Output<O extends OperationName> = Contract[O]["output"];

export interface PenoraOptions {
  /** Where Penora is, for example `https://penora.example`. */
  baseUrl: string;
  /** The key of your app. It belongs on a server: a page uses a browser token (`createBrowserToken`). */
  apiKey: string;
  /** The name of your app; needed only with the root key, which belongs to none. */
  app?: string;
  /** For one try, in milliseconds; default 10,000. */
  timeoutMs?: number;
  /** How often a request is tried again where that can help; default 4. */
  retries?: number;
  /** Instead of the platform's own. */
  fetch?: typeof fetch;
  /** Everybody who opens a page can read the key in it. Set only where that is meant. */
  allowKeyInBrowser?: boolean;
}

export interface CallOptions {
  /** For a repeat of an earlier call by your own hand, for example after a restart; else each call has its own. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** A client of Penora's unified API. Typed by its contract; safe to use from many places at once. */
export class Penora {
  readonly #base: string;
  readonly #options: PenoraOptions;

  constructor(options: PenoraOptions) {
    if (!options.apiKey) throw new TypeError("Penora needs an apiKey.");
    if ("document" in globalThis && options.allowKeyInBrowser !== true)
      throw new TypeError(
        "An API key in a page can be read by everybody. Give the page a browser token instead (createBrowserToken).",
      );
    this.#base = new URL(options.baseUrl).origin;
    this.#options = options;
  }

  /**
   * Calls an operation of the contract. What changes something carries an idempotency key, so that it happens once
   * however often it is sent: the same key goes out again after a fault of the network, `idempotency_in_progress`,
   * a 429 and a 503, and nothing else is ever repeated.
   * @throws PenoraError with the contract's `code`, or `unreachable`.
   */
  async call<O extends OperationName>(
    operation: O,
    input: Input<O>,
    options: CallOptions = {},
  ): Promise<Output<O>> {
    const [method, path, appField] = DOORS[operation];
    // Only a body holds objects, and that is written as JSON.
    const rest = { ...input } as Record<string, string | number | boolean | null | undefined>;
    if (appField !== undefined && this.#options.app !== undefined) rest[appField] ??= this.#options.app;
    const url = new URL(
      this.#base +
        path.replace(/\{(\w+)\}/g, (_all, name: string) => {
          const value = rest[name];
          delete rest[name];
          return encodeURIComponent(String(value));
        }),
    );
    const headers: Record<string, string> = { Accept: "application/json", "X-API-Key": this.#options.apiKey };
    const init: RequestInit = { method, headers };
    if (method !== "GET") headers["Idempotency-Key"] = options.idempotencyKey ?? crypto.randomUUID();
    if (method === "POST" || method === "PATCH") {
      headers["Content-Type"] = "application/json";
      init.body = JSON.stringify(rest);
    } else
      for (const [name, value] of Object.entries(rest))
        if (value != null) url.searchParams.set(name, String(value));
    const answer = await tryRequest(this.#options.fetch ?? fetch, url.href, init, {
      timeoutMs: options.timeoutMs ?? this.#options.timeoutMs ?? 10_000,
      retries: this.#options.retries ?? 4,
      signal: options.signal,
    });
    return answer as Output<O>; // the server's answers are held to the contract
  }

  /**
   * Sets `amount` credits aside, does the work, and charges it exactly when it succeeded: captured when `work`
   * resolves, released when it throws, and kept alive meanwhile however long it takes. `work` may charge less with
   * `hold.charge(amount)`, or save its result and pay for it in one step with `hold.saveAndCapture(project)`.
   * If the hold is lost on the way (`hold.signal` says so), the result is not charged and the call throws.
   * @throws PenoraError `insufficient_credits` before any work is done; whatever `work` throws.
   */
  withHold<T>(
    userId: string,
    amount: number,
    work: (hold: Hold) => Promise<T>,
    options: HoldOptions = {},
  ): Promise<T> {
    return holdAround(this, { userId, amount, ...options }, work);
  }

  /** What sibling apps have always called: the balance, or 0 where it can't be told. `call("userInfo", …)` tells why. */
  async getUserCredits(userId: string): Promise<number> {
    return this.#or(0, async () => (await this.call("userInfo", { user_id: userId })).credits);
  }

  /** What sibling apps have always called: the new balance, or false where nothing was deducted. */
  async deductCredits(
    userId: string,
    amount: number,
    description = "AI image generation",
  ): Promise<number | false> {
    return this.#or(false, async () => {
      const told = await this.call("deductCredits", { user_id: userId, amount, description });
      return told.new_balance;
    });
  }

  /** What sibling apps have always called: the answer, or `{success: false, error}`. Saves a picture. */
  async saveProject(
    userId: string,
    title: string,
    content: string,
    metadata: Record<string, unknown> = {},
  ): Promise<Output<"saveProject"> | Failure> {
    try {
      const project = { user_id: userId, project_type: "ai_image", title, content, metadata };
      return await this.call("saveProject", project);
    } catch (error) {
      return failureOf(error);
    }
  }

  /** What sibling apps have always called: the answer, or `{success: false, projects: []}`. */
  async getUserProjects(
    userId: string,
    appFilter: string | null = null,
  ): Promise<Output<"listProjects"> | (Failure & { projects: [] })> {
    try {
      return await this.call("listProjects", {
        user_id: userId,
        ...(appFilter ? { app_filter: appFilter } : {}),
      });
    } catch (error) {
      return { ...failureOf(error), projects: [] };
    }
  }

  async #or<T, F>(otherwise: F, ask: () => Promise<T>): Promise<T | F> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof PenoraError) return otherwise;
      throw error;
    }
  }
}

/** How the older methods tell of a failure. */
export interface Failure {
  success: false;
  error: string;
  code: string;
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof PenoraError)) throw error;
  return { success: false, error: error.message, code: error.code };
}
