import { useEffect, useState } from "react";
import { isLow, PUT_AWAY_COOKIE } from "@/lib/contract/low-balance";
import type { BalanceNews } from "./balance-news";
import { useBalance } from "./use-balance";

const THRESHOLD_EVENT = "penora:low-balance-threshold";
const A_YEAR_IN_SECONDS = 365 * 24 * 3600;

/** Tells the page that its person has chosen another threshold. */
export function tellThreshold(threshold: number): void {
  window.dispatchEvent(new CustomEvent(THRESHOLD_EVENT, { detail: threshold }));
}

export interface LowBalance {
  readonly credits: number;
  /** Low, and not put away since it became so. */
  readonly shown: boolean;
  readonly putAway: () => void;
}

/**
 * Whether `userId` is to be told that few credits are left. Put away it stays so, on every page of this browser, until
 * the balance has been above the threshold once.
 */
export function useLowBalance(
  userId: string,
  initial: { balance: Required<BalanceNews>; threshold: number; putAway: boolean },
): LowBalance {
  const { credits } = useBalance(initial.balance);
  const [threshold, setThreshold] = useState(initial.threshold);
  const [isPutAway, setPutAway] = useState(initial.putAway);
  const low = isLow(credits, threshold);
  // Another crossing is another notice. Judged while drawing, so that it is never missing for a moment.
  if (!low && isPutAway) setPutAway(false);

  useEffect(() => {
    if (!low) note(null);
  }, [low]);

  useEffect(() => {
    const chosen = (event: Event) => setThreshold((event as CustomEvent<number>).detail); // told by `tellThreshold` only
    window.addEventListener(THRESHOLD_EVENT, chosen);
    return () => window.removeEventListener(THRESHOLD_EVENT, chosen);
  }, []);

  const putAway = () => {
    note(userId);
    setPutAway(true);
  };
  return { credits, shown: low && !isPutAway, putAway };
}

/** A browser that keeps no cookie shows the notice again on the next page. */
function note(userId: string | null): void {
  const kept = document.cookie.split("; ").some((pair) => pair.startsWith(`${PUT_AWAY_COOKIE}=`));
  if (userId === null && !kept) return;
  const life = userId === null ? 0 : A_YEAR_IN_SECONDS;
  const secure = window.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${PUT_AWAY_COOKIE}=${encodeURIComponent(userId ?? "")}; Path=/; Max-Age=${life}; SameSite=Lax${secure}`;
}
