import "server-only";
import { database } from "@/lib/database/client";
import { TOKEN_COUNTS } from "./statements";
import { TokenRefusal } from "./token-claims";
import { verifyToken } from "./verify-token";

/**
 * The id of the person that a token proves, for one request: no session begins and nothing is written. Null where it is
 * no good, or older than the person's last "sign out everywhere".
 * @throws `unavailable`.
 */
export async function personOfToken(token: string): Promise<string | null> {
  try {
    const { userId, issuedAt } = await verifyToken(token);
    const [row] = await database.query<{ counts: boolean }>(TOKEN_COUNTS, [userId, issuedAt]);
    return row?.counts === false ? null : userId;
  } catch (error) {
    if (error instanceof TokenRefusal) return null;
    throw error;
  }
}
