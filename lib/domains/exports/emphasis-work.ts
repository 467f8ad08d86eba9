import "server-only";

const RUN = /\*+|_+|~+|\[/g;
const SPACE = /^\s?$/;
/** What is left of the line is copied for each marker: fast, but done as often as there are markers. */
const SHARE_OF_A_RUN = 128;
const PUNCTUATION = /^[\p{P}\p{S}]$/u;

/**
 * What it will cost to find the emphasis and the links of a line: the characters that are read again behind each marker,
 * up to where it is closed, or up to the end where it never is. Prose costs a few times its own length, however much of it
 * is emphasised; a line of markers that nothing closes costs its square. Takes a time linear in the line.
 */
export function emphasisWork(line: string): number {
  const waiting: Record<string, number[]> = { "*": [], _: [], "~": [], "[": [] };
  let work = 0;
  let runs = 0;
  for (const { 0: run, index } of line.matchAll(RUN)) {
    runs += 1;
    const open = waiting[run.charAt(0)] ?? [];
    const { opens, closes } = run === "[" ? { opens: true, closes: false } : flanks(line, index, run.length);
    let left = run.length;
    while (closes && left > 0 && open.length > 0) {
      work += index - (open.pop() ?? index);
      left -= 1;
    }
    for (; opens && left > 0; left -= 1) open.push(index);
  }
  for (const [kind, open] of Object.entries(waiting)) {
    // A bracket is given up on where the next one begins, and costs a fraction of it.
    const share = kind === "[" ? 1 / 32 : 1;
    work += share * open.reduce((sum, index) => sum + line.length - index, 0);
  }
  return work + (runs * line.length) / SHARE_OF_A_RUN;
}

/** Whether a run of markers can begin emphasis, and end it (CommonMark 0.31, 6.2). */
function flanks(line: string, index: number, length: number): { opens: boolean; closes: boolean } {
  const before = line.charAt(index - 1);
  const after = line.charAt(index + length);
  const left =
    !SPACE.test(after) && (!PUNCTUATION.test(after) || SPACE.test(before) || PUNCTUATION.test(before));
  const right =
    !SPACE.test(before) && (!PUNCTUATION.test(before) || SPACE.test(after) || PUNCTUATION.test(after));
  if (line.charAt(index) !== "_") return { opens: left, closes: right };
  return {
    opens: left && (!right || PUNCTUATION.test(before)),
    closes: right && (!left || PUNCTUATION.test(after)),
  };
}
