import { announceTaker, type TakeShare } from "@/lib/domains/api-keys/take-share";
import { AppError } from "@/lib/foundation/app-error";
import type { RateLimit } from "@/lib/foundation/caller";
import { logger } from "@/lib/foundation/logger";

const TURN_MS = 1_000;

/** What this process has of a key's budget. */
interface Share {
  limit: RateLimit;
  /** Requests that may still be admitted. */
  left: number;
  /** Requests since the last turn, the refused ones too. */
  asked: number;
  wanted: number;
  granted: number;
  /** The budget had less than was wanted: there is no more before the next turn. */
  short: boolean;
  taking: Promise<void> | null;
}

/**
 * Counts the requests of each key in the memory of this process, against a share of the key's budget that it takes from
 * the database once a second, and at once where it runs dry while there may be more (decision
 * *a-key-s-budget-is-taken-in-shares*). No request writes anything.
 */
export class KeyLimiter {
  private readonly shares = new Map<string, Share>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly takeShare: TakeShare = announceTaker()) {}

  /** Admits one request of a key. @throws `rate_limited`; nothing was done then. */
  async take(keyId: string, limit: RateLimit): Promise<void> {
    const share = this.shareOf(keyId, limit);
    share.asked += 1;
    while (share.left < 1) {
      if (share.short) throw refusal(share);
      await this.refill(keyId, share, grown(share));
    }
    share.left -= 1;
  }

  /** Gives back what is not needed and takes what the next second may need; keys at rest are forgotten. */
  async turn(): Promise<void> {
    await Promise.all(
      [...this.shares].map(async ([keyId, share]) => {
        await share.taking;
        const { asked } = share;
        share.asked = 0;
        await this.refill(keyId, share, wantedFor(asked, share.limit));
        if (asked === 0 && share.asked === 0) this.shares.delete(keyId);
      }),
    );
    if (this.shares.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private shareOf(keyId: string, limit: RateLimit): Share {
    let share = this.shares.get(keyId);
    if (share === undefined) {
      share = { limit, left: 0, asked: 0, wanted: 0, granted: 0, short: false, taking: null };
      this.shares.set(keyId, share);
      this.timer ??= setInterval(() => void this.turn(), TURN_MS).unref();
    }
    share.limit = limit;
    return share;
  }

  private refill(keyId: string, share: Share, want: number): Promise<void> {
    return (share.taking ??= this.ask(keyId, share, want).finally(() => (share.taking = null)));
  }

  private async ask(keyId: string, share: Share, want: number): Promise<void> {
    const back = share.left;
    // Only this may be spent while the answer is under way: the rest goes back to the others.
    const kept = Math.min(back, want);
    share.left = kept;
    try {
      share.granted = await this.takeShare({ keyId, limit: share.limit, back, want });
      share.left += share.granted - kept;
      share.short = share.granted < want;
    } catch (error) {
      // Without the database nothing says what the others need: the last share counts for another second.
      logger().warn({ err: error }, "a share of a key's budget could not be taken: the last one counts on");
      share.left = Math.max(share.left, share.granted || share.limit.requests_per_second);
      share.short = true;
    }
    share.wanted = want;
  }
}

/** Twice what the last second asked for: it holds until the next turn, also where a little more comes. */
function wantedFor(asked: number, { requests_per_second: perSecond, burst }: RateLimit): number {
  return asked === 0 ? 0 : Math.min(burst, Math.max(Math.ceil(perSecond / 10), 2 * asked));
}

/** What is wanted where the share did not last: a second's worth first, then twice as much each time. */
function grown({ wanted, limit }: Share): number {
  return Math.min(limit.burst, Math.max(limit.requests_per_second, 2 * wanted));
}

function refusal({ left, limit }: Share): AppError {
  const seconds = Math.max(1, Math.ceil((1 - left) / limit.requests_per_second));
  return new AppError("rate_limited", { retryAfterSeconds: seconds });
}

export const keyLimiter = new KeyLimiter();
