import "server-only";
import { type Language, languageNamed, wrongLanguage } from "@/lib/ai/language";
import { findRepetition } from "@/lib/ai/repetition";
import type { ToolInput } from "@/lib/contract/tool-input";

/** From this share of its six-word runs on, a text is a copy of another. */
const COPY = 0.6;

// What can't be used costs nothing. Its limits are wide: a wrong word here takes a text away that somebody may want.

/** Said of a text in another language than was asked for; null also where that can't be told. */
export function inOtherLanguage(text: string, asked: Language | null, askedName: string): string | null {
  const other = wrongLanguage(text, asked);
  return other && `The model answered in ${other.name} instead of ${askedName}.`;
}

/** Said of a text that is one of the earlier ones again. */
export function repeatsEarlier(
  text: string,
  earlier: readonly string[],
  piece: "page" | "chapter",
): string | null {
  const copied = firstCopied(text, earlier);
  return copied === 0 ? null : `The model repeated ${piece} ${copied} instead of writing this one.`;
}

/** Why a page is none. `text`: what was written of it now; `earlier`: the pages before. Null for one that can be used. */
export function unusablePage(
  { language }: { readonly language?: string | undefined },
  text: string,
  earlier: readonly string[],
): string | null {
  return named(text, language) ?? repeatsEarlier(text, earlier, "page");
}

/** Why an answer of a tool is none. `earlier`: the answers before it. Null for one that can be used. */
export function unusableAnswer(input: ToolInput, text: string, earlier: readonly string[]): string | null {
  const other = named(text, input.language);
  if (other !== null) return other;
  switch (input.tool) {
    case "write": {
      const again = firstCopied(text, earlier);
      if (again > 0) return `The model gave answer ${again} again instead of another one.`;
      return firstCopied(text, [input.text]) > 0
        ? "The model repeated your text instead of going on with it."
        : null;
    }
    case "rewrite":
      return wordsOf(text) === wordsOf(input.text) ? "The model gave your text back as it was." : null;
    default:
      return null;
  }
}

/** Only the language that was asked for in so many words: a prompt in English may ask for a poem in French. */
function named(text: string, language: string | undefined): string | null {
  return language === undefined ? null : inOtherLanguage(text, languageNamed(language), language);
}

/** Which of the texts this one is again, from 1; 0 for none. */
function firstCopied(text: string, earlier: readonly string[]): number {
  return findRepetition(text, earlier).shareOfEach.findIndex((share) => share >= COPY) + 1;
}

function wordsOf(text: string): string {
  return (text.match(/[\p{L}\p{M}\p{N}\p{P}]+/gu) ?? []).join(" ");
}
