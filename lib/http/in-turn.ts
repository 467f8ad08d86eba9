import { AppError } from "@/lib/foundation/app-error";
import type { Idempotency } from "@/lib/foundation/caller";

const WAIT_MS = 5_000;
const turns = new Map<string, Promise<unknown>>();

/**
 * Runs requests with one idempotency key one after the other in this process; between processes the database does.
 * @throws `idempotency_in_progress` where the turn does not come within 5 seconds.
 */
export async function inTurn<T>(idempotency: Idempotency | null, work: () => Promise<T>): Promise<T> {
  if (idempotency === null) return work();
  const name = JSON.stringify([idempotency.scope, idempotency.key]);
  const before = turns.get(name);
  const mine = before === undefined ? work() : afterTurn(before, work);
  const settled = mine.then(
    () => undefined,
    () => undefined,
  );
  // Whoever comes next waits for this request, and for the one before it where this one gives up waiting.
  const last = before === undefined ? settled : Promise.all([before, settled]);
  turns.set(name, last);
  try {
    return await mine;
  } finally {
    if (turns.get(name) === last) void last.then(() => turns.get(name) === last && turns.delete(name));
  }
}

async function afterTurn<T>(before: Promise<unknown>, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new AppError("idempotency_in_progress", { retryAfterSeconds: 1 })),
      WAIT_MS,
    );
  });
  try {
    await Promise.race([before, tooLate]);
  } finally {
    clearTimeout(timer);
  }
  return work();
}
