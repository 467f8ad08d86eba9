import { ERRORS, type ErrorCode } from "@/lib/contract/errors";

interface AppErrorOptions {
  /** Replaces the table's sentence where the contract wants a more precise one. Seen by the caller. */
  message?: string;
  /** More for the caller: a sentence, or facts as JSON. */
  details?: unknown;
  /** Facts that stand beside `error` and `code` at the top of the answer (`credits`, `storage`, …). */
  extra?: Record<string, unknown>;
  /** Seconds after which trying again makes sense; becomes `Retry-After`. */
  retryAfterSeconds?: number;
  /** For the log only. */
  internal?: unknown;
  cause?: unknown;
}

/** The one way a room says no. Rendered once, in the hallway. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;
  readonly extra: Record<string, unknown>;
  readonly retryAfterSeconds: number | undefined;
  readonly internal: unknown;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? ERRORS[code].message, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.details = options.details;
    this.extra = options.extra ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.internal = options.internal;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}
