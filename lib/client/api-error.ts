import type { ErrorCode } from "@/lib/contract/errors";

interface ApiErrorOptions {
  status: number;
  details?: unknown;
  /** The whole answer: what stands beside `error` and `code` (`storage`, `version`, `username`, …). */
  answer?: Record<string, unknown>;
  cause?: unknown;
}

/** A call that did not do what it was asked. `unreachable`: no answer came, however often it was tried. */
export class ApiError extends Error {
  readonly code: ErrorCode | "unreachable";
  readonly status: number;
  readonly details: unknown;
  readonly answer: Record<string, unknown>;

  constructor(code: ErrorCode | "unreachable", message: string, options: ApiErrorOptions) {
    super(message, { cause: options.cause });
    this.name = "ApiError";
    this.code = code;
    this.status = options.status;
    this.details = options.details ?? null;
    this.answer = options.answer ?? {};
  }
}

/** What to tell a person of a call that failed: what happened, and what to do. Never throws, whatever was thrown. */
export function describeFailure(error: unknown): { title: string; description: string } {
  if (!(error instanceof ApiError)) {
    return {
      title: "That did not work",
      description: "Something went wrong on this page. Reload it and try again.",
    };
  }
  switch (error.code) {
    case "unreachable":
      return { title: "Penora can’t be reached", description: "Check the connection and try again." };
    case "session_changed": {
      const { username } = error.answer;
      const who = typeof username === "string" && username !== "" ? username : "Somebody else";
      return {
        title: `${who} is signed in now`,
        description: "Nothing was changed. What you typed stays on this page until you reload it.",
      };
    }
    case "not_signed_in":
      return {
        title: "You are signed out",
        description: "Nothing was changed. Sign in again in another tab, then try once more.",
      };
    default:
      return {
        title: error.message,
        description: typeof error.details === "string" ? error.details : "Nothing was changed.",
      };
  }
}
