import { describe, expect, it } from "vitest";
import { announce } from "./announce";
import { withEvent, type Writing } from "./generation-state";

const begun: Writing = {
  generation: {
    ...{
      id: "g",
      kind: "single-prompt",
      story_id: null,
      status: "writing",
      stop_requested: false,
      prompt: "A lighthouse",
    },
    ...{
      language: null,
      tone: null,
      point_of_view: null,
      audience: null,
      format: "prose",
      model: "balanced",
    },
    ...{ pages: 2, words: 0, quoted_credits: 2, charged_credits: 0, settlement: null, continue_quote: null },
    ...{ project_code: null, unsaved: false, error: null, label: null, last_event_id: 1 },
    ...{ created_at: "2026-11-21T12:00:00.000Z", finished_at: null },
  },
  pieces: [1, 2].map((nth) => ({
    ...{
      nth,
      status: "waiting",
      title: "",
      chapter_id: null,
      target_words: 400,
      words: 0,
      text: "",
      unsaved: false,
    },
  })),
};

const event = (id: number, kind: string, data: object) => ({
  id: String(id),
  event: kind,
  data: JSON.stringify(data),
});

const STREAM = [
  event(2, "piece", { nth: 1 }),
  event(3, "text", { nth: 1, text: "It was dark" }),
  event(4, "text", { nth: 1, text: " and late." }),
  event(5, "piece-end", { nth: 1, status: "done", words: 5, project_code: "ABCDEF", unsaved: false }),
  event(6, "piece", { nth: 2 }),
  event(7, "text", { nth: 2, text: "\n\nThen it" }),
  event(8, "end", {
    ...{ status: "failed", words: 7, quoted: 2, charged: 1, released: 1, charged_in_all: 1, credits: 9 },
    ...{
      user_version: 4,
      project_code: "ABCDEF",
      unsaved: false,
      continue_quote: { credits: 1, words: 398 },
    },
    error: "The model broke off in the middle of the text. You were not charged for page 2.",
  }),
];

describe("a text as a page knows it", () => {
  const after = STREAM.reduce(withEvent, begun);

  it("is what its stream said, page by page", () => {
    expect(after.pieces.map(({ text }) => text).join("")).toBe("It was dark and late.\n\nThen it");
    expect(after.pieces.map(({ status }) => status)).toEqual(["done", "failed"]);
    expect(after.generation).toMatchObject({
      ...{ status: "failed", words: 7, charged_credits: 1, project_code: "ABCDEF", last_event_id: 8 },
      settlement: { quoted: 2, charged: 1, released: 1 },
    });
  });

  it("is the same when the line broke anywhere and events came a second time", () => {
    for (let broke = 0; broke <= STREAM.length; broke++) {
      for (let from = 0; from <= broke; from++) {
        const again = [...STREAM.slice(0, broke), ...STREAM.slice(from)];
        expect(again.reduce(withEvent, begun)).toEqual(after);
      }
    }
  });

  it("is replaced by a picture of the whole, whatever was known before", () => {
    const state = event(8, "state", after);
    expect(withEvent(begun, state)).toEqual(after);
  });

  it("is announced at its start, at the end of each page, and at its end, and at no word between", () => {
    const said: (string | null)[] = [];
    STREAM.reduce((before, one) => {
      const next = withEvent(before, one);
      said.push(announce(before, next));
      return next;
    }, begun);
    expect(said).toEqual([
      "Writing has begun: 2 pages.",
      null,
      null,
      "Page 1 of 2 is written: 5 words.",
      null,
      null,
      "The model broke off in the middle of the text. You were not charged for page 2.",
    ]);
  });
});
