import type { Input, Output, Penora } from "./penora";
import { PenoraError } from "./penora-error";
import { rest } from "./try-request";

export interface HoldOptions {
  description?: string;
  /** What the work is, for the statistics of usage; default `deduct`. */
  action?: string;
  projectCode?: string;
  /** The lease, in seconds; it is renewed at a third of it, and ends by itself where the process dies. Default 120. */
  leaseSeconds?: number;
  signal?: AbortSignal;
}

/** A hold, in the hands of the work that it pays for. */
export interface Hold {
  readonly id: string;
  /** The credits set aside. */
  readonly amount: number;
  /** Fires when the hold is lost or the caller's own signal fires: what goes on now is not paid for. */
  readonly signal: AbortSignal;
  /** Charges less than was held, 0 included. At most `amount`. */
  charge(amount: number): void;
  /** Saves the result and captures the hold in one transaction: it is paid for exactly when it is stored. */
  saveAndCapture(
    project: Omit<Input<"saveProject">, "user_id" | "hold_id" | "capture_amount">,
  ): Promise<Output<"saveProject">>;
}

interface Work extends HoldOptions {
  userId: string;
  amount: number;
}

const LEASE_SECONDS = 120;

/** What `withHold` promises. A capture without an answer is tried again with its key; one that is refused throws. */
export async function holdAround<T>(
  penora: Penora,
  asked: Work,
  work: (hold: Hold) => Promise<T>,
): Promise<T> {
  const { userId, leaseSeconds = LEASE_SECONDS, signal } = asked;
  const held = await penora.call("holdCredits", holdInput(asked, leaseSeconds), signal ? { signal } : {});
  const id = held.hold_id;
  const lost = new AbortController();
  const over = new AbortController();
  const stop = () => lost.abort(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  let charged = asked.amount;
  let captured = false;
  const hold: Hold = {
    id,
    amount: asked.amount,
    signal: lost.signal,
    charge(amount) {
      if (!Number.isInteger(amount) || amount < 0 || amount > asked.amount)
        throw new RangeError(`A hold of ${asked.amount} can be charged with 0 to ${asked.amount}.`);
      charged = amount;
    },
    async saveAndCapture(project) {
      const input = { ...project, user_id: userId, hold_id: id, capture_amount: charged };
      const saved = await penora.call("saveProject", input);
      captured = true;
      return saved;
    },
  };
  const renewal = renew(penora, id, leaseSeconds, over.signal, (error) => lost.abort(error));
  try {
    const result = await work(hold);
    if (!captured) {
      lost.signal.throwIfAborted();
      await capture(penora, id, charged);
    }
    return result;
  } catch (error) {
    if (!captured) await release(penora, id);
    throw error;
  } finally {
    over.abort();
    signal?.removeEventListener("abort", stop);
    await renewal;
  }
}

/** Where no answer comes, trying to give the hold back tells what happened: what is captured can't be released. */
async function capture(penora: Penora, id: string, amount: number): Promise<void> {
  try {
    await penora.call("captureHold", { id, amount });
  } catch (error) {
    if (codeOf(error) !== "unreachable" || (await release(penora, id)) !== "hold_already_captured")
      throw error;
  }
}

/** Gives the hold back if that is still possible; else says why not. Its lease ends by itself in any case. */
async function release(penora: Penora, id: string): Promise<string | null> {
  try {
    await penora.call("releaseHold", { id });
    return null;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  return error instanceof PenoraError ? error.code : "";
}

function holdInput({ userId, amount, description, action, projectCode }: Work, leaseSeconds: number) {
  return {
    user_id: userId,
    amount,
    expires_in: leaseSeconds,
    ...(description === undefined ? {} : { description }),
    ...(action === undefined ? {} : { action }),
    ...(projectCode === undefined ? {} : { project_code: projectCode }),
  };
}

/** Renews the lease until the work is over. A Penora that stays away for a moment is asked again at the next turn. */
async function renew(
  penora: Penora,
  id: string,
  leaseSeconds: number,
  over: AbortSignal,
  lose: (reason: unknown) => void,
): Promise<void> {
  for (;;) {
    try {
      await rest((leaseSeconds * 1_000) / 3, over);
      await penora.call("extendHold", { id, expires_in: leaseSeconds }, { signal: over });
    } catch (error) {
      if (over.aborted) return;
      if (codeOf(error).startsWith("hold_")) return lose(error);
    }
  }
}
