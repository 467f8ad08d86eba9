import "server-only";
import { endsAtSentence, endsInsideQuotation, sentenceEnds } from "@/lib/ai/sentences";
import { countWords } from "@/lib/contract/word-count";

/** A text has 90–110 % of the words that were asked for. */
const SHORTEST_SHARE = 0.9;
const LONGEST_SHARE = 1.1;

/** A text is begun and gone on with in at most so many calls; then it stays as short as it is. */
export const MAX_ROUNDS = 3;

/** Shorter than this no request to a model makes sense. */
const LEAST_WORDS = 40;

/** A text that is trimmed within a quotation may lose so many words more, so that the quotation is whole. */
const WORDS_FOR_A_QUOTATION = 60;

/** The fewest and the most words that a text of `asked` words may have. */
export function lengthLimits(asked: number): { least: number; most: number } {
  return { least: Math.ceil(asked * SHORTEST_SHARE), most: Math.floor(asked * LONGEST_SHARE) };
}

/** What is to be done with a text after some calls: it is done, it needs `words` more, or it stays short. */
export type NextStep = { kind: "done" } | { kind: "more"; words: number } | { kind: "short" };

/**
 * Judges a text by its length and its end. One in mid-sentence is gone on with; after the last round it is only long
 * enough or short, and `trimAtSentence` takes an unfinished sentence away.
 */
export function needsMore(text: string, asked: number, rounds: number): NextStep {
  const words = countWords(text);
  const { least } = lengthLimits(asked);
  if (words >= least && (endsAtSentence(text) || rounds >= MAX_ROUNDS)) return { kind: "done" };
  if (rounds >= MAX_ROUNDS) return { kind: "short" };
  return { kind: "more", words: Math.max(LEAST_WORDS, asked - words) };
}

/**
 * The beginning of a text: at most `maxWords` words, ending with a sentence. Where not even the first sentence has room, or
 * none is finished, its words end with an ellipsis. "" only for a text without words, or for 0.
 */
export function trimAtSentence(text: string, maxWords: number): string {
  const whole = text.trimEnd();
  if (endsAtSentence(whole) && countWords(whole) <= maxWords) return whole;
  let words = 0;
  let from = 0;
  let last = { end: 0, words: 0 };
  let outsideQuotation = last;
  for (const end of sentenceEnds(whole)) {
    words += countWords(whole.slice(from, end));
    if (words > maxWords) break;
    from = end;
    // A line may end without the mark of a sentence: a heading, a verse.
    const before = whole.slice(Math.max(0, end - 400), end);
    if (!endsAtSentence(before)) continue;
    last = { end, words };
    if (!endsInsideQuotation(whole.slice(Math.max(0, end - 2_000), end))) outsideQuotation = last;
  }
  const best =
    last.words - outsideQuotation.words <= WORDS_FOR_A_QUOTATION && outsideQuotation.words > 0
      ? outsideQuotation
      : last;
  return best.words > 0 ? whole.slice(0, best.end) : firstWords(whole, maxWords);
}

/** As many whole words as have room, and "…". */
function firstWords(text: string, maxWords: number): string {
  let end = 0;
  let words = 0;
  for (const match of text.matchAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu,
  )) {
    words += countWords(match[0]);
    if (words > maxWords) break;
    end = match.index + match[0].length;
  }
  const kept = text.slice(0, end).replace(/[\s\p{Po}\p{Pd}\p{Ps}\p{Pi}]+$/u, "");
  return countWords(kept) === 0 ? "" : `${kept}…`;
}
