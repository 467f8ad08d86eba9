import "server-only";
import { AppError } from "@/lib/foundation/app-error";

/** SQLSTATE of what PostgreSQL answered, or the code of what the socket met; null for anything else. */
function errorCodeOf(error: unknown): string | null {
  if (error instanceof AppError) return errorCodeOf(error.cause);
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : null;
}

/** The constraint or unique index that refused, if one did. */
export function constraintOf(error: unknown): string | null {
  const constraint = (error as { constraint?: unknown } | null)?.constraint;
  return typeof constraint === "string" ? constraint : null;
}

/** True where two requests with one key met: the loser runs again and finds the winner's answer. */
export function isKeyConflict(error: unknown): boolean {
  return constraintOf(error) === "idempotency_keys_pkey";
}

/** 55P03: a lock was not had in time. */
export function isLockTimeout(error: unknown): boolean {
  return errorCodeOf(error) === "55P03";
}

/** 40P01 and 40001: PostgreSQL undid the statement so that another could go on. Safe to run again. */
export function isDeadlock(error: unknown): boolean {
  const code = errorCodeOf(error);
  return code === "40P01" || code === "40001";
}

const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENOENT"]);
const CONNECTION_LOST = new Set(["ECONNRESET", "EPIPE", "ETIMEDOUT", "57P01", "57P02", "57P03", "57014"]);

/**
 * Turns what a driver throws into `unavailable` where the database can't be reached or is too slow,
 * and leaves every other error as it is: a constraint is for the room to read.
 */
export function toDatabaseError(error: unknown): unknown {
  const code = errorCodeOf(error);
  const message = error instanceof Error ? error.message : "";
  if (code !== null && (NOT_CONNECTED.has(code) || code === "53300" || code === "57P03"))
    return unavailable(error);
  if (
    /timeout exceeded when trying to connect|Connection terminated due to connection timeout/.test(message)
  ) {
    return unavailable(error);
  }
  if ((code !== null && (CONNECTION_LOST.has(code) || code.startsWith("08"))) || connectionLost(message)) {
    return outcomeUnknown(error);
  }
  return error;
}

function connectionLost(message: string): boolean {
  return /Connection terminated|Query read timeout|Client has encountered a connection error/.test(message);
}

function unavailable(cause: unknown): AppError {
  return new AppError("unavailable", { retryAfterSeconds: 1, cause });
}

/** The statement may or may not have been carried out: only an idempotency key can tell afterwards. */
function outcomeUnknown(cause: unknown): AppError {
  return new AppError("unavailable", {
    message: "The connection to the database was lost. Send the request again with the same Idempotency-Key.",
    retryAfterSeconds: 1,
    cause,
  });
}
