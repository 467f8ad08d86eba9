import "server-only";
import type { FontShelf } from "./fonts";

/** Signs without a picture of their own: what joins, varies or turns others. Left out where no font has them. */
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zl}\p{Zp}]$/u;
/** Written from right to left, which these pages are not made for: drawn letter by letter it would be wrong. */
const RIGHT_TO_LEFT =
  /^[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}]$/u;

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Han}/u, "Chinese (Han)"],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "Japanese (kana)"],
  [/\p{Script=Hangul}/u, "Korean (Hangul)"],
  [/[\p{Script=Bopomofo}\u3000-\u303f\ufe30-\ufe4f\uff00-\uffef]/u, "East Asian signs"],
  ...[
    ...["Arabic", "Hebrew", "Syriac", "Thaana", "Devanagari", "Bengali", "Gurmukhi", "Gujarati", "Oriya"],
    ...["Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Tibetan", "Myanmar", "Khmer"],
    ...["Georgian", "Armenian", "Ethiopic", "Cherokee", "Mongolian", "Javanese", "Balinese", "Coptic"],
    ...["Latin", "Cyrillic", "Greek", "Yi", "Nko", "Tifinagh", "Runic", "Ogham", "Gothic", "Glagolitic"],
  ].map((name) => [new RegExp(`\\p{Script=${name}}`, "u"), name] as const),
  [/[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}]/u, "emoji"],
];

/** True where a PDF leaves this sign out without harm, because it has no picture of its own. */
export function isInvisible(sign: string): boolean {
  return INVISIBLE.test(sign);
}

/**
 * What of a text the fonts can't draw, by script, each with some of its signs: "Chinese (Han): 中, 文". Empty where all
 * can be drawn. One look at each sign, however often it stands there.
 */
export function undrawableScripts(text: string, fonts: FontShelf): string[] {
  const missing = new Map<string, string[]>();
  for (const sign of new Set(text)) {
    const codePoint = sign.codePointAt(0) ?? 0;
    if (codePoint < 0x80 || /\s/.test(sign) || isInvisible(sign)) continue;
    if (!RIGHT_TO_LEFT.test(sign) && fonts.faceFor(codePoint, {}) !== null) continue;
    const script = SCRIPTS.find(([pattern]) => pattern.test(sign))?.[1] ?? "rare signs";
    const signs = missing.get(script);
    if (signs === undefined) missing.set(script, [sign]);
    else if (signs.length < SHOWN_SIGNS) signs.push(sign);
  }
  return [...missing].map(([script, signs]) => `${script}: ${signs.join(", ")}`);
}

const SHOWN_SIGNS = 5;
