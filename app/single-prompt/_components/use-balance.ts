import { useEffect, useState } from "react";
import { BALANCE_EVENT } from "@/lib/client/use-live-balance";

/** Tells every part of the page what the person has now. */
export function tellBalance(credits: number): void {
  window.dispatchEvent(new CustomEvent(BALANCE_EVENT, { detail: { credits } }));
}

/** What the person has, as far as the page has heard of it. */
export function useBalance(initial: number): number {
  const [credits, setCredits] = useState(initial);
  useEffect(() => {
    const told = (event: Event) => {
      const next = (event as CustomEvent<{ credits?: unknown } | null>).detail?.credits;
      if (typeof next === "number") setCredits(next);
    };
    window.addEventListener(BALANCE_EVENT, told);
    return () => window.removeEventListener(BALANCE_EVENT, told);
  }, []);
  return credits;
}
