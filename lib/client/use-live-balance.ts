import { useEffect, useEffectEvent, useState } from "react";
import { type BalanceNews, hearBalance, tellBalance, withNews } from "./balance-news";
import { shareBalance } from "./share-balance";

export type LiveBalance = Required<BalanceNews> & {
  /** Whether it moved since the page came. */
  changed: boolean;
};

/**
 * The balance of `userId`, live: whoever spends, wherever, it is here in a moment, and every part of the page that hears
 * `hearBalance` is told. Another person's balance is never shown: when the session has changed hands or ended,
 * `onStranger` or `onSignedOut` is called once and the following stops.
 */
export function useLiveBalance(
  initial: Required<BalanceNews>,
  userId: string,
  handlers: { onStranger: () => void; onSignedOut: () => void },
): LiveBalance {
  const [balance, setBalance] = useState<LiveBalance>({ ...initial, changed: false });
  const onStranger = useEffectEvent(handlers.onStranger);
  const onSignedOut = useEffectEvent(handlers.onSignedOut);

  useEffect(
    () =>
      hearBalance((news) =>
        setBalance((shown) => {
          const next = withNews(shown, news);
          return next.credits === shown.credits ? next : { ...next, changed: true };
        }),
      ),
    [],
  );

  useEffect(
    () =>
      shareBalance(userId, (heard) => {
        if (heard.kind === "balance") tellBalance(heard.news);
        else if (heard.kind === "stranger") onStranger();
        else onSignedOut();
      }),
    [userId],
  );

  return balance;
}
