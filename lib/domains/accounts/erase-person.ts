import "server-only";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import { ERASE } from "./statements";

/**
 * Erases a person and everything of theirs. The ledger keeps amounts, types, apps and times under a random id,
 * which is answered; coming back under the old id brings no second welcome (contract, section 3).
 * @throws `user_not_found`.
 */
export async function erasePerson(userId: string): Promise<string> {
  const [row] = await inTransaction((transaction) =>
    transaction.query<{ stranger: string | null }>(ERASE, [userId]),
  );
  if (!row?.stranger) throw new AppError("user_not_found");
  return row.stranger;
}
