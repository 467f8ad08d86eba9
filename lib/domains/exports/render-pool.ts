import "server-only";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { AppError } from "@/lib/foundation/app-error";
import { nodeEnv } from "@/lib/foundation/env";
import { type Rendered, renderFile, type RenderJob } from "./render-file";
import { EXPORT_WORKER_FILE } from "@/lib/foundation/export-worker-file";

const LONGEST_QUEUE = 60;
const JOB_MS = 60_000;
const IDLE_MS = 60_000;
/** Room for what a book is made of on its way, or a third of the time goes into tidying up. */
const MEMORY = { maxOldGenerationSizeMb: 1_024, maxYoungGenerationSizeMb: 128 };

export type WorkerAnswer = { readonly done: Rendered } | { readonly failed: string };

interface Waiting {
  readonly job: RenderJob;
  /** Whose it is: one file at a time for each person, so that nobody waits behind somebody's hundred. */
  readonly owner: string;
  readonly resolve: (rendered: Rendered) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Threads that make files, so that a book of a megabyte never holds up who is being written for in this process. Started
 * when they are needed, ended when they rest; a thread that dies or takes too long fails its own job alone.
 */
export class RenderPool {
  private readonly queue: Waiting[] = [];
  private readonly busy = new Map<Worker, string>();
  private readonly resting = new Map<Worker, NodeJS.Timeout>();

  constructor(
    private readonly file: string,
    private readonly size = Math.max(1, Math.min(4, availableParallelism() - 1)),
    private readonly jobMs = JOB_MS,
  ) {}

  /** @throws `unavailable` where too many wait, or where it takes longer than a minute. */
  render(owner: string, job: RenderJob): Promise<Rendered> {
    if (this.queue.length >= LONGEST_QUEUE) {
      const message = "Too many files are being made right now. Try again in a moment.";
      return Promise.reject(new AppError("unavailable", { message, retryAfterSeconds: 10 }));
    }
    return new Promise((resolve, reject) => {
      this.queue.push({ owner, job, resolve, reject });
      this.next();
    });
  }

  /** Ends the threads that rest; for the end of a process and of a test. */
  async close(): Promise<void> {
    await Promise.all([...this.resting.keys(), ...this.busy.keys()].map((worker) => worker.terminate()));
  }

  private next(): void {
    if (this.busy.size >= this.size) return;
    const owners = new Set(this.busy.values());
    const at = this.queue.findIndex(({ owner }) => !owners.has(owner));
    const [waiting] = at < 0 ? [] : this.queue.splice(at, 1);
    if (waiting !== undefined) this.start(waiting);
  }

  private start({ owner, job, resolve, reject }: Waiting): void {
    const worker = this.take();
    this.busy.set(worker, owner);
    const settle = (act: () => void, reusable: boolean) => {
      clearTimeout(timer);
      forget(worker);
      this.busy.delete(worker);
      if (reusable) this.rest(worker);
      else void worker.terminate();
      act();
      this.next();
    };
    const timer = setTimeout(() => {
      const message = "This text takes too long to be made into that file.";
      settle(() => reject(new AppError("unavailable", { message })), false);
    }, this.jobMs);
    worker.ref();
    worker.once("message", (answer: WorkerAnswer) => {
      const done = "done" in answer;
      settle(() => (done ? resolve(answer.done) : reject(new Error(answer.failed))), true);
    });
    worker.once("error", (error) => settle(() => reject(error), false));
    worker.once("exit", () =>
      settle(() => reject(new Error("a thread ended before its file was made")), false),
    );
    worker.postMessage(job);
  }

  private take(): Worker {
    const [rested] = this.resting;
    if (rested === undefined) return new Worker(this.file, { resourceLimits: MEMORY });
    const [worker, timer] = rested;
    clearTimeout(timer);
    this.resting.delete(worker);
    forget(worker);
    return worker;
  }

  private rest(worker: Worker): void {
    const end = () => {
      this.resting.delete(worker);
      void worker.terminate();
    };
    worker.unref();
    worker.once("error", end).once("exit", end);
    this.resting.set(worker, setTimeout(end, IDLE_MS).unref());
  }
}

/** By name: a thread that loses every listener loses those of Node's own, and is never heard again. */
function forget(worker: Worker): void {
  for (const event of ["message", "error", "exit"]) worker.removeAllListeners(event);
}

// Pages and doors are bundled apart but live in one process: they share the threads.
const POOL = Symbol.for("penora.exports.pool");
const globals = globalThis as unknown as Record<symbol, RenderPool | null | undefined>;

/** Makes a file in a thread of its own. Without the build (tests, development, a platform of functions) right here. */
export function renderAside(owner: string, job: RenderJob): Promise<Rendered> {
  if (globals[POOL] === undefined) {
    const file = path.join(/* turbopackIgnore: true */ process.cwd(), EXPORT_WORKER_FILE);
    globals[POOL] = nodeEnv() === "production" && existsSync(file) ? new RenderPool(file) : null;
  }
  const pool = globals[POOL];
  return pool === null ? renderFile(job) : pool.render(owner, job);
}
