import "server-only";

const OPEN = "<think>";
const CLOSE = "</think>";

/**
 * Takes `<think>…</think>` out of a stream of text, wherever the chunks cut the tags. Models that are served
 * without a reasoning parser write it into their answer.
 */
export class ReasoningFilter {
  #thinking = false;
  #held = "";
  #leaked = false;

  /** True when a closing tag came without an opening one: what was given out before it was reasoning. */
  get leaked(): boolean {
    return this.#leaked;
  }

  /** The text that may be shown now. Up to seven characters that could begin a tag are held back. */
  push(chunk: string): string {
    let rest = this.#held + chunk;
    let shown = "";
    this.#held = "";
    for (;;) {
      const tag = this.#thinking ? CLOSE : /<(\/?)think>/i.exec(rest)?.[1] === "/" ? CLOSE : OPEN;
      const at = rest.toLowerCase().indexOf(tag);
      if (at === -1) break;
      if (!this.#thinking) {
        shown += rest.slice(0, at);
        if (tag === CLOSE) this.#leaked = true;
      }
      this.#thinking = tag === OPEN;
      rest = rest.slice(at + tag.length);
    }
    const held = /<(?:\/|\/?t(?:h(?:i(?:nk?)?)?)?)?$/i.exec(rest)?.[0] ?? "";
    this.#held = held;
    return this.#thinking ? shown : shown + rest.slice(0, rest.length - held.length);
  }

  /** What was held back, when the stream has ended. */
  end(): string {
    return this.#thinking ? "" : this.#held;
  }
}
