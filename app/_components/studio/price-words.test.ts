import { describe, expect, it } from "vitest";
import { quote } from "@/lib/contract/quote";
import { balanceInWords, findObstacle, priceInWords } from "./price-words";

describe("the price in words", () => {
  it("says what a text may cost, what it brings, and what is left at least", () => {
    const price = quote({ pages: 12, model: "balanced" });
    expect(`${priceInWords(price)} ${balanceInWords(50, price)}`).toBe(
      "Up to 12 KU Coins for about 4,800 words. Balance 50 → at least 38.",
    );
    expect(priceInWords(quote({ pages: 1, model: "fast" }))).toBe("Up to 1 KU Coin for about 400 words.");
    expect(priceInWords({ credits: 0, words: 40 })).toBe("About 40 words, paid for already.");
  });

  it("says nothing of a balance that would not suffice", () => {
    expect(balanceInWords(11, { credits: 12, words: 4_800 })).toBe("");
  });

  it("names what is in the way, room before coins, and how much is missing", () => {
    const price = { credits: 12, words: 4_800 };
    expect(findObstacle({ balance: 12, freeBytes: 38_400 }, price, 38_400)).toBeNull();
    expect(findObstacle({ balance: 5, freeBytes: 38_400 }, price, 38_400)).toEqual({
      kind: "coins",
      text: "You have 5 KU Coins, and this needs 12: 7 more.",
    });
    expect(findObstacle({ balance: 5, freeBytes: 3_000 }, price, 38_400)).toEqual({
      kind: "room",
      text: "Your workspace has 3 kB left, and this needs about 38 kB.",
    });
  });
});
