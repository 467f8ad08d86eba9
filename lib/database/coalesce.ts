import "server-only";
import { metrics } from "@/lib/foundation/metrics";

interface Waiting<I, O> {
  input: I;
  resolve: (output: O) => void;
  reject: (error: unknown) => void;
}

interface CoalesceOptions {
  /** How it is called in the metrics. */
  readonly name: string;
  /** At most so many in one call. */
  readonly most: number;
  /** At most so many calls under way; while they are, more collects. */
  readonly lanes: number;
}

/**
 * Joins what arrives together: `work` is called once for all that came since the last turn of the event loop,
 * or while earlier calls were under way. Each caller gets its own answer, in the order of asking.
 * Where many ask, one round trip serves all; where one asks, it waits for nobody.
 */
export function coalesce<I, O>(
  work: (inputs: I[]) => Promise<O[]>,
  { name, most, lanes }: CoalesceOptions,
): (input: I) => Promise<O> {
  const queue: Waiting<I, O>[] = [];
  let underWay = 0;
  let scheduled = false;

  function schedule(): void {
    if (scheduled || underWay >= lanes || queue.length === 0) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      void run(queue.splice(0, most));
      schedule();
    });
  }

  async function run(batch: Waiting<I, O>[]): Promise<void> {
    underWay++;
    metrics().batchSizes.observe({ batch: name }, batch.length);
    try {
      const outputs = await work(batch.map((one) => one.input));
      batch.forEach((one, i) => one.resolve(outputs[i] as O)); // one output for each input, by contract of `work`
    } catch (error) {
      for (const one of batch) one.reject(error);
    } finally {
      underWay--;
      schedule();
    }
  }

  return (input) =>
    new Promise<O>((resolve, reject) => {
      queue.push({ input, resolve, reject });
      schedule();
    });
}
