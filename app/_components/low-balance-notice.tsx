"use client";

import { X } from "lucide-react";
import type { BalanceNews } from "@/lib/client/balance-news";
import { useLowBalance } from "@/lib/client/low-balance";
import { CoinMark, coinsInWords } from "@/lib/ui/coin";

export type LowBalanceNoticeProps = {
  userId: string;
  balance: Required<BalanceNews>;
  threshold: number;
  putAway: boolean;
  topupUrl: string;
};

/** A quiet line below the header while few coins are left. Its words stand in a live region that is always there. */
export function LowBalanceNotice({ userId, topupUrl, ...initial }: LowBalanceNoticeProps) {
  const { credits, shown, putAway } = useLowBalance(userId, initial);
  return (
    <div className={shown ? "border-t border-line bg-warn-wash" : undefined}>
      <div className="mx-auto flex max-w-wide items-center gap-x-3 px-4 text-sm sm:px-6">
        {shown ? <CoinMark className="text-warn" /> : null}
        <p role="status">
          {shown
            ? credits === 0
              ? "You have no KU Coins left."
              : `Only ${coinsInWords(credits)} left.`
            : ""}
        </p>
        {shown ? (
          <>
            <a className="link py-2 whitespace-nowrap" href={topupUrl} target="_blank" rel="noopener">
              Get more
            </a>
            <button
              type="button"
              aria-label="Put this notice away until coins run low again"
              onClick={() => {
                putAway();
                // The button goes; whoever pressed it by keyboard goes on with the page.
                document.getElementById("main")?.focus({ preventScroll: true });
              }}
              className="-mr-2 ml-auto grid size-10 shrink-0 place-items-center rounded-md text-soft hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
            </button>
          </>
        ) : null}
      </div>
    </div>
  );
}
