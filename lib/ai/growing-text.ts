import "server-only";
import { WordMeter } from "@/lib/contract/word-count";

/** A word that may still grow, with the space before it. Scripts without spaces have no such words. */
const OPEN_WORD = /\s*[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}、。！？，．「」『』（）…]*$/u;
/** Longer than this it is no word. */
const LONGEST_WORD = 80;
const SENTENCE_ENDS = /[.!?…؟۔।]["'”’»)\]*_]*(?=\s)|[。！？．][」』）”’]*|\n/gu;
/** So much text without the end of a sentence has none to wait for. */
const LONGEST_SENTENCE = 600;

/**
 * A page while the model writes it. Text is given out in whole words, and is never taken back: past the length that was
 * asked for it is given out in whole sentences, so that a page that runs on can be ended at one.
 */
export class GrowingText {
  readonly #meter = new WordMeter();
  readonly #enough: number;
  #held = "";
  #joint: string;
  #begun = false;

  /** `standing` is what the page has already; `joint` stands between it, or the page before, and what comes. */
  constructor(options: { standing: string; joint: string; targetWords: number }) {
    this.#meter.add(options.standing);
    this.#enough = this.#meter.words + options.targetWords;
    this.#joint = options.joint;
  }

  /** The words of the page, as far as it was given out. */
  get words(): number {
    return this.#meter.words;
  }

  /** Takes what the model said, gives what can be shown. */
  push(chunk: string): string {
    this.#held += chunk.replaceAll("\0", "");
    if (!this.#begun) this.#held = this.#held.trimStart();
    if (this.#held === "") return "";
    const open = OPEN_WORD.exec(this.#held)?.[0].length ?? 0;
    const whole = open > LONGEST_WORD ? withoutHalfCharacter(this.#held).length : this.#held.length - open;
    return this.#giveOut(this.#meter.words < this.#enough ? whole : this.#endOfSentence(whole));
  }

  /** The model is done: everything is given out. */
  finish(): string {
    this.#held = withoutHalfCharacter(this.#held).trimEnd();
    return this.#giveOut(this.#held.length);
  }

  #endOfSentence(within: number): number {
    let end = 0;
    for (const match of this.#held.slice(0, within + 1).matchAll(SENTENCE_ENDS)) {
      end = match.index + match[0].trimEnd().length;
    }
    return end === 0 && within > LONGEST_SENTENCE ? within : end;
  }

  #giveOut(length: number): string {
    if (length <= 0) return "";
    const text = (this.#joint + this.#held.slice(0, length)).toWellFormed();
    this.#held = this.#held.slice(length);
    this.#joint = "";
    this.#begun = true;
    this.#meter.add(text);
    return text;
  }
}

function withoutHalfCharacter(text: string): string {
  return /[\ud800-\udbff]$/.test(text) ? text.slice(0, -1) : text;
}
