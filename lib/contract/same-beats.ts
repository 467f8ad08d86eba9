import type { Outline } from "./story-input";

/** A beat's place: chapter and beat, both from 1. */
export interface BeatPlace {
  chapter: number;
  beat: number;
}

/** So much of what two beats say must be the same, of all that they say together. */
const ALIKE = 0.6;
/** Words are compared by their beginnings, so that "finds" and "finding" are one. */
const STEM = 5;
const SHORTEST_WORD = 3;

const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu;

/**
 * The beats of an outline that say the same, in pairs, the earlier one first. Compares the words that carry meaning; scripts
 * without spaces by pairs of characters. Quick enough for every keystroke in a full outline.
 */
export function sameBeats(outline: Outline): [BeatPlace, BeatPlace][] {
  const beats = outline.flatMap((chapter, at) =>
    chapter.beats.map((text, nth) => ({ place: { chapter: at + 1, beat: nth + 1 }, marks: marksOf(text) })),
  );
  const holders = new Map<string, number[]>();
  const pairs: [BeatPlace, BeatPlace][] = [];
  beats.forEach(({ place, marks }, at) => {
    const shared = new Map<number, number>();
    for (const mark of marks) {
      const others = holders.get(mark) ?? [];
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1);
      others.push(at);
      holders.set(mark, others);
    }
    for (const [other, count] of shared) {
      const earlier = beats[other];
      if (earlier && count >= ALIKE * (marks.size + earlier.marks.size - count))
        pairs.push([earlier.place, place]);
    }
  });
  return pairs;
}

function marksOf(text: string): Set<string> {
  const lower = text.toLowerCase();
  const words = lower.replace(DENSE, " ").match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const telling = words.filter((word) => word.length >= SHORTEST_WORD && !SMALL_WORDS.has(word));
  const dense = (lower.match(DENSE) ?? []).flatMap((run) =>
    run.length === 1 ? [run] : Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
  );
  const marks = [...telling.map((word) => word.slice(0, STEM)), ...dense];
  return new Set(marks.length > 0 ? marks : words);
}

const SMALL_WORDS = new Set(
  "the and for but with that this from into onto her his their its they them she him has have had was were are will then than when who what where while after before not out off over under about again only also very own one two der die das und ein eine den dem les des une est dans que qui los las una por con del".split(
    " ",
  ),
);
