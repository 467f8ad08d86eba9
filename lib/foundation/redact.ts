const HIDDEN = "[redacted]";
const MAX_DEPTH = 8;

/** Field names whose text is a secret, in headers, bodies, queries and our own objects alike. */
const SECRET_NAME =
  /^(set-)?cookie$|^(proxy-)?authorization$|password|passwd|secret|api[-_]?key|token|jwt|credential|database_?url|connection_?string|private_?key|idempotency[-_]?key/i;
const URL_NAME = /^(url|uri|path|href|referer|referrer|location)$/i;

const JWT = /\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;
const APP_KEY = /\bpen_[a-z0-9_-]+_[\w-]{16,}|\bpbt_[\w-]{16,}/g;
const URL_PASSWORD = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi;
const SECRET_PARAMETER = /([?&](?:[\w-]*token|api_key|apikey|key|secret|password)=)[^&\s"'#]+/gi;

/** A link that shows a text to whoever has it. */
const SHARE_LINK = /(\/shares?\/)[\w-]{20,}/g;

/** The text without tokens, app keys, passwords of URLs and secret query parameters. */
export function redactText(text: string): string {
  return text
    .replace(JWT, HIDDEN)
    .replace(APP_KEY, HIDDEN)
    .replace(URL_PASSWORD, `$1:${HIDDEN}@`)
    .replace(SECRET_PARAMETER, `$1${HIDDEN}`)
    .replace(SHARE_LINK, `$1${HIDDEN}`);
}

/** A copy for the log: secrets hidden by name and by shape, paths without their query, errors as plain facts. */
export function redact(value: unknown, name = "", depth = 0, seen = new WeakSet<object>()): unknown {
  if (typeof value === "string") {
    if (SECRET_NAME.test(name)) return HIDDEN;
    return redactText(URL_NAME.test(name) ? (value.split(/[?#]/, 1)[0] ?? "") : value);
  }
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  if (seen.has(value)) return "[circular]";
  if (depth >= MAX_DEPTH) return "[deep]";
  seen.add(value);
  if (value instanceof Error) return redactError(value, depth, seen);
  if (value instanceof URL) return redact(value.href, "url", depth, seen);
  if (value instanceof Headers) return redact(Object.fromEntries(value), name, depth, seen);
  if (value instanceof Map || value instanceof Set) return redact([...value], name, depth + 1, seen);
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.map((item) => redact(item, name, depth + 1, seen));
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, redact(inner, key, depth + 1, seen)]),
  );
}

/** Drivers hang their whole client on an error: of what it carries beside its message, only plain facts are kept. */
function redactError(error: Error, depth: number, seen: WeakSet<object>): unknown {
  const facts = Object.entries(error).filter(
    ([, value]) => typeof value !== "object" && typeof value !== "function",
  );
  const inner = error instanceof AggregateError ? { errors: redact(error.errors, "", depth + 1, seen) } : {};
  return {
    ...(redact(Object.fromEntries(facts), "", depth + 1, seen) as object),
    type: error.name,
    message: redactText(error.message),
    ...(error.stack === undefined ? {} : { stack: redactText(error.stack) }),
    ...inner,
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, "", depth + 1, seen) }),
  };
}
