import "server-only";
import type { createUser as operation } from "@/lib/contract/accounts";
import { INITIAL_CREDITS, WELCOME_BONUS } from "@/lib/contract/credits";
import { isLow } from "@/lib/contract/low-balance";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { toMegabytes } from "@/lib/contract/storage";
import { runRecorded } from "@/lib/database/recorded-statement";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { toTimestamp } from "@/lib/foundation/clock";
import { metrics } from "@/lib/foundation/metrics";
import type { Recorded } from "@/lib/foundation/recorded";
import { CREATE_USER, type PersonRow } from "./statements";

type Input = InputOf<typeof operation> & { caller: Caller };

/** The opening balance as the ledger's parts. Undefined: nobody said one, so the person is welcomed. */
export function openingParts(credits: number | undefined): { types: string[]; amounts: number[] } {
  return credits === undefined
    ? { types: ["initial", "bonus"], amounts: [INITIAL_CREDITS, WELCOME_BONUS] }
    : { types: ["initial"], amounts: [credits] };
}

/** Counts what a new person opened with; somebody who was erased opens with nothing. */
export function countOpening(
  person: Pick<PersonRow, "created" | "credits">,
  { types, amounts }: ReturnType<typeof openingParts>,
): void {
  if (!person.created || person.credits === 0) return;
  types.forEach((type, nth) => metrics().creditsMoved.inc({ type, direction: "in" }, amounts[nth] ?? 0));
}

/**
 * Makes a person known, with an opening balance; for one who is known it fills what is empty and no more.
 * @throws `insufficient_scope` where `initial_credits` comes without `credits:add`,
 *   or `subscription_status` without the root key.
 */
export async function createUser(input: Input): Promise<Recorded<OutputOf<typeof operation>>> {
  const { caller } = input;
  requireRights(input);
  const opening = openingParts(input.initial_credits);
  const recorded = await runRecorded<PersonRow>(CREATE_USER, caller.idempotency, [
    input.user_id,
    input.username,
    input.email,
    input.profile_image ?? null,
    input.bio ?? null,
    input.website ?? null,
    input.subscription_status ?? null,
    opening.types,
    opening.amounts,
    input.initial_credits === undefined ? "penora" : caller.app,
  ]);
  if (recorded?.replayed === false) countOpening(recorded.result, opening);
  if (recorded === null) throw new AppError("internal", { internal: "create-user moved no row" });
  return recorded.map((person) => ({ user: describe(person), created: person.created }));
}

function requireRights({ caller, initial_credits, subscription_status }: Input): void {
  if (initial_credits !== undefined && !caller.admin && !caller.scopes.includes("credits:add")) {
    throw new AppError("insufficient_scope", {
      message: "initial_credits needs the scope credits:add.",
      details: { required_scope: "credits:add" },
    });
  }
  if (subscription_status !== undefined && (caller.kind !== "key" || caller.keyId !== null)) {
    throw new AppError("insufficient_scope", {
      message: "subscription_status can be set by the root key only.",
    });
  }
}

function describe(person: PersonRow): OutputOf<typeof operation>["user"] {
  return {
    user_id: person.id,
    username: person.username,
    email: person.email,
    credits: person.credits,
    held_credits: person.held_credits,
    low_balance: isLow(person.credits, person.low_balance_threshold),
    low_balance_threshold: person.low_balance_threshold,
    user_version: person.user_version,
    subscription_status: person.subscription_status,
    profile_image: person.profile_image,
    bio: person.bio,
    website: person.website,
    storage_used_mb: toMegabytes(person.storage_used_bytes),
    storage_limit_mb: toMegabytes(person.storage_limit_bytes),
    storage_available_mb: toMegabytes(person.storage_limit_bytes - person.storage_used_bytes),
    created_at: toTimestamp(new Date(person.created_at)),
  };
}
