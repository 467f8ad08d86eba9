import "server-only";
import { countWords } from "@/lib/contract/word-count";

/** What a model puts before an item: a dash, a bullet, a number. */
const MARK = /^\s*(?:[-*•–—]|\(?\d{1,2}[.):])\s+/;
/** An item in the answer of a tool. */
const ITEM = "- ";

/** The items of a list that stands as lines of `- `. */
export function itemsOf(text: string): string[] {
  return text.split("\n").flatMap((line) => (line.startsWith(ITEM) ? [line.slice(ITEM.length)] : []));
}

/**
 * A list while the model writes it: given out in whole items, each on a line, none twice, and no more than are wanted.
 * What stands around the list is left out.
 */
export class GrowingList {
  readonly #wanted: number;
  readonly #known: Set<string>;
  #open = "";
  #words: number;
  #items: number;

  /** `standing`: the items that were given out before. `wanted`: so many in all. */
  constructor(standing: string, wanted: number) {
    const items = itemsOf(standing);
    this.#known = new Set(items.map(key));
    this.#items = items.length;
    this.#words = countWords(standing);
    this.#wanted = wanted;
  }

  get words(): number {
    return this.#words;
  }

  get full(): boolean {
    return this.#items >= this.#wanted;
  }

  push(chunk: string): string {
    const lines = (this.#open + chunk.replaceAll("\0", "")).split("\n");
    this.#open = lines.pop() ?? "";
    return lines.map((line) => this.#take(line)).join("");
  }

  /** An item that was cut off is none. */
  finish(complete: boolean): string {
    const last = this.#open;
    this.#open = "";
    return complete ? this.#take(last) : "";
  }

  #take(line: string): string {
    const item = line.replace(MARK, "").trim().toWellFormed();
    if (this.full || item === "" || !MARK.test(line) || this.#known.has(key(item))) return "";
    this.#known.add(key(item));
    const text = `${this.#items === 0 ? "" : "\n"}${ITEM}${item}`;
    this.#items++;
    this.#words += countWords(item);
    return text;
  }
}

/** Two items that differ in case and punctuation alone are one. */
function key(item: string): string {
  return item
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
