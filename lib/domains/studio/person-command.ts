import "server-only";
import { noSuchUser, refuseForCredits } from "@/lib/domains/credits/refuse";
import { reclaimExpiredHolds } from "@/lib/domains/credits/holds";
import type { Connection } from "@/lib/database/client";
import { findRecorded, idempotencyError } from "@/lib/database/recorded-statement";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { personOf } from "@/lib/foundation/person-of";
import type { Recorded } from "@/lib/foundation/recorded";
import { describeStorage } from "@/lib/contract/storage";
import { LOCK_PERSON } from "./statements";

/** A person while their row is locked: nothing of theirs that moves money or bytes can change meanwhile. */
export interface LockedPerson {
  readonly id: string;
  readonly credits: number;
  readonly held_credits: number;
  readonly low_balance: boolean;
  readonly user_version: number;
  readonly storage_used_bytes: number;
  readonly storage_limit_bytes: number;
  readonly project_count: number;
}

export async function lockPerson(transaction: Connection, userId: string): Promise<LockedPerson> {
  const [person] = await transaction.query<LockedPerson>(LOCK_PERSON, [userId]);
  if (person === undefined) throw noSuchUser();
  return person;
}

/**
 * Runs a command of a person in one transaction that begins with locking them, so that two of their commands never run at
 * once: the second finds what the first did, and a key that has an answer is answered from it.
 * @throws what `work` throws; `insufficient_credits` with the facts, where it threw `NotEnough`.
 */
export async function personCommand<T>(
  caller: Caller,
  work: (transaction: Connection, person: LockedPerson) => Promise<Recorded<T>>,
): Promise<Recorded<T>> {
  const userId = personOf(caller);
  const { idempotency } = caller;
  // What only waits in a hold past its time stands in nobody's way.
  await reclaimExpiredHolds(userId);
  try {
    return await inTransaction(async (transaction) => {
      const person = await lockPerson(transaction, userId);
      const known = idempotency && (await findRecorded<T>(idempotency, transaction));
      return known ?? (await work(transaction, person));
    });
  } catch (error) {
    if (error instanceof NotEnough) throw await refuseForCredits(userId, error.required);
    throw idempotencyError(error, idempotency);
  }
}

/** Found out while the person was locked; told with all its facts when they are not. */
export class NotEnough extends Error {
  constructor(readonly required: number) {
    super("not enough credits");
  }
}

/** @throws `storage_limit_exceeded`, saying how much room is missing. */
export function requireRoom(person: LockedPerson, neededBytes: number): void {
  const { storage_used_bytes: used, storage_limit_bytes: limit, project_count: projects } = person;
  const missing = neededBytes - Math.max(0, limit - used);
  if (missing <= 0) return;
  const kB = (bytes: number) => `${Math.max(1, Math.ceil(bytes / 1024))} kB`;
  throw new AppError("storage_limit_exceeded", {
    details: `The text needs about ${kB(neededBytes)} and ${kB(limit - used)} are free. Make room for ${kB(missing)} in the workspace first. Nothing was charged.`,
    extra: {
      storage: describeStorage(used, limit, projects),
      required_bytes: neededBytes,
      missing_bytes: missing,
    },
  });
}
