import { WORDS_PER_PAGE } from "./quote";

/**
 * Bytes of UTF-8 that a word takes with the space behind it, on the generous side. Chinese and Japanese count a
 * character as a word; scripts of India and South-East Asia take three bytes a letter.
 */
const BYTES_PER_WORD = { latin: 8, twoBytes: 16, threeBytes: 28, character: 4 } as const;
type Script = keyof typeof BYTES_PER_WORD;

const SCRIPTS: readonly [Script, RegExp][] = [
  ["character", /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  [
    "twoBytes",
    /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Armenian}\p{Script=Hangul}]/gu,
  ],
  [
    "threeBytes",
    /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Sinhala}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Georgian}\p{Script=Ethiopic}\p{Script=Tibetan}]/gu,
  ],
  ["latin", /\p{Script=Latin}/gu],
];

const LANGUAGES: readonly [Script, RegExp][] = [
  ["character", /chinese|mandarin|cantonese|japanese/],
  [
    "twoBytes",
    /russian|ukrainian|bulgarian|serbian|macedonian|belarusian|kazakh|mongolian|greek|hebrew|arabic|persian|farsi|urdu|pashto|armenian|yiddish|korean|vietnamese/,
  ],
  [
    "threeBytes",
    /hindi|marathi|nepali|bengali|bangla|tamil|telugu|kannada|malayalam|gujarati|punjabi|sinhala|thai|lao|khmer|burmese|georgian|amharic|tibetan/,
  ],
];

/**
 * About how many bytes a text of `words` words will take in the workspace, rather too many than too few. The language
 * that was asked for decides, else the script of the prompt: a text is written in the language of its request.
 */
export function estimateTextBytes(text: { prompt: string; language?: string | null; words: number }): number {
  return text.words * BYTES_PER_WORD[scriptOf(text.prompt, text.language ?? "")];
}

/** The bytes of whole pages. */
export function estimatePageBytes(text: { prompt: string; language?: string | null; pages: number }): number {
  return estimateTextBytes({ ...text, words: text.pages * WORDS_PER_PAGE });
}

function scriptOf(prompt: string, language: string): Script {
  const asked = language.toLowerCase();
  const named = LANGUAGES.find(([, names]) => names.test(asked));
  if (named) return named[0];
  return mostUsed(language || prompt);
}

function mostUsed(text: string): Script {
  let best: Script = "latin";
  let most = 0;
  for (const [script, letters] of SCRIPTS) {
    const found = text.match(letters)?.length ?? 0;
    if (found > most) [best, most] = [script, found];
  }
  return best;
}
