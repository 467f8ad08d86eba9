import { describe, expect, it } from "vitest";
import { demoText } from "@/lib/ai/demo-writer/demo-writer";
import { toolRequest } from "@/lib/ai/tool-prompt";
import { unusableAnswer, unusablePage } from "@/lib/ai/unusable";
import { REWRITE_STYLES, toolInput, WRITE_MODES } from "@/lib/contract/tool-input";
import { fakeText } from "@/lib/testing/fake-models";

const GERMAN =
  "Sie ging zu der Lampe und sah auf das Meer. Sie wusste, dass er nicht kam, und sie schrieb die Stunde in das Buch, wie sie es immer tat. ";

describe("a page", () => {
  it("is none where it is an earlier one again, also behind others", () => {
    const pages = [fakeText(400, 1), fakeText(400, 2)];
    expect(unusablePage({}, fakeText(390, 2), pages)).toBe(
      "The model repeated page 2 instead of writing this one.",
    );
    expect(unusablePage({}, fakeText(400, 3), pages)).toBeNull();
  });

  it("may come back to what was said: a refrain is no copy", () => {
    const refrain = "And the light goes round, and the light goes round, and the sea takes what it is owed. ";
    const verse = (nth: number) => `${fakeText(60, nth)} ${refrain}`;
    expect(unusablePage({}, verse(4), [verse(1), verse(2), verse(3)])).toBeNull();
  });

  it("is in the language that was named, or none; where none was named, nobody can know what its prompt asks for", () => {
    expect(unusablePage({ language: "French" }, GERMAN.repeat(4), [])).toBe(
      "The model answered in German instead of French.",
    );
    for (const language of ["German", "Swiss German", "Klingon", undefined])
      expect(unusablePage({ language }, GERMAN.repeat(4), [])).toBeNull();
  });
});

describe("an answer of a tool", () => {
  const text = fakeText(80, 5);

  it.each([
    ["the answer before once more", { tool: "write", text }, fakeText(100, 1), "gave answer 2 again"],
    ["the text itself", { tool: "write", text }, text, "repeated your text"],
    [
      "the text itself, laid out anew",
      { tool: "rewrite", text },
      text.replaceAll(". ", ".\n\n"),
      "gave your text back",
    ],
    [
      "another language",
      { tool: "describe", text, language: "French" },
      GERMAN.repeat(3),
      "in German instead of French",
    ],
  ])("is none where it is %s", (_what, ask, answer, said) => {
    const before = [fakeText(100, 2), fakeText(100, 1)];
    expect(unusableAnswer(toolInput.parse(ask), answer, before)).toContain(said);
  });

  it("may say nearly the same: a text that is good already is changed a little", () => {
    const changed = text.replace("tells of", "speaks of");
    expect(unusableAnswer(toolInput.parse({ tool: "rewrite", text }), changed, [])).toBeNull();
    const ideas = "- Ada\n- Bo\n- Cy";
    expect(
      unusableAnswer(toolInput.parse({ tool: "brainstorm", kind: "names", text }), ideas, [ideas]),
    ).toBeNull();
  });

  it("of the demo writer can be used, whatever it is asked", () => {
    const texts = [
      "The lamp went out.",
      "Nobody had lit the lamp for years. The stairs were cold, and the door would not close.",
      fakeText(300, 3),
      "Sie ging in das Haus.",
    ];
    for (const given of texts) {
      for (const mode of WRITE_MODES) {
        const input = toolInput.parse({ tool: "write", mode, variants: 3, words: 100, text: given });
        const before: string[] = [];
        for (const variant of [1, 2, 3]) {
          const answer = demoText(toolRequest(input, variant).brief);
          expect(unusableAnswer(input, answer, before), `${mode} ${variant} ${given}`).toBeNull();
          before.push(answer);
        }
      }
      for (const style of REWRITE_STYLES) {
        const input = toolInput.parse({ tool: "rewrite", style, text: given });
        expect(unusableAnswer(input, demoText(toolRequest(input).brief), []), `${style} ${given}`).toBeNull();
      }
    }
  });
});
