import "server-only";
import { GrowingList, itemsOf } from "@/lib/ai/growing-list";
import { GrowingText } from "@/lib/ai/growing-text";
import { endsAtSentence } from "@/lib/ai/sentences";
import { toolRequest } from "@/lib/ai/tool-prompt";
import type { ToolInput } from "@/lib/contract/tool-input";
import type { PieceRow } from "./generation-row";
import type { Growing, NextCall } from "./write-prose";

/** A list that came too short is asked for the rest so often. */
const CALLS_A_LIST = 3;

/** How an answer of a writing tool is asked for: one call, but for a list that came too short. */
export function answerCalls(input: ToolInput, { nth }: Pick<PieceRow, "nth">): NextCall {
  if (input.tool !== "brainstorm")
    return ({ calls }) => (calls > 0 ? null : { request: toolRequest(input, nth), growing: prose(input) });
  return ({ text, calls }) => {
    const count = input.count - itemsOf(text).length;
    if (calls >= CALLS_A_LIST || count <= 0) return null;
    return {
      request: toolRequest({ ...input, count }, nth, text),
      growing: new GrowingList(text, input.count),
    };
  };
}

/** In whole sentences, so that nothing ends in the middle of one; what was no sentence need not become one. */
function prose(input: ToolInput): Growing {
  const isSentences = input.tool !== "rewrite" || endsAtSentence(input.text.trimEnd());
  const growing = new GrowingText({
    standing: "",
    joint: "",
    targetWords: Number.POSITIVE_INFINITY,
    ...(input.tool === "write" ? { askedWords: input.words } : {}),
    lastRound: isSentences,
  });
  return {
    push: (chunk) => growing.push(chunk),
    finish: () => growing.finish(),
    get words() {
      return growing.words;
    },
    get full() {
      return growing.full;
    },
  };
}
