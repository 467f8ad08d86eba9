import "server-only";
import { database } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import { env } from "@/lib/foundation/env";
import { FIRST_EXPIRY } from "./lease-statements";
import { findUserInfo } from "./user-info";

/** Says why credits did not move: nobody is there, or there are not enough. */
export async function refuseForCredits(userId: string, required: number): Promise<AppError> {
  const user = await findUserInfo(userId);
  if (user === null) return noSuchUser();
  const heldIsTheReason = user.credits + user.held_credits >= required;
  const has = `${user.credits} ${user.credits === 1 ? "credit" : "credits"}`;
  // The balance is read after the refusal; meanwhile somebody may have topped up. A shortfall is at least one.
  return new AppError("insufficient_credits", {
    details: `User has ${has} but needs ${required}`,
    extra: {
      credits: user.credits,
      held_credits: user.held_credits,
      low_balance: user.low_balance,
      user_version: user.user_version,
      required,
      shortfall: Math.max(1, required - user.credits),
      topup_url: env().sukusukuTopupUrl,
      ...(heldIsTheReason ? { retry_after: await secondsToFirstExpiry(userId) } : {}),
    },
  });
}

/** `user_not_found`, saying what to do. */
export function noSuchUser(): AppError {
  return new AppError("user_not_found", {
    details: "This user is not known yet. Call POST /api/unified/create-user first.",
  });
}

/** After this the first of their open holds has ended for certain; sooner, if its app settles it. */
async function secondsToFirstExpiry(userId: string): Promise<number> {
  const [row] = await database.query<{ seconds: number | null }>(FIRST_EXPIRY, [userId]);
  return row?.seconds ?? 1;
}
