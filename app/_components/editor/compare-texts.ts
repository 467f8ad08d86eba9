import { diffArrays, diffWordsWithSpace } from "diff";

/** Words of one side: those that the other side has not are changed. */
export interface Part {
  readonly text: string;
  readonly changed: boolean;
}

/** Paragraphs that stand beside each other; empty where a side has none there. */
export interface Row {
  readonly same: boolean;
  readonly left: readonly Part[];
  readonly right: readonly Part[];
}

const paragraphsOf = (text: string) => text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
/** Past this two paragraphs are shown whole: to compare their words would keep the page waiting. */
const LONG = 20_000;

/** Two texts, paragraph beside paragraph, with the words in which they differ. */
export function compareTexts(left: string, right: string): Row[] {
  const rows: Row[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++)
      rows.push(differing(removed[i], added[i]));
    removed = [];
    added = [];
  };
  for (const hunk of diffArrays(paragraphsOf(left), paragraphsOf(right))) {
    if (hunk.removed) removed.push(...hunk.value);
    else if (hunk.added) added.push(...hunk.value);
    else {
      flush();
      rows.push(...hunk.value.map((text) => ({ same: true, left: whole(text), right: whole(text) })));
    }
  }
  flush();
  return rows;
}

const whole = (text: string, changed = false): Part[] => [{ text, changed }];

function differing(left: string | undefined, right: string | undefined): Row {
  if (left === undefined || right === undefined || left.length + right.length > LONG)
    return {
      same: false,
      left: left === undefined ? [] : whole(left, true),
      right: right === undefined ? [] : whole(right, true),
    };
  const words = diffWordsWithSpace(left, right);
  const side = (other: "added" | "removed") =>
    words
      .filter((part) => !part[other])
      .map(({ value, added, removed }) => ({ text: value, changed: added || removed }));
  return { same: false, left: side("added"), right: side("removed") };
}

/**
 * What two people made of one text, in one: each paragraph as whoever changed it left it, both where both did. No changed
 * word of either is missing. Where nobody knows what they began from, it is what both have.
 */
export function mergeTexts(base: string | null, mine: string, theirs: string): string {
  const before = base === null ? sharedOf(mine, theirs) : paragraphsOf(base);
  const one = changesOf(before, paragraphsOf(mine));
  const other = changesOf(before, paragraphsOf(theirs));
  const merged: string[] = [];
  for (let at = 0; at <= before.length; at++) {
    const [ours, others] = [one.added[at] ?? [], other.added[at] ?? []];
    merged.push(...others);
    if (JSON.stringify(ours) !== JSON.stringify(others)) merged.push(...ours);
    const paragraph = before[at];
    if (paragraph !== undefined && !one.gone.has(at) && !other.gone.has(at)) merged.push(paragraph);
  }
  return merged.join("\n\n");
}

function sharedOf(one: string, other: string): string[] {
  const hunks = diffArrays(paragraphsOf(one), paragraphsOf(other));
  return hunks.flatMap(({ added, removed, value }) => (added || removed ? [] : value));
}

/** What stands new before each paragraph of `before`, and which of them are gone. */
function changesOf(before: string[], after: string[]) {
  const added: string[][] = [];
  const gone = new Set<number>();
  let at = 0;
  for (const hunk of diffArrays(before, after)) {
    if (hunk.added) (added[at] ??= []).push(...hunk.value);
    else {
      if (hunk.removed) hunk.value.forEach((_paragraph, i) => gone.add(at + i));
      at += hunk.value.length;
    }
  }
  return { added, gone };
}
