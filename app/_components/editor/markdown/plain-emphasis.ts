/** Words of a paragraph that are all plain, all in italics or all in bold. */
export interface PlainPart {
  readonly text: string;
  readonly mark: "italic" | "bold" | null;
}

/*
 * Emphasis as nearly all of it is: whole words between stars, no stars within. Between a letter and white space or one of
 * these signs a star can mean one thing only, so no parser needs to be asked; anything else is left to it.
 */
const BEFORE = " \\t\\n\\u00a0“‘\"'(—–-";
const AFTER = " \\t\\n\\u00a0”’\"'),.;:!?…—–-";
const INSIDE = "[\\p{L}\\p{N}](?:[^*\\n]*[\\p{L}\\p{N}])?";
const EMPHASIS = new RegExp(`(?<=^|[${BEFORE}])(\\*{1,2})(${INSIDE})\\1(?=$|[${AFTER}])`, "gmu");
const WORDS = new RegExp(`^${INSIDE}$`, "u");
const OPENS = new RegExp(`[${BEFORE}]$`, "u");
const CLOSES = new RegExp(`^[${AFTER}]`, "u");

/** The parts of a paragraph; stars that are no such emphasis are still in them. */
export function readEmphasis(source: string): PlainPart[] {
  if (!source.includes("*")) return [{ text: source, mark: null }];
  const parts: PlainPart[] = [];
  let at = 0;
  for (const { 0: all, 1: stars, 2: text = "", index } of source.matchAll(EMPHASIS)) {
    if (index > at) parts.push({ text: source.slice(at, index), mark: null });
    parts.push({ text, mark: stars === "*" ? "italic" : "bold" });
    at = index + all.length;
  }
  if (at < source.length) parts.push({ text: source.slice(at), mark: null });
  return parts;
}

/** The same backwards; null where the parts stand together in a way that `readEmphasis` would not read again. */
export function writeEmphasis(parts: readonly PlainPart[]): string | null {
  let written = "";
  for (const [i, { text, mark }] of parts.entries()) {
    if (mark !== null) {
      const [before, after] = [parts[i - 1], parts[i + 1]];
      const alone =
        (before === undefined || (before.mark === null && OPENS.test(before.text))) &&
        (after === undefined || (after.mark === null && CLOSES.test(after.text)));
      if (!alone || !WORDS.test(text)) return null;
    }
    const stars = mark === null ? "" : mark === "italic" ? "*" : "**";
    written += stars + text + stars;
  }
  return written;
}
