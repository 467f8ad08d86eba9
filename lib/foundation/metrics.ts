import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

/** What operators watch. Labels have few values, known beforehand: never a person, a path or a key. */
export interface Metrics {
  readonly registry: Registry;
  readonly requests: Counter<"operation" | "status">;
  /** Until an answer begins; a stream may go on for hours. */
  readonly requestSeconds: Histogram<"operation">;
  readonly refusals: Counter<"code">;
  readonly batchSizes: Histogram<"batch">;
  readonly creditsMoved: Counter<"type" | "direction">;
  readonly holdsSwept: Counter;
  /** Of the whole service: set when somebody looks. */
  readonly holds: Gauge<"state">;
  readonly texts: Gauge<"status">;
}

// Pages and doors are bundled apart but live in one process: they count together.
const METRICS = Symbol.for("penora.metrics");
const globals = globalThis as unknown as Record<symbol, Metrics | undefined>;

/** The figures of this process, since it began. */
export function metrics(): Metrics {
  return (globals[METRICS] ??= makeMetrics());
}

/** Adds a figure that is read when somebody looks: `read` answers the value of each label, or one without. */
export function watch(name: string, help: string, label: string, read: () => Record<string, number>): void {
  const { registry } = metrics();
  registry.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      for (const [value, figure] of Object.entries(read())) this.set({ [label]: value }, figure);
    },
  });
}

function makeMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Counter({
      name: "penora_requests_total",
      help: "Requests answered, by operation (page: a page; none: no such door) and status.",
      labelNames: ["operation", "status"],
      registers,
    }),
    requestSeconds: new Histogram({
      name: "penora_request_duration_seconds",
      help: "Seconds until an answer begins, by operation.",
      labelNames: ["operation"],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    refusals: new Counter({
      name: "penora_refusals_total",
      help: "Requests refused, by the code of the answer: rate_limited, insufficient_credits, unavailable, ...",
      labelNames: ["code"],
      registers,
    }),
    batchSizes: new Histogram({
      name: "penora_batch_size",
      help: "How many requests shared one statement.",
      labelNames: ["batch"],
      buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
      registers,
    }),
    creditsMoved: new Counter({
      name: "penora_credits_moved_total",
      help: "Credits written to the ledger, by type and direction (in: given to a person; out: taken).",
      labelNames: ["type", "direction"],
      registers,
    }),
    holdsSwept: new Counter({
      name: "penora_holds_swept_total",
      help: "Holds past their time that the sweep of this process took back.",
      registers,
    }),
    holds: new Gauge({
      name: "penora_holds",
      help: "Holds of the whole service that are open, and of them those past their time.",
      labelNames: ["state"],
      registers,
    }),
    texts: new Gauge({
      name: "penora_texts",
      help: "Texts of the whole service: being written, or ended in the last hour, by how.",
      labelNames: ["status"],
      registers,
    }),
  };
}
