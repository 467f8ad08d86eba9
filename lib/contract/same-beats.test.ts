import { describe, expect, it } from "vitest";
import { sameBeats } from "./same-beats";

const chapter = (...beats: string[]) => ({ title: "", point_of_view: "", beats });

describe("sameBeats", () => {
  it.each([
    ["Ada finds the letter in the bottle.", "Ada finds a letter in a bottle"],
    ["The storm breaks the lighthouse lamp.", "The lighthouse lamp is broken; the storm breaks it."],
    ["Ada trouve la lettre dans la bouteille.", "Ada trouve une lettre, dans une bouteille."],
    ["灯台守のアダは瓶の中に手紙を見つける", "アダは瓶の中に手紙を見つける。"],
    ["Run!", "run"],
  ])("marks %j and %j", (one, other) => {
    expect(sameBeats([chapter("Something else altogether.", one), chapter(other)])).toEqual([
      [
        { chapter: 1, beat: 2 },
        { chapter: 2, beat: 1 },
      ],
    ]);
  });

  it.each([
    ["Ada finds the letter.", "Ada burns the letter."],
    ["Bram leaves the harbour at night.", "Ada leaves the harbour with Bram in the morning."],
    ["灯台守は手紙を読む", "嵐が港を襲う"],
    ["", "The storm."],
  ])("says nothing of %j and %j", (one, other) => {
    expect(sameBeats([chapter(one, other)])).toEqual([]);
  });

  it("marks every pair of three that are the same, also within a chapter", () => {
    const beat = "The bridge falls into the river.";
    expect(sameBeats([chapter(beat, beat), chapter(beat)])).toHaveLength(3);
  });
});
