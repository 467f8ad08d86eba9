"use client";

import type { BalanceNews } from "@/lib/client/balance-news";
import { useBalance } from "@/lib/client/use-balance";
import { Coins } from "@/lib/ui/coin";

/** The balance in large, live as the header's. */
export function BalanceFigure({ initial }: { initial: Required<BalanceNews> }) {
  const { credits, heldCredits } = useBalance(initial);
  return (
    <>
      <p>
        <span className="block text-sm text-soft">Balance</span>
        <span className="mt-1 block font-serif text-3xl font-medium">
          <Coins amountCredits={credits} />
        </span>
      </p>
      {heldCredits > 0 ? (
        <p className="mt-1 text-sm text-soft">
          and <Coins amountCredits={heldCredits} /> held for work under way
        </p>
      ) : null}
    </>
  );
}
