import "server-only";

/** A run of so many words that stands in two texts was repeated. */
const RUN_WORDS = 6;
/** Scripts without spaces are compared by characters; so many are about six words. */
const RUN_CHARACTERS = 14;

const DENSE =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}";
const DENSE_LETTERS = new RegExp(`[${DENSE}]`, "gu");
const TOKENS = new RegExp(`[${DENSE}]|(?:(?![${DENSE}])[\\p{L}\\p{M}\\p{N}’'])+`, "gu");

export interface Repetition {
  /** Of all six-word runs of the text, the share that stood in any of the earlier ones. */
  share: number;
  /** The same for each of the earlier texts alone. */
  shareOfEach: number[];
  /** The longest passages that were repeated, in the text's own words. */
  passages: string[];
}

/**
 * How much of a text was said before. Time and memory grow with the texts, not with their product: only the runs of the
 * text itself are kept, and the earlier texts pass by them once.
 */
export function findRepetition(text: string, earlier: readonly string[]): Repetition {
  const tokens = [...text.matchAll(TOKENS)];
  const words = tokens.map(([token]) => token.toLowerCase());
  const run = runLength(text);
  const places = new Map<string, number[]>();
  for (let at = 0; at + run <= words.length; at += 1) {
    const key = words.slice(at, at + run).join(" ");
    const found = places.get(key);
    if (found === undefined) places.set(key, [at]);
    else found.push(at);
  }
  const count = Math.max(1, words.length - run + 1);
  const repeated = new Set<number>();
  const shareOfEach = earlier.map((before) => {
    const here = new Set<number>();
    for (const key of runsOf(before, run)) for (const at of places.get(key) ?? []) here.add(at);
    for (const at of here) repeated.add(at);
    return here.size / count;
  });
  return {
    share: repeated.size / count,
    shareOfEach,
    passages: passagesOf(repeated, run).map(([from, to]) => {
      const last = tokens[to];
      return text.slice(tokens[from]?.index, (last?.index ?? 0) + (last?.[0].length ?? 0));
    }),
  };
}

function* runsOf(text: string, run: number): Generator<string> {
  const words = text.toLowerCase().match(TOKENS) ?? [];
  for (let at = 0; at + run <= words.length; at += 1) yield words.slice(at, at + run).join(" ");
}

function runLength(text: string): number {
  const sample = text.slice(0, 4_000);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return (sample.match(DENSE_LETTERS)?.length ?? 0) > letters / 2 ? RUN_CHARACTERS : RUN_WORDS;
}

/** Runs that touch are one passage; from its first token to its last, the longest first. */
function passagesOf(starts: ReadonlySet<number>, run: number): [number, number][] {
  const passages: [number, number][] = [];
  for (const at of [...starts].sort((a, b) => a - b)) {
    const last = passages.at(-1);
    if (last !== undefined && at <= last[1] + 1) last[1] = at + run - 1;
    else passages.push([at, at + run - 1]);
  }
  return passages.sort((a, b) => b[1] - b[0] - (a[1] - a[0]));
}
