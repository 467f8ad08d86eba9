import { AppError } from "@/lib/foundation/app-error";

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A token bucket for each name, in the memory of this process. Names at rest are forgotten. */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private forgotAt = -Infinity;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one token of `name`. @throws `rate_limited` where none is left; nothing was done then. */
  take(name: string): void {
    const bucket = this.refill(name);
    if (bucket.tokens < 1) {
      const seconds = Math.max(1, Math.ceil((1 - bucket.tokens) / this.perSecond));
      throw new AppError("rate_limited", { retryAfterSeconds: seconds });
    }
    bucket.tokens -= 1;
  }

  private refill(name: string): Bucket {
    const now = this.now();
    let bucket = this.buckets.get(name);
    if (bucket === undefined) {
      if (this.buckets.size >= 10_000) this.forgetFull(now);
      bucket = { tokens: this.burst, filledAt: now };
      this.buckets.set(name, bucket);
    }
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((now - bucket.filledAt) / 1000) * this.perSecond);
    bucket.filledAt = now;
    return bucket;
  }

  /** At most once a second: where nearly all are in use, looking through them for each new one would cost the most. */
  private forgetFull(now: number): void {
    if (now - this.forgotAt < 1_000) return;
    this.forgotAt = now;
    for (const [name, bucket] of this.buckets) {
      if (bucket.tokens + ((now - bucket.filledAt) / 1000) * this.perSecond >= this.burst)
        this.buckets.delete(name);
    }
  }
}

/** Browser tokens of one person from one key: a page must not use up what its app's servers may ask. */
export const tokenLimiter = new RateLimiter(10, 100);

/** Failed authentication of one address: 60 at once, then one a second. */
export const failureLimiter = new RateLimiter(1, 60);

/** What guests may ask for that costs work, by address: 120 at once, then 10 a second. A page full of pictures fits in. */
export const addressLimiter = new RateLimiter(10, 120);
