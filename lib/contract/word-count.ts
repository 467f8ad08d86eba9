import { WORDS_PER_PAGE } from "@/lib/contract/quote";

/** Languages that write without spaces are counted by character; Hangul has spaces, so its words are words. */
const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u30fc\uff70]/gu;

/**
 * A run of letters, marks and digits. Apostrophes, hyphens, underscores and invisible joiners inside a run
 * don't divide it (don’t, mother-in-law), nor do a point or comma between digits (1,000.5).
 */
const WORD =
  /[\p{L}\p{M}\p{N}]+(?:(?:['’\u2010\u2011_\u00ad\u200c-]|\u200d)[\p{L}\p{M}\p{N}]+|(?<=\p{N})[.,]\p{N}[\p{L}\p{M}\p{N}]*)*/gu;

const WORDS_READ_PER_MINUTE = 230;

/**
 * How many words a text has: the one count of the house, for prices, progress and the editor alike.
 * Linear, because `Intl.Segmenter` takes minutes for a long document.
 */
export function countWords(text: string): number {
  let characters = 0;
  const rest = text.replace(CJK, () => {
    characters += 1;
    return " ";
  });
  return characters + countMatches(WORD, rest);
}

export interface TextCount {
  words: number;
  /** Unicode code points, spaces included. */
  characters: number;
  /** Pages begun, of 400 words. */
  pages: number;
  /** Minutes begun. */
  readingMinutes: number;
}

/** The four figures that stand under a text. All are 0 for a text without words, but for its characters. */
export function countText(text: string): TextCount {
  const characters = text.length - countMatches(/[\ud800-\udbff][\udc00-\udfff]/g, text);
  return describeCount({ words: countWords(text), characters });
}

/** The figures of a text of which words and characters are counted already, as where it is counted by paragraphs. */
export function describeCount({ words, characters }: Pick<TextCount, "words" | "characters">): TextCount {
  return {
    words,
    characters,
    pages: Math.ceil(words / WORDS_PER_PAGE),
    readingMinutes: minutesToRead(words),
  };
}

/** Minutes begun. */
export function minutesToRead(words: number): number {
  return Math.ceil(words / WORDS_READ_PER_MINUTE);
}

/**
 * Counts a text while it grows, without reading it again from the start for each chunk. Gives what
 * `countWords` gives for the whole, also where a word is cut by the chunks.
 */
export class WordMeter {
  #counted = 0;
  #open = "";

  add(chunk: string): void {
    const text = this.#open + chunk;
    const end = text.search(/\s\S*$/);
    this.#counted += end > 0 ? countWords(text.slice(0, end)) : 0;
    this.#open = end > 0 ? text.slice(end) : text;
  }

  get words(): number {
    return this.#counted + countWords(this.#open);
  }
}

function countMatches(pattern: RegExp, text: string): number {
  let count = 0;
  pattern.lastIndex = 0;
  while (pattern.test(text)) count += 1;
  return count;
}
