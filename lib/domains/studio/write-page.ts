import "server-only";
import { GrowingText } from "@/lib/ai/growing-text";
import { jointAfter } from "@/lib/ai/join-pieces";
import { pageRequest } from "@/lib/ai/page-prompt";
import { endsAtSentence } from "@/lib/ai/sentences";
import type { Format, PromptInput } from "@/lib/contract/prompt-input";
import type { ModelName } from "@/lib/contract/quote";
import { countWords } from "@/lib/contract/word-count";
import type { PieceRow } from "./generation-row";
import { missingWords } from "./settlement";
import type { Growing, NextCall } from "./write-prose";

/** A page that was cut off short is gone on with at most so often. */
const CALLS_A_PAGE = 3;
/** From this share of its length on, a page that was cut off at a sentence is long enough. */
const LONG_ENOUGH = 0.9;

/** A line of so many words that lacks its end is an unfinished sentence. */
const LONG_LINE = 8;
/** Formats that end with a sentence; verses, signatures and directions need not. */
const IN_SENTENCES: ReadonlySet<Format> = new Set(["prose", "article", "essay"]);

interface PagesAsked {
  readonly input: PromptInput;
  readonly model: ModelName;
  readonly pages: number;
}

/** How a page of a single prompt is asked for. `before`: all that stands before it. */
export function pageCalls({ input, model, pages }: PagesAsked, piece: PieceRow, before: string): NextCall {
  const asked = missingWords({ ...piece, status: "writing" });
  const inSentences = IN_SENTENCES.has(input.format);
  return ({ text, words, calls, cutOff }) => {
    if (calls >= CALLS_A_PAGE) return null;
    const short = cutOff && words - piece.words < asked * LONG_ENOUGH;
    if (calls > 0 && !short && !(inSentences && isUnfinished(text, cutOff))) return null;
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
      growing: growingPage(
        text,
        jointAfter(previousText),
        targetWords,
        inSentences && calls === CALLS_A_PAGE - 1,
      ),
    };
  };
}

/** Where a model says by itself that it is done, a short last line may be a signature or an ending of its own. */
function isUnfinished(text: string, cutOff: boolean): boolean {
  if (endsAtSentence(text)) return false;
  return cutOff || countWords(text.slice(text.trimEnd().lastIndexOf("\n") + 1)) >= LONG_LINE;
}

/** A page shows every word as it comes; what is unfinished where the model was cut off is gone on with. */
function growingPage(standing: string, joint: string, targetWords: number, lastRound: boolean): Growing {
  const growing = new GrowingText({ standing, joint, targetWords, lastRound });
  return {
    push: (chunk) => growing.push(chunk),
    finish: (complete) => (complete || lastRound ? growing.finish() : ""),
    get words() {
      return growing.words;
    },
    full: false,
  };
}
