import { describe, expect, it } from "vitest";
import type { WholeStory } from "@/lib/contract/story";
import type { Writing } from "../../_components/studio/generation-state";
import { announceStory, chapterInWords, restOf, type ShownChapter, shownChapters } from "./story-state";

const chapter = (position: number, more: Partial<ShownChapter> = {}): ShownChapter => ({
  ...{
    id: `c${position}`,
    position,
    title: `Day ${position}`,
    point_of_view: "",
    beats: [],
    target_words: 1_000,
  },
  ...{
    status: "waiting",
    text: "",
    words: 0,
    charged_words: 0,
    charged_credits: 0,
    out_of_date: false,
    warnings: [],
  },
  ...{ unsaved: false, versions: 0, quote: { credits: 3, words: 1_000 }, rewrite_quote: null, live: false },
  ...more,
});

const piece = (nth: number, more: Partial<Writing["pieces"][number]> = {}): Writing["pieces"][number] => ({
  ...{
    nth,
    status: "waiting",
    title: "",
    chapter_id: `c${nth}`,
    words: 0,
    target_words: 1_000,
    text: "",
    unsaved: false,
  },
  ...more,
});

const writing = (
  status: Writing["generation"]["status"],
  pieces: Writing["pieces"],
  error: string | null = null,
) =>
  // What is not looked at is left out.
  ({ generation: { id: "g", kind: "story-chapters", status, error }, pieces }) as unknown as Writing;

describe("how a chapter stands, in words", () => {
  it.each<[Partial<ShownChapter>, string]>([
    [{}, "waiting"],
    [{ status: "writing", words: 624 }, "writing 62 %"],
    [{ status: "writing", words: 1_080 }, "writing 99 %"],
    [{ status: "done", words: 1_012, charged_words: 1_012 }, "done 1,012 of 1,000"],
    [{ status: "done", words: 620, charged_words: 620 }, "short: 620 of 1,000, charged for 620"],
    [{ status: "stopped", words: 300 }, "stopped, 300 of 1,000"],
    [{ status: "failed", words: 0 }, "failed, not charged"],
    [{ status: "failed", words: 44 }, "failed, not charged, 44 of 1,000 kept"],
  ])("%o", (more, words) => {
    expect(chapterInWords(chapter(1, more))).toBe(words);
  });
});

describe("the chapters of a story that is being written", () => {
  const whole = {
    chapters: [chapter(1, { text: "Old.", status: "done" }), chapter(2), chapter(3)],
  } as unknown as WholeStory;

  it("show what is written of them now, and a rewrite that has not begun leaves the old text", () => {
    const active = writing("writing", [piece(1), piece(2, { status: "writing", text: "It was", words: 2 })]);
    const shown = shownChapters(whole, active);
    expect(shown.map(({ status, text, live }) => [status, text, live])).toEqual([
      ["done", "Old.", false],
      ["writing", "It was", true],
      ["waiting", "", false],
    ]);
  });

  it("cost together what each of them does", () => {
    expect(restOf([chapter(1, { quote: null }), chapter(2), chapter(3)])).toEqual({
      chapters: 2,
      credits: 6,
      words: 2_000,
    });
  });

  it("are announced at their start, at the end of each, at the end, and at no word between", () => {
    const steps = [
      null,
      writing("writing", [piece(1), piece(2)]),
      writing("writing", [piece(1, { status: "writing" }), piece(2)]),
      writing("writing", [piece(1, { status: "writing", text: "It", words: 1 }), piece(2)]),
      writing("writing", [piece(1, { status: "done", words: 1_012 }), piece(2)]),
      writing(
        "failed",
        [piece(1, { status: "done", words: 1_012 }), piece(2, { status: "failed" })],
        "It broke off. You were not charged.",
      ),
    ];
    const said = steps.slice(1).map((after, at) => after && announceStory(steps[at] ?? null, after));
    expect(said).toEqual([
      "Writing has begun.",
      "Chapter 1 is being written.",
      null,
      "Chapter 1 is written: 1,012 words.",
      "It broke off. You were not charged.",
    ]);
  });
});
