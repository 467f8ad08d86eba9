import "server-only";

/** Names of languages as people write them, in English and in the language itself, as BCP 47 tags. */
const NAMES = new Map<string, string>();
for (const tag of "ar bg bn ca cs da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko lt lv mk ms nb nl pl pt ro ru sk sl sq sr sv sw ta th tr uk ur vi zh".split(
  " ",
)) {
  for (const locale of ["en", tag]) {
    const name = new Intl.DisplayNames([locale], { type: "language" }).of(tag);
    if (name !== undefined) NAMES.set(name.toLowerCase(), tag);
  }
}

/** Scripts that one language is the likeliest for. Latin is anybody's. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, "ja"],
  [/\p{Script=Hangul}/gu, "ko"],
  [/\p{Script=Han}/gu, "zh"],
  [/\p{Script=Cyrillic}/gu, "ru"],
  [/\p{Script=Greek}/gu, "el"],
  [/\p{Script=Arabic}/gu, "ar"],
  [/\p{Script=Hebrew}/gu, "he"],
  [/\p{Script=Devanagari}/gu, "hi"],
  [/\p{Script=Thai}/gu, "th"],
];
const SAMPLE = 4_000;

/**
 * The language of a text as a tag: what its writer wished for ("German", "de-AT"), else what its letters tell; `und`
 * where both are silent, so that no reader speaks it with the wrong voice.
 */
export function languageOf(wished: unknown, text: string): string {
  const name = typeof wished === "string" ? wished.trim() : "";
  const known = NAMES.get(name.toLowerCase());
  if (known !== undefined) return known;
  if (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(name)) {
    try {
      return Intl.getCanonicalLocales(name)[0] ?? "und";
    } catch {
      // not a tag after all
    }
  }
  const sample = text.slice(0, SAMPLE);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return SCRIPTS.find(([pattern]) => (sample.match(pattern)?.length ?? 0) > letters / 3)?.[1] ?? "und";
}

/** True where a language is written from right to left. */
export function isRightToLeft(language: string): boolean {
  return /^(?:ar|dv|fa|he|ku-arab|ps|sd|ug|ur|yi)(?:-|$)/i.test(language);
}
