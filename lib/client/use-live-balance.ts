import { useEffect, useEffectEvent, useState } from "react";
import { fetchUserStatus } from "./user-status";

const POLL_MS = 10_000;

/** A page that knows a newer balance says so: `window.dispatchEvent(new CustomEvent(BALANCE_EVENT, { detail: { credits } }))`. */
export const BALANCE_EVENT = "penora:balance";

export type LiveBalance = {
  credits: number;
  /** Whether it moved since the page came. */
  changed: boolean;
};

/**
 * The balance of `userId`, asked for every ten seconds while the tab is in sight, when it comes back into sight or
 * focus, and told at once by `penora:balance`. Another person's balance is never shown: when the session has
 * changed hands or ended, `onStranger` or `onSignedOut` is called once and the asking stops.
 */
export function useLiveBalance(
  initial: number,
  userId: string,
  handlers: { onStranger: () => void; onSignedOut: () => void },
): LiveBalance {
  const [balance, setBalance] = useState<LiveBalance>({ credits: initial, changed: false });
  const onStranger = useEffectEvent(handlers.onStranger);
  const onSignedOut = useEffectEvent(handlers.onSignedOut);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking: AbortController | undefined;
    let over = false;

    const show = (credits: number) =>
      setBalance((now) => (now.credits === credits ? now : { credits, changed: true }));

    async function ask() {
      clearTimeout(timer);
      asking?.abort();
      if (over || document.visibilityState === "hidden") return;
      const mine = (asking = new AbortController());
      const status = await fetchUserStatus(mine.signal);
      // Aborted: something newer was asked or told meanwhile, and this answer may be older than that.
      if (mine.signal.aborted || over) return;
      if (status?.authenticated === false || (status && status.user_id !== userId)) {
        over = true;
        return status.authenticated ? onStranger() : onSignedOut();
      }
      // Every part of the page hears of it, this one too.
      if (status)
        window.dispatchEvent(new CustomEvent(BALANCE_EVENT, { detail: { credits: status.credits } }));
      else timer = setTimeout(ask, POLL_MS);
    }

    function told(event: Event) {
      const credits: unknown = (event as CustomEvent<{ credits?: unknown } | null>).detail?.credits;
      if (typeof credits !== "number" || over) return;
      asking?.abort();
      clearTimeout(timer);
      timer = setTimeout(ask, POLL_MS);
      show(credits);
    }

    timer = setTimeout(ask, POLL_MS);
    window.addEventListener(BALANCE_EVENT, told);
    window.addEventListener("focus", ask);
    document.addEventListener("visibilitychange", ask);
    return () => {
      over = true;
      clearTimeout(timer);
      asking?.abort();
      window.removeEventListener(BALANCE_EVENT, told);
      window.removeEventListener("focus", ask);
      document.removeEventListener("visibilitychange", ask);
    };
  }, [userId]);

  return balance;
}
