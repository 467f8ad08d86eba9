import { describe, expect, it } from "vitest";
import { withNews } from "./balance-news";

const shown = { credits: 10, heldCredits: 2, userVersion: 5 };

describe("what a page shows of a balance", () => {
  it("follows what is newer, and what does not say how new it is", () => {
    expect(withNews(shown, { credits: 7, heldCredits: 0, userVersion: 6 })).toEqual({
      credits: 7,
      heldCredits: 0,
      userVersion: 6,
    });
    expect(withNews(shown, { credits: 7 })).toEqual({ ...shown, credits: 7 });
    expect(withNews(shown, { credits: 7, userVersion: 5 })).toEqual({ ...shown, credits: 7 });
  });

  it("is left alone by what is older, and by what it shows already", () => {
    expect(withNews(shown, { credits: 99, userVersion: 4 })).toBe(shown);
    expect(withNews(shown, { credits: 10, heldCredits: 2, userVersion: 5 })).toBe(shown);
    expect(withNews(shown, { credits: 10 })).toBe(shown);
  });
});
