import "server-only";
import type * as operations from "@/lib/contract/holds";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { database } from "@/lib/database/client";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import type { Recorded } from "@/lib/foundation/recorded";
import { captureHold, type EndedHold, holdHasEnded, releaseHold } from "./holds";
import { EXTEND_HOLD } from "./lease-statements";
import { FIND_HOLD, type HoldRow } from "./hold-statements";

/*
 * What sibling apps do with their holds. Another app's hold is not there for them, to settle or to renew; an admin may
 * do all. A text's hold belongs to Penora, and is settled by its generation.
 */

type Settler = Pick<Caller, "app" | "admin" | "idempotency">;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id of a hold as it was sent. @throws `hold_not_found` for what is no id. */
export function parseHoldId(id: string): string {
  if (!UUID.test(id)) throw new AppError("hold_not_found");
  return id;
}

/** The app whose holds a caller may settle; null for all. */
export function settlingApp({ app, admin }: Pick<Caller, "app" | "admin">): string | null {
  return admin ? null : app;
}

function target({ id, caller }: { id: string; caller: Settler }) {
  return { holdId: parseHoldId(id), app: settlingApp(caller), idempotency: caller.idempotency };
}

/**
 * Charges a hold of the caller's app: all of it, or `amount`. The same capture again answers the first result.
 * @throws `hold_not_found`, `capture_exceeds_hold`, `hold_already_captured`, `hold_already_released`, `hold_expired`.
 */
export async function captureAppHold(
  input: InputOf<typeof operations.captureHold> & { caller: Settler },
): Promise<Recorded<EndedHold>> {
  const { amount, description, project_code } = input;
  return captureHold({ ...target(input), amount, description, project_code });
}

/** Gives a hold of the caller's app back whole. @throws as `captureAppHold`. */
export async function releaseAppHold(input: {
  id: string;
  caller: Settler;
}): Promise<Recorded<OutputOf<typeof operations.releaseHold>>> {
  const released = await releaseHold(target(input));
  return released.map(({ hold_id, credits_released, new_balance, low_balance, user_version }) => ({
    hold_id,
    credits_released,
    new_balance,
    low_balance,
    user_version,
  }));
}

/**
 * Renews the lease of a hold of the caller's app: from now on `expires_in` seconds, and never less than it had.
 * @throws `hold_not_found`, `hold_already_captured`, `hold_already_released`, `hold_expired`.
 */
export async function extendAppHold(
  input: InputOf<typeof operations.extendHold> & { caller: Settler },
): Promise<Recorded<OutputOf<typeof operations.extendHold>>> {
  const { holdId, app, idempotency } = target(input);
  const renewed = await runRecorded<OutputOf<typeof operations.extendHold>>(EXTEND_HOLD, idempotency, [
    holdId,
    app,
    input.expires_in,
  ]);
  if (renewed !== null) return renewed;
  const [hold] = await database.query<HoldRow>(FIND_HOLD, [holdId, app, null]);
  throw hold === undefined ? new AppError("hold_not_found") : holdHasEnded(hold);
}

/** A hold, whichever app made it: reading crosses apps. One that is past its time is `expired`. @throws `hold_not_found`. */
export async function getHold({ id }: { id: string }): Promise<OutputOf<typeof operations.getHold>> {
  const [hold] = await database.query<HoldRow>(FIND_HOLD, [parseHoldId(id), null, null]);
  if (hold === undefined) throw new AppError("hold_not_found");
  const resolvedAt = hold.past ? hold.expires_at : hold.resolved_at;
  return {
    hold_id: hold.id,
    user_id: hold.user_id,
    app_name: hold.app_name,
    amount: hold.amount,
    status: hold.past ? "expired" : hold.status,
    captured_amount: hold.captured_amount,
    description: hold.description,
    project_code: hold.project_code,
    action: hold.action,
    transaction_id: (hold.result as EndedHold | null)?.transaction_id ?? null,
    expires_at: toTimestamp(hold.expires_at),
    resolved_at: resolvedAt === null ? null : toTimestamp(resolvedAt),
    created_at: toTimestamp(hold.created_at),
  };
}
