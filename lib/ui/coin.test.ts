import { describe, expect, it } from "vitest";
import { coinsInWords } from "./coin";

describe("coinsInWords", () => {
  it("says one coin in the singular and everything else in the plural", () => {
    expect([0, 1, 2, -1].map(coinsInWords)).toEqual(["0 KU Coins", "1 KU Coin", "2 KU Coins", "-1 KU Coin"]);
  });

  it("parts thousands", () => {
    expect(coinsInWords(1_000_000)).toBe("1,000,000 KU Coins");
  });
});
