import "server-only";
import { lengthLimits } from "@/lib/ai/length-control";
import { endsAtSentence, endsInsideQuotation, sentenceEnds } from "@/lib/ai/sentences";
import { countWords, WordMeter } from "@/lib/contract/word-count";

/** A word that may still grow, with the space before it. Scripts without spaces have no such words. */
const OPEN_WORD = /\s*[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。！？，．「」『』（）…]*$/u;
/** Longer than this it is no word. */
const LONGEST_WORD = 80;
/** So much text without the end of a sentence has none to wait for. */
const LONGEST_SENTENCE = 600;
/** A text with a limit is given out in whole sentences from this share of it on, so that the last one fits. */
const SENTENCES_FROM = 0.75;
const TAIL = 100;

export interface GrowingTextOptions {
  /** What the piece has already. */
  standing: string;
  /** What stands between it, or the piece before, and what comes. */
  joint: string;
  /** How many words this call is to add. */
  targetWords: number;
  /** How many words the whole piece was asked to have: it gets no sentence that would take it past 110 % of them. */
  askedWords?: number;
  /** The last call that this piece gets: everything is given out in whole sentences, and an unfinished one never. */
  lastRound?: boolean;
}

/**
 * A piece while the model writes it. Text is given out in whole words, and is never taken back: near the length that was
 * asked for it is given out in whole sentences, so that a piece that runs on can be ended at one.
 */
export class GrowingText {
  readonly #meter = new WordMeter();
  readonly #sentencesFrom: number;
  readonly #most: number;
  readonly #lastRound: boolean;
  #held = "";
  #joint: string;
  #begun = false;
  /** The end of all that was given out. */
  #tail: string;
  #full = false;

  constructor(options: GrowingTextOptions) {
    const { standing, joint, targetWords, askedWords, lastRound = false } = options;
    this.#meter.add(standing);
    this.#tail = standing.slice(-TAIL);
    this.#most = askedWords === undefined ? Number.POSITIVE_INFINITY : lengthLimits(askedWords).most;
    this.#lastRound = lastRound;
    this.#sentencesFrom = lastRound
      ? 0
      : askedWords === undefined
        ? this.#meter.words + targetWords
        : askedWords * SENTENCES_FROM;
    this.#joint = joint;
  }

  /** The words of the piece, as far as it was given out. */
  get words(): number {
    return this.#meter.words;
  }

  /** There is no room for the next sentence: what the model still says is not needed. */
  get full(): boolean {
    return this.#full;
  }

  /** Takes what the model said, gives what can be shown. */
  push(chunk: string): string {
    if (this.#full) return "";
    this.#held += chunk.replaceAll("\0", "");
    if (!this.#begun) this.#held = this.#held.trimStart();
    if (this.#held === "") return "";
    const open = OPEN_WORD.exec(this.#held)?.[0].length ?? 0;
    const whole = open > LONGEST_WORD ? withoutHalfCharacter(this.#held).length : this.#held.length - open;
    return this.#giveOut(this.#nearTheEnd(whole) ? this.#endOfSentence(whole) : whole);
  }

  /**
   * The model is done: everything that has room is given out. After the last round no sentence stays unfinished: what came of
   * it is dropped, and where its beginning was given out before, an ellipsis ends it.
   */
  finish(): string {
    if (!this.#full) this.#held = withoutHalfCharacter(this.#held).trimEnd();
    const all = this.#held.length;
    const whole = !this.#full && this.#hasRoom(all) && (!this.#lastRound || endsAtSentence(this.#held));
    const rest = this.#giveOut(whole ? all : this.#full ? 0 : this.#lastEnd(all, true));
    if (!this.#lastRound || endsAtSentence(this.#tail)) return rest;
    this.#meter.add("…");
    return `${rest}…`;
  }

  #nearTheEnd(length: number): boolean {
    return this.#meter.words + countWords(this.#held.slice(0, length)) >= this.#sentencesFrom;
  }

  #hasRoom(length: number): boolean {
    return this.#meter.words + countWords(this.#held.slice(0, length)) <= this.#most;
  }

  #endOfSentence(within: number): number {
    const end = this.#lastEnd(within, false);
    return end > 0 || this.#full || this.#lastRound || within <= LONGEST_SENTENCE ? end : within;
  }

  /** The end of the last sentence that is whole and has room; where that can be helped, of one that leaves no quotation open. */
  #lastEnd(within: number, final: boolean): number {
    let [last, outside] = [0, 0];
    for (const end of sentenceEnds(this.#held.slice(0, within + 1))) {
      if (end > within) break;
      if (!this.#hasRoom(end)) {
        this.#full = true;
        break;
      }
      last = end;
      if (!endsInsideQuotation(this.#held.slice(0, end))) outside = end;
    }
    const waits = !final && !this.#full && within <= LONGEST_SENTENCE;
    return outside > 0 || waits ? outside : last;
  }

  #giveOut(length: number): string {
    if (length <= 0) return "";
    const text = (this.#joint + this.#held.slice(0, length)).toWellFormed();
    this.#held = this.#held.slice(length);
    this.#joint = "";
    this.#begun = true;
    this.#meter.add(text);
    this.#tail = (this.#tail + text).slice(-TAIL);
    return text;
  }
}

function withoutHalfCharacter(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
