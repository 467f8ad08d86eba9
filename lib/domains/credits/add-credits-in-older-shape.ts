import "server-only";
import type { addCreditsLegacy as operation } from "@/lib/contract/credits";
import type { InputOf, OutputOf } from "@/lib/contract/operation";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import type { Recorded } from "@/lib/foundation/recorded";
import { addCredits } from "./add-credits";

type Input = InputOf<typeof operation> & { caller: Caller };

/** The hub's older way to add bought credits: `credits` or `amount`, `note` for the description. */
export async function addCreditsInOlderShape(input: Input): Promise<Recorded<OutputOf<typeof operation>>> {
  const amount = input.credits ?? input.amount;
  if (amount == null || (input.amount != null && input.amount !== amount)) {
    throw new AppError("invalid_request", {
      message:
        amount == null ? "Missing required fields: credits" : "Invalid request: credits and amount differ",
      details: { field: "credits" },
    });
  }
  const added = await addCredits({
    user_id: input.user_id,
    amount,
    transaction_type: "purchased",
    direction: "credit",
    description: input.note ?? "Credits added",
    app_name: input.caller.app,
    reference: input.reference,
    metadata: undefined,
    caller: input.caller,
  });
  return added.map(({ new_balance, credits_added, low_balance, message }) => ({
    success: true,
    new_balance,
    credits_added,
    low_balance,
    message,
  }));
}
