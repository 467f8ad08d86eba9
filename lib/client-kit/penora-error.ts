/** What Penora refused or did not answer. `code` is the word to decide by; the message is for people. */
export class PenoraError extends Error {
  /** A code of the contract, or `unreachable` where no answer of Penora came. */
  readonly code: string;
  /** The HTTP status; 0 where there was no answer. */
  readonly status: number;
  readonly details: unknown;
  /** Names this request in Penora's log. */
  readonly requestId: string | undefined;
  /** The whole answer: `shortfall`, `topup_url`, `retry_after` and whatever else its code brings. */
  readonly answer: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    of: Partial<Omit<PenoraError, "code">> & { cause?: unknown } = {},
  ) {
    super(message, of.cause === undefined ? undefined : { cause: of.cause });
    this.name = "PenoraError";
    this.code = code;
    this.status = of.status ?? 0;
    this.details = of.details;
    this.requestId = of.requestId;
    this.answer = of.answer ?? {};
  }
}

/** The answer of a failure as an error. One that is none of Penora's comes from something in between. */
export function errorOf(status: number, answer: unknown, requestId: string | null): PenoraError {
  const told = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  const { error, code, details } = told;
  if (typeof error !== "string" || typeof code !== "string")
    return new PenoraError(
      status === 503 ? "unavailable" : "unreachable",
      `No answer of Penora (HTTP ${status}).`,
      { status },
    );
  return new PenoraError(code, error, { status, details, requestId: requestId ?? undefined, answer: told });
}
