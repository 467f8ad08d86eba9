import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AnswerFilter } from "@/lib/ai/answer-filter";
import { pageRequest } from "@/lib/ai/page-prompt";
import { toolRequest } from "@/lib/ai/tool-prompt";
import type { Format } from "@/lib/contract/prompt-input";
import { brainstormInput } from "@/lib/contract/tool-input";

const page = (format: Format = "prose") =>
  pageRequest({ prompt: "x", model: "fast", pageNumber: 1, pageCount: 1, previousText: "", format }).brief;

/** The text of an answer that comes in chunks of `size` characters. */
function filtered(answer: string, size = 7, brief: ConstructorParameters<typeof AnswerFilter>[0] = page()) {
  const filter = new AnswerFilter(brief);
  let text = "";
  for (let at = 0; at < answer.length; at += size) text += filter.push(answer.slice(at, at + size));
  return { text: text + filter.end(), refused: filter.refused };
}

describe("an answer", () => {
  const TEXT = "It rained on the island.\n\nAda lit the lamp.";

  it.each([
    "Here is chapter 3:",
    "Sure! Here's the next chapter of your story:",
    "Certainly, here is the rewritten version:",
    "Of course! I'll write that for you now.",
    "# Chapter 3",
    "**Chapter Three: The Lamp**",
    "Chapter 3 – Who goes there?",
    "Page 2",
    "Kapitel 4: Die Lampe",
    "第三章 灯台",
    "Voici le chapitre 3 :",
    "以下是第三章：",
    "---",
    "Here is chapter 3:\n\n## Chapter 3\n\n---",
    "```markdown",
  ])("loses %j before its text", (talk) => {
    for (const size of [1, 7, 1_000])
      expect(filtered(`${talk}\n\n${TEXT}`, size)).toEqual({ text: TEXT, refused: false });
  });

  it.each([
    "[End of Chapter 3]",
    "(Word count: 1,012)",
    "*1,012 words*",
    "---\n\nLet me know if you'd like any changes!",
    "I hope this captures what you had in mind.",
    "Would you like me to continue with the next chapter?",
    "```",
  ])("loses %j behind its text", (talk) => {
    for (const size of [1, 7, 1_000]) expect(filtered(`${TEXT}\n\n${talk}`, size).text.trimEnd()).toBe(TEXT);
  });

  it.each([
    "Here is the house where I was born. It stood by the sea.",
    "Here is what I know:\nthe lamp was out.",
    "Sure, he had lied. Everybody knew.",
    "Of course.\nNobody had asked her.",
    "Chapter one of his life was over. He left.",
    "Part of her wanted to stay.",
    "I’m sorry, I said, and I meant it.",
    "I can't help wondering what became of the keeper.",
    "I cannot write this without shaking.",
    "As an aide to the king, he knew the tunnels.",
    "– Bonjour, dit-elle.",
    "* * *\nIt rained. Let me know when you arrive.",
    "Dear Bram,\n\nLet me know when you arrive.\n\nYours, Ada.",
    "She counted.\n3 words were left in her.\n- one\n- two",
    "It ended.\n\nWould you like some tea? he asked.",
  ])("keeps every word of %j", (text) => {
    for (const size of [1, 7, 1_000]) {
      expect(filtered(text, size).text.trimEnd()).toBe(text.replace(/^\* \* \*\n/, ""));
    }
  });

  it.each([
    "I'm sorry, but I can't assist with that request.",
    "I cannot create content of this kind.",
    "I’m unable to fulfil this request because it goes against my guidelines.",
    "As an AI language model, I don't have feelings about chapters.",
    "As an AI, I cannot write that.",
    "Es tut mir leid, aber ich kann diese Anfrage nicht erfüllen.",
    "Je suis désolé, mais je ne peux pas écrire cela.",
    "Lo siento, pero no puedo ayudar con esa solicitud.",
    "К сожалению, я не могу помочь с этим запросом.",
    "抱歉，我无法提供这样的内容。",
  ])("that is a refusal is no text (%j)", (refusal) => {
    for (const size of [1, 7, 1_000]) expect(filtered(refusal, size)).toEqual({ text: "", refused: true });
  });

  it("that is a script keeps its headings, and one that is JSON is not looked at", () => {
    expect(filtered("**INT. TOWER – NIGHT**\n\nAda waits.", 5, page("script")).text).toMatch(/^\*\*INT/);
    const json = '```json\n{"chapters": []}\n```';
    expect(filtered(json, 5, { kind: "summary" } as never).text).toBe(json); // no more of it is looked at
  });

  it("of a tool that lists keeps the list and loses what announces it", () => {
    const input = brainstormInput.parse({ tool: "brainstorm", kind: "names", text: "x" });
    const { brief } = toolRequest(input);
    expect(filtered("Here are 3 names:\n- Ada\n- Bram\n- Holt", 3, brief).text).toBe("- Ada\n- Bram\n- Holt");
  });

  it("is the same text however it was cut", () => {
    const parts = fc.constantFrom(
      "It rained.",
      "\n",
      "- ",
      "* * *",
      "Here",
      "3 words",
      "Let me know",
      " ",
      "Chapter 3",
      "```",
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), fc.integer({ min: 1, max: 20 }), (all, size) => {
        const answer = all.join("");
        expect(filtered(answer, size)).toEqual(filtered(answer, 10_000));
      }),
      { numRuns: 500 },
    );
  });
});
