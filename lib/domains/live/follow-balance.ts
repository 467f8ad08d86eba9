import "server-only";
import { noSuchUser } from "@/lib/domains/credits/refuse";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import type { BalanceStream } from "./balance-stream";
import { liveHub } from "./live-hub";

interface FollowRequest {
  readonly caller: Caller;
  readonly user_id: string;
  /** The version that the follower has already, as its browser remembers it. */
  readonly lastEventId: string | null;
  /** Ends when the follower goes away. */
  readonly signal: AbortSignal;
}

/**
 * What a person has: at once, unless the follower has that version, and whenever it changes, until the follower leaves or
 * loses the right to ask. A slow reader gets the newest state and never a queue of old ones.
 * @throws `user_not_found`, `unavailable` before the stream begins.
 */
export async function followBalance({
  caller,
  user_id: userId,
  lastEventId,
  signal,
}: FollowRequest): Promise<{ events: BalanceStream }> {
  const seen = lastEventId !== null && /^\d{1,15}$/.test(lastEventId) ? Number(lastEventId) : null;
  const { sessionId, keyId, expiresAt } = caller;
  const access = { sessionId, keyId, expiresAt, seesTransactions: caller.kind !== "browser-token" };
  const events = liveHub().open(userId, access, seen);
  signal.addEventListener("abort", () => events.end(), { once: true });
  try {
    if (!(await liveHub().refresh(userId))) throw noSuchUser();
  } catch (error) {
    events.end();
    throw error;
  }
  if (signal.aborted) events.end();
  return { events };
}

/** `followBalance` of whoever is signed in. @throws `not_signed_in` where a door let somebody else in. */
export async function followMyBalance(
  request: Omit<FollowRequest, "user_id">,
): Promise<{ events: BalanceStream }> {
  const { userId } = request.caller;
  if (userId === null) throw new AppError("not_signed_in");
  return followBalance({ ...request, user_id: userId });
}
