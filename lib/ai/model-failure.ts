import "server-only";
import { APICallError, InvalidResponseDataError, JSONParseError, TypeValidationError } from "ai";
import { WriterError, type WriterErrorKind } from "@/lib/ai/port";

const MAX_DETAIL = 200;

const UNREADABLE = [JSONParseError, TypeValidationError, InvalidResponseDataError];

/** Turns whatever the model client threw or reported into the one error of the port. `secrets` never stay in it. */
export function modelFailure(error: unknown, secrets: readonly string[]): WriterError {
  if (error instanceof WriterError) return error;
  const detail = scrub(messageOf(error), secrets);
  if (APICallError.isInstance(error)) {
    const status = error.statusCode;
    const answered = status !== undefined && (status < 200 || status >= 300);
    // Nobody answered, or the connection was lost while the answer came; else it came and could not be read.
    const lost = status === undefined || error.isRetryable;
    const kind = answered ? kindOfStatus(status) : lost ? "unavailable" : "rubbish";
    return new WriterError(kind, {
      status,
      detail,
      retryAfterSeconds: retryAfterSeconds(error.responseHeaders),
    });
  }
  if (UNREADABLE.some((kind) => kind.isInstance(error))) return new WriterError("rubbish", { detail });
  // fetch reports a connection that was lost while the body came as a TypeError ("terminated").
  if (error instanceof TypeError) return new WriterError("unavailable", { detail });
  const code = reportedStatus(error);
  if (code !== undefined) return new WriterError(kindOfStatus(code), { status: code, detail });
  return new WriterError("server", { detail });
}

function kindOfStatus(status: number): WriterErrorKind {
  if (status === 429) return "rate_limited";
  return status === 408 || status >= 500 ? "server" : "refused";
}

/** Some servers answer 200 and report the failure as an event: `{ error: { code: 429, … } }`. */
function reportedStatus(error: unknown): number | undefined {
  const code = Number((error as { code?: unknown } | null | undefined)?.code);
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : undefined;
}

function retryAfterSeconds(headers: Record<string, string> | undefined): number | undefined {
  const value = headers?.["retry-after"]?.trim();
  if (!value) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

function messageOf(error: unknown): string {
  if (typeof error === "string") return error;
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === "string" ? message : "no message";
}

/** Servers repeat the key and the address in their errors ("Incorrect API key provided: sk-…"). */
function scrub(message: string, secrets: readonly string[]): string {
  let clean = message;
  for (const secret of secrets) {
    if (secret) clean = clean.replaceAll(secret, "[hidden]");
  }
  return clean
    .replace(/\b[a-z][a-z0-9+.-]*:\/\/\S+/gi, "[address]")
    .replace(/\b(?:bearer\s+|sk-|key-)\S+/gi, "[key]")
    .replace(/\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b/g, "[address]")
    .slice(0, MAX_DETAIL);
}
