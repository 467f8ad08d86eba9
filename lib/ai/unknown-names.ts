import "server-only";

/** A word with a capital that begins no sentence, speech or line. */
const INNER_CAPITALS = /(?<=[\p{L}\p{N},;’'] )\p{Lu}[\p{L}\p{M}]+(?:[-’'][\p{L}\p{M}]+)*/gu;
const WORDS = /[\p{L}\p{M}]+/gu;
const CAPITALISED = /\p{Lu}[\p{L}\p{M}]+/gu;

/** Past this share of capitals a language writes more than its names with them, as German does. */
const TOO_MANY_CAPITALS = 0.12;
const SHORTEST_STEM = 2;

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/** Written with a capital, and nobody whom a reader must know. */
const NO_NAMES = new Set([
  ...days,
  ...days.map((day) => `${day}s`),
  ..."i’m i’d i’ll i’ve i'm i'd i'll i've mr mrs ms miss dr sir madam lord lady saint st january february march april may june july august september october november december christmas easter bible internet latin greek roman ok tv mum mom dad father mother grandma grandpa granny aunt uncle captain doctor professor king queen prince princess inspector sergeant".split(
    " ",
  ),
  ..."english french german spanish italian british european american russian chinese japanese african irish scottish welsh dutch swedish norwegian danish polish portuguese turkish indian mexican canadian australian jewish catholic christian protestant muslim victorian".split(
    " ",
  ),
  ..."god dieu dios dio deus gud bog bóg bůh боже бог tanrı allah seigneur señor signore monsieur madame mademoiselle don doña señora signora noël".split(
    " ",
  ),
]);

/**
 * Names in a text that stand in nothing that is known, each once, in order. Says nothing of scripts without capitals, of
 * languages that give nouns capitals, and of words that the text writes small elsewhere. `inflected`: names change their
 * ends, and are compared by their beginnings.
 */
export function unknownNames(text: string, known: readonly string[], inflected: boolean): string[] {
  const found = text.match(INNER_CAPITALS) ?? [];
  const all = text.match(WORDS) ?? [];
  if (found.length === 0 || found.length > all.length * TOO_MANY_CAPITALS) return [];
  const small = new Set(all.filter((word) => /^\p{Ll}/u.test(word)));
  const knownStems = new Set<string>();
  for (const material of known) {
    for (const word of material.match(inflected ? CAPITALISED : WORDS) ?? [])
      for (const stem of stemsOf(word, inflected)) knownStems.add(stem);
  }
  const names = new Map<string, string>();
  for (const name of found) {
    // "Teodora's", "Ada'ya": what hangs on a name is no part of it.
    const bare = name.replace(/[’']\p{Ll}+$/u, "");
    const key = bare.toLowerCase();
    const parts = bare.match(WORDS) ?? [];
    const isNew = parts.some((part) => !stemsOf(part, inflected).some((stem) => knownStems.has(stem)));
    const isName = !stemsOf(key, inflected).some((stem) => NO_NAMES.has(stem));
    if (isNew && isName && !names.has(key) && !small.has(key) && !/^\p{Lu}+$/u.test(bare))
      names.set(key, bare);
  }
  return [...names.values()];
}

function stemsOf(word: string, inflected: boolean): string[] {
  const lower = word.toLowerCase();
  if (!inflected) return [lower];
  return [0, 1, 2]
    .map((cut) => lower.slice(0, lower.length - cut))
    .filter((stem) => stem === lower || stem.length >= SHORTEST_STEM);
}
