import "server-only";
import { database } from "@/lib/database/client";
import { coalesce } from "@/lib/database/coalesce";
import type { RateLimit } from "@/lib/foundation/caller";
import { newId } from "@/lib/foundation/ids";
import { OPEN_BUDGETS, TAKE_SHARES } from "./budget-statements";

/** What is asked for of a key's budget. */
export interface ShareAsk {
  readonly keyId: string;
  readonly limit: RateLimit;
  /** Requests that may still be admitted of what was taken before, and are given back; negative where there were too many. */
  readonly back: number;
  /** Requests that one would like to be able to admit; 0 leaves the budget to others. */
  readonly want: number;
}

/** Answers how many requests may be admitted now: what is wanted and there. Replaces what was taken before. */
export type TakeShare = (ask: ShareAsk) => Promise<number>;

/**
 * Announces a taker of shares. What all takers of a key hold and have spent together is never more than its limit gives.
 * What one of them asks for in one moment goes in one statement; no key twice at the same time.
 */
export function announceTaker(): TakeShare {
  const taker = newId();
  const together = coalesce<ShareAsk, number | null>((asks) => takeShares(taker, asks), {
    name: "rate-shares",
    most: 200,
    lanes: 2,
  });
  return async (ask) => {
    let granted = await together(ask);
    if (granted === null) {
      await database.query(OPEN_BUDGETS, [[ask.keyId], [ask.limit.burst]]);
      granted = await together(ask);
    }
    if (granted === null) throw new Error("a key's budget is not there");
    return granted;
  };
}

async function takeShares(taker: string, asks: readonly ShareAsk[]): Promise<(number | null)[]> {
  const rows = await database.query<{ id: string; granted: number }>(TAKE_SHARES, [
    asks.map((ask) => ask.keyId),
    asks.map((ask) => ask.limit.requests_per_second),
    asks.map((ask) => ask.limit.burst),
    asks.map((ask) => ask.back),
    asks.map((ask) => ask.want),
    taker,
  ]);
  const granted = new Map(rows.map((row) => [row.id, row.granted]));
  return asks.map((ask) => granted.get(ask.keyId) ?? null);
}
