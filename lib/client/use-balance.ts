import { useEffect, useState } from "react";
import { type BalanceNews, hearBalance, withNews } from "./balance-news";

/** What the person has, as far as the page has heard of it: the header hears it live and tells every part. */
export function useBalance(initial: Required<BalanceNews>): Required<BalanceNews> {
  const [balance, setBalance] = useState(initial);
  useEffect(() => hearBalance((news) => setBalance((shown) => withNews(shown, news))), []);
  return balance;
}
