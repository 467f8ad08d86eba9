import "server-only";
import { GrowingText } from "@/lib/ai/growing-text";
import { jointAfter } from "@/lib/ai/join-pieces";
import { pageRequest } from "@/lib/ai/page-prompt";
import type { PromptInput } from "@/lib/contract/prompt-input";
import type { ModelName } from "@/lib/contract/quote";
import type { PieceRow } from "./generation-row";
import { missingWords } from "./settlement";
import type { Growing, NextCall } from "./write-prose";

/** A page that was cut off short is gone on with at most so often. */
const CALLS_A_PAGE = 3;
/** From this share of its length on, a page that was cut off at a sentence is long enough. */
const LONG_ENOUGH = 0.9;

interface PagesAsked {
  readonly input: PromptInput;
  readonly model: ModelName;
  readonly pages: number;
}

/** How a page of a single prompt is asked for. `before`: all that stands before it. */
export function pageCalls({ input, model, pages }: PagesAsked, piece: PieceRow, before: string): NextCall {
  const asked = missingWords({ ...piece, status: "writing" });
  return ({ text, words, calls, cutOff }) => {
    const enough = words - piece.words >= asked * LONG_ENOUGH || calls >= CALLS_A_PAGE;
    if (calls > 0 && (!cutOff || enough)) return null;
    const previousText = before + text;
    const targetWords = missingWords({ ...piece, status: "writing", words });
    return {
      request: pageRequest({
        ...input,
        model,
        pageNumber: piece.nth,
        pageCount: pages,
        previousText,
        targetWords,
      }),
      growing: growingPage(text, jointAfter(previousText), targetWords),
    };
  };
}

/** A page shows every word as it comes; what is unfinished where the model was cut off is gone on with. */
function growingPage(standing: string, joint: string, targetWords: number): Growing {
  const growing = new GrowingText({ standing, joint, targetWords });
  return {
    push: (chunk) => growing.push(chunk),
    finish: (complete) => (complete ? growing.finish() : ""),
    get words() {
      return growing.words;
    },
    full: false,
  };
}
