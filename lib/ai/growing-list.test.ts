import { describe, expect, it } from "vitest";
import { GrowingList, itemsOf } from "./growing-list";

/** A list as it comes in pieces of `size` characters. */
function grown(answer: string, wanted: number, { size = 3, complete = true, standing = "" } = {}): string {
  const list = new GrowingList(standing, wanted);
  let text = "";
  for (let at = 0; at < answer.length; at += size) text += list.push(answer.slice(at, at + size));
  return text + list.finish(complete);
}

describe("a list while it is written", () => {
  it("has one form, however the model marks its items", () => {
    for (const mark of ["- ", "* ", "• ", "1. ", "2) ", "  - "])
      expect(grown(`${mark}A key\n${mark}A map`, 2)).toBe("- A key\n- A map");
  });

  it("leaves out what stands around it", () => {
    expect(grown("Here are two:\n\n- A key\n- A map\n\nI hope they help!", 5)).toBe("- A key\n- A map");
  });

  it("gives no item twice, and none beyond those that are wanted", () => {
    expect(grown("- A key\n- a KEY!\n- A map\n- A coin", 2)).toBe("- A key\n- A map");
  });

  it("goes on behind what stands", () => {
    const standing = "- A key\n- A map";
    expect(standing + grown("- A map\n- A coin\n- A ring", 3, { standing })).toBe(
      "- A key\n- A map\n- A coin",
    );
  });

  it("drops an item that was cut off", () => {
    expect(grown("- A key\n- A ma", 2, { complete: false })).toBe("- A key");
  });

  it("is the same wherever the network cut it", () => {
    const answer = "Sure:\n1. Käte’s lamp\n2. 雨の夜\n3. A boat";
    const whole = grown(answer, 3, { size: 1_000 });
    for (let size = 1; size < 20; size++) expect(grown(answer, 3, { size })).toBe(whole);
    expect(itemsOf(whole)).toEqual(["Käte’s lamp", "雨の夜", "A boat"]);
  });
});
