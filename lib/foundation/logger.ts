import pino, { type DestinationStream, type Logger, type LoggerOptions } from "pino";
import { nodeEnv } from "./env";
import { redact, redactText } from "./redact";

const options: LoggerOptions = {
  base: undefined,
  timestamp: pino.stdTimeFunctions.isoTime,
  formatters: {
    level: (label) => ({ level: label }),
    log: (fields) => redact(fields) as Record<string, unknown>,
  },
  // The fields are plain facts by then; pino's own way with errors would name them all "Object".
  serializers: { err: (value: unknown) => value },
  hooks: {
    logMethod(args: unknown[], method) {
      const [first, ...rest] = args;
      const error = first instanceof Error ? first : (first as { err?: unknown } | null)?.err;
      // Left to itself, pino would take the error's message as it is.
      if (error instanceof Error && rest.length === 0) rest.push(error.message);
      const fields = first instanceof Error ? { err: first } : first;
      const safe = [
        typeof fields === "string" ? redactText(fields) : fields,
        ...rest.map((part) => redact(part)),
      ];
      method.apply(this, safe as Parameters<typeof method>);
    },
  },
};

/** A logger of JSON lines that writes no secret and no query. Tests give it a destination of their own. */
export function createLogger(destination?: DestinationStream, level = "info"): Logger {
  return destination ? pino({ ...options, level }, destination) : pino({ ...options, level });
}

let own: Logger | undefined;

/** The log of this process: JSON lines on stdout; silent in tests. */
export function logger(): Logger {
  return (own ??= createLogger(undefined, nodeEnv() === "test" ? "silent" : "info"));
}
