"use client";

import type { BalanceNews } from "@/lib/client/balance-news";
import { useBalance } from "@/lib/client/use-balance";
import { CoinMark, Coins, coinsInWords } from "@/lib/ui/coin";

/** What can be spent, and what is set aside for texts that are being written. Live, as the header is. */
export function Balance({ initial }: { initial: Required<BalanceNews> }) {
  const { credits, heldCredits } = useBalance(initial);
  return (
    <div>
      <p className="text-sm font-medium">Balance</p>
      <p className="mt-1 flex items-center gap-3 font-serif text-4xl font-medium tracking-[-0.015em]">
        <CoinMark className="size-7 text-accent" />
        <Coins amountCredits={credits} />
      </p>
      <p className="mt-1.5 text-sm text-soft">
        {heldCredits > 0
          ? `And ${coinsInWords(heldCredits)} set aside for what is being made.`
          : "All of it can be spent; none is set aside."}
      </p>
    </div>
  );
}
