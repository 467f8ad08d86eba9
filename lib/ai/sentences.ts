import "server-only";

const CLOSERS = "[\\p{Pe}\\p{Pf}\"'”’*_]*";
/** What ends a sentence where a space or the text's end follows it. */
const SPACED = ".!?…‼⁇⁈⁉؟۔।॥։።።၊။";
/** What ends one whatever follows: scripts that write without spaces. */
const DENSE = "。！？．｡";

/** "Mr. Smith" and "J. R. Hartley" go on behind their points. */
const ABBREVIATION = /(?:^|[^\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|St|Prof|Mme|Mlle|Sra?|Hr|Fr|[A-HJ-Z])\.$/u;

const ENDS = new RegExp(
  `[${SPACED}]+${CLOSERS}(?=\\s)|[${DENSE}]+${CLOSERS}|(?<=[\\p{Script=Thai}\\p{Script=Lao}]) |\\n`,
  "gu",
);
const AT_END = new RegExp(
  `(?:[${SPACED}${DENSE}]${CLOSERS}|[\\p{Script=Thai}\\p{Script=Lao}\\u0e2f\\u0e46])$`,
  "u",
);

/** True for a text whose last sentence is finished; also for an empty one. Thai and Lao don't say; it is taken for finished. */
export function endsAtSentence(text: string): boolean {
  const end = text.trimEnd();
  return end === "" || (AT_END.test(end) && !ABBREVIATION.test(end.slice(-12)));
}

/**
 * Where the sentences of a text end, marks and quotation marks included, in order. The end of the text itself is one only
 * where something follows it: a point may be a decimal point as long as nobody knows what comes.
 */
export function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const match of text.matchAll(ENDS)) {
    const end = match.index + match[0].trimEnd().length;
    if (end > 0 && !ABBREVIATION.test(text.slice(Math.max(0, end - 12), end))) ends.push(end);
  }
  return ends;
}
