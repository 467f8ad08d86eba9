import { describe, expect, it } from "vitest";
import { itemsToShow, linesToCopy } from "./list-items";

describe("an answer that is a list", () => {
  it("is copied as lines, without the marks", () => {
    expect(linesToCopy("- A key\n- A map")).toBe("A key\nA map");
    expect(itemsToShow("- A key\n- A map")).toEqual(["A key", "A map"]);
  });

  it("is told from a text with a dash in it", () => {
    const text = "- Who is there?\nShe said nothing.";
    expect(linesToCopy(text)).toBe(text);
    expect(itemsToShow("She said nothing.")).toBeNull();
  });
});
