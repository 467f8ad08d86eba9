import type { BalanceNews } from "@/lib/client/balance-news";
import type { Viewer } from "./viewer";

/** What a page begins with, and follows from there. */
export function balanceOf({ credits, heldCredits, userVersion }: Viewer): Required<BalanceNews> {
  return { credits, heldCredits, userVersion };
}
