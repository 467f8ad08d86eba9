import "server-only";
import { endsAtSentence, sentenceEnds } from "@/lib/ai/sentences";
import { countWords } from "@/lib/contract/word-count";

/** A text has 90–110 % of the words that were asked for. */
export const SHORTEST_SHARE = 0.9;
export const LONGEST_SHARE = 1.1;

/** A text is begun and gone on with in at most so many calls; then it stays as short as it is. */
export const MAX_ROUNDS = 3;

/** Shorter than this no request to a model makes sense. */
const LEAST_WORDS = 40;

/** The fewest and the most words that a text of `asked` words may have. */
export function lengthLimits(asked: number): { least: number; most: number } {
  return { least: Math.ceil(asked * SHORTEST_SHARE), most: Math.floor(asked * LONGEST_SHARE) };
}

/** What is to be done with a text after `rounds` calls: it is done, it needs `words` more, or it stays short. */
export type NextStep = { kind: "done" } | { kind: "more"; words: number } | { kind: "short" };

/**
 * Judges a text by its length and its end. One in mid-sentence is gone on with; after the last round it is only long
 * enough or short, and `trimAtSentence` takes the unfinished sentence away.
 */
export function needsMore(text: string, asked: number, rounds: number): NextStep {
  const words = countWords(text);
  const { least } = lengthLimits(asked);
  if (words >= least && (endsAtSentence(text) || rounds >= MAX_ROUNDS)) return { kind: "done" };
  if (rounds >= MAX_ROUNDS) return { kind: "short" };
  return { kind: "more", words: Math.max(LEAST_WORDS, asked - words) };
}

/**
 * The beginning of a text, of at most `maxWords` words and ending with a sentence, as long as that can be. Where not one
 * sentence has room, an ellipsis ends it. "" only for a text without words, or for 0.
 */
export function trimAtSentence(text: string, maxWords: number): string {
  const whole = text.trimEnd();
  if (endsAtSentence(whole) && countWords(whole) <= maxWords) return whole;
  let end = 0;
  let words = 0;
  let from = 0;
  for (const at of [...sentenceEnds(whole), ...(endsAtSentence(whole) ? [whole.length] : [])]) {
    words += countWords(whole.slice(from, at));
    if (words > maxWords) break;
    from = at;
    if (endsAtSentence(whole.slice(0, at))) end = at;
  }
  const trimmed = whole.slice(0, end).trimEnd();
  return countWords(trimmed) > 0 ? trimmed : firstWords(whole, maxWords);
}

function firstWords(text: string, maxWords: number): string {
  return countWords(text) === 0 || maxWords <= 0 ? "" : `${text}…`;
}
