import { createHash } from "node:crypto";
import type { Operation } from "@/lib/contract/operation";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller, Idempotency } from "@/lib/foundation/caller";

/**
 * The idempotency key of a request: the header, else `idempotency_key` in the body.
 * Two requests are the same if method, path and parsed input are; the keys themselves are no input.
 * `caller` is who was identified: a key that acts for another app still has its own app's idempotency keys.
 * @throws `invalid_request` for a key that is empty, longer than 255 characters, or no printable text.
 */
export function idempotencyOf(
  operation: Operation,
  request: Request,
  path: string,
  body: Record<string, unknown>,
  input: unknown,
  caller: Caller,
): Idempotency | null {
  if (operation.recorded !== true) return null;
  const key = request.headers.get("idempotency-key") ?? body.idempotency_key;
  if (key === undefined || key === null) return null;
  if (
    typeof key !== "string" ||
    key.length < 1 ||
    key.length > 255 ||
    key.includes("\0") ||
    !key.isWellFormed()
  ) {
    throw new AppError("invalid_request", {
      message: "Invalid request: Idempotency-Key must be 1 to 255 characters",
      details: { field: "idempotency_key" },
    });
  }
  return { scope: scopeOf(caller), key, requestHash: fingerprint(request.method, path, input) };
}

function scopeOf(caller: Caller): string {
  if (caller.userId !== null) return `user:${caller.userId}`;
  return caller.keyId === null ? "root" : `app:${caller.app}`;
}

function fingerprint(method: string, path: string, input: unknown): string {
  return createHash("sha256")
    .update(`${method} ${path}\n${canonicalJson(input)}`)
    .digest("base64url");
}

/** JSON with sorted names: two clients may write one object in two orders. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) => {
    if (typeof part !== "object" || part === null || Array.isArray(part) || part instanceof Date) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
