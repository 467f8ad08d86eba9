import "server-only";
import { endsAtSentence } from "@/lib/ai/sentences";

/** What belongs between a text and the piece that was written to follow it: nothing, a space, or a new paragraph. */
export function jointAfter(text: string): string {
  if (text.trim() === "" || /\s$/.test(text)) return "";
  return endsAtSentence(text) ? "\n\n" : " ";
}

/**
 * The last `words` words of a text, beginning with a whole word and keeping its line breaks. Never longer than
 * 12 characters for each word asked for, whatever the text is made of.
 */
export function tailOf(text: string, words: number): string {
  const window = text.slice(-words * 12).replace(/^[\udc00-\udfff]/, "");
  const starts = [...window.matchAll(/(?<!\S)\S/g)].map((match) => match.index);
  const from =
    starts.length > words ? starts[starts.length - words] : text.length > window.length ? starts[1] : 0;
  return window.slice(from ?? 0).trim();
}
