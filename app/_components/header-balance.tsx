"use client";

import type { BalanceNews } from "@/lib/client/balance-news";
import { useLiveBalance } from "@/lib/client/use-live-balance";
import { CoinMark, Coins, coinsInWords } from "@/lib/ui/coin";
import { toast } from "@/lib/ui/toast-store";

export type HeaderBalanceProps = { initial: Required<BalanceNews>; userId: string; loginUrl: string };

/** The balance of the person this page was made for, live. Says once when the session is theirs no longer. */
export function HeaderBalance({ initial, userId, loginUrl }: HeaderBalanceProps) {
  const { credits, changed } = useLiveBalance(initial, userId, {
    onStranger: () =>
      toast("Somebody else is signed in now", {
        id: "session",
        description:
          "This page still belongs to the person before. What you typed stays here until you reload.",
        action: { label: "Reload", onSelect: () => window.location.reload() },
      }),
    onSignedOut: () =>
      toast("You are signed out", {
        id: "session",
        description: "What you typed stays on this page. Sign in again to go on.",
        action: { label: "Sign in", onSelect: () => window.location.assign(loginUrl) },
      }),
  });
  return (
    <>
      <a
        href="/account"
        className="flex h-9 items-center gap-2 rounded-md text-sm font-medium text-ink decoration-accent underline-offset-4 hover:underline"
      >
        <CoinMark className="text-accent" />
        <span className="sr-only">Balance: </span>
        <Coins amountCredits={credits} />
      </a>
      <span role="status" className="sr-only">
        {changed ? `Balance now ${coinsInWords(credits)}` : ""}
      </span>
    </>
  );
}
