import { ERRORS, type ErrorCode } from "../errors";
import type { Operation } from "../operation";

/** Every code that an operation can answer with: its own, and those of the hallway. In the order of `errors.ts`. */
export function errorsOf(operation: Operation): ErrorCode[] {
  const found = new Set<ErrorCode>([
    ...operation.errors,
    ...callerErrors(operation),
    ...inputErrors(operation),
  ]);
  if (operation.recorded === true) found.add("idempotency_key_reused").add("idempotency_in_progress");
  found.add("internal");
  return (Object.keys(ERRORS) as ErrorCode[]).filter((code) => found.has(code));
}

function callerErrors({ auth, scope, appField, method }: Operation): ErrorCode[] {
  const key: ErrorCode[] = [
    "invalid_api_key",
    "invalid_request",
    ...(scope === undefined || scope === "any" ? [] : (["insufficient_scope"] as const)),
    ...(appField === undefined ? [] : (["app_mismatch"] as const)),
    "rate_limited",
    "unavailable",
  ];
  const session: ErrorCode[] = [
    "not_signed_in",
    "session_changed",
    ...(method === "GET" ? [] : (["cross_site"] as const)),
    "unavailable",
  ];
  switch (auth) {
    case "key":
      return key;
    case "session":
      return session;
    case "either":
      return [...key, ...session];
    case "open":
      // Where everybody may ask and there is nothing to say, another method is the only mistake there is.
      return ["method_not_allowed"];
  }
}

function inputErrors({ params, query, body }: Operation): ErrorCode[] {
  return [
    ...(params || query || body ? (["invalid_request"] as const) : []),
    ...(body ? (["payload_too_large", "unsupported_media_type"] as const) : []),
  ];
}
