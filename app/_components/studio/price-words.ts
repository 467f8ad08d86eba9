import type { Quote } from "@/lib/contract/quote";
import { coinsInWords } from "@/lib/ui/coin";
import { figure } from "@/lib/ui/figure";
import { countInWords } from "../in-words";
import type { Means } from "./means";

export function wordsInWords(words: number): string {
  return countInWords(words, "word");
}

/** What a text may cost and what it brings: "Up to 12 KU Coins for about 4,800 words." */
export function priceInWords({ credits, words }: Quote): string {
  if (credits === 0) return `About ${wordsInWords(words)}, paid for already.`;
  return `Up to ${coinsInWords(credits)} for about ${wordsInWords(words)}.`;
}

/** What is left afterwards: "Balance 50 → at least 38." Empty where it would not suffice, or costs nothing. */
export function balanceInWords(
  balance: number,
  { credits }: Pick<Quote, "credits"> & Partial<Quote>,
): string {
  if (credits > balance || credits === 0) return "";
  return `Balance ${figure(balance)} → at least ${figure(balance - credits)}.`;
}

/** What is in the way of writing a text, in the order in which it is to be put right. */
export type Obstacle =
  { kind: "room"; text: string } | { kind: "coins"; text: string } | { kind: "form"; text: string };

/** Why a text of this price and size can't be begun, or null. Space goes before coins. */
export function findObstacle(
  means: Pick<Means, "balance" | "freeBytes">,
  price: Quote,
  neededBytes: number,
): Obstacle | null {
  if (neededBytes > means.freeBytes) {
    const kB = (bytes: number) => `${figure(Math.ceil(bytes / 1024))} kB`;
    return {
      kind: "room",
      text: `Your workspace has ${kB(means.freeBytes)} left, and this needs about ${kB(neededBytes)}.`,
    };
  }
  if (price.credits > means.balance) {
    const missing = price.credits - means.balance;
    return {
      kind: "coins",
      text: `You have ${coinsInWords(means.balance)}, and this needs ${figure(price.credits)}: ${figure(missing)} more.`,
    };
  }
  return null;
}
