import { describe, expect, it } from "vitest";
import { roundCeiling } from "./bar-chart";

describe("roundCeiling", () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [5, 6],
    [9, 10],
    [22, 30],
    [100, 100],
    [101, 200],
    [1_000_000, 1_000_000],
  ])("puts the top of a scale for %d at %d", (value, top) => {
    expect(roundCeiling(value)).toBe(top);
  });
});
