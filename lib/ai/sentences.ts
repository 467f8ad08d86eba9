import "server-only";

const CLOSERS = "[\\p{Pe}\\p{Pf}\"'”’*_]*";
/** What ends a sentence where a space or the text's end follows it. */
const SPACED = ".!?…‼⁇⁈⁉؟۔।॥։።။၊។";
/** What ends one whatever follows: scripts that write without spaces. */
const DENSE = "。！？．｡";

/** "Mr. Smith" and "J. R. Hartley" go on behind their points. */
const ABBREVIATION = /(?:^|[^\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|St|Prof|Mme|Mlle|Sra?|Hr|Fr|[A-HJ-Z])\.$/u;
const LONGEST_ABBREVIATION = 8;

const ENDS = new RegExp(
  `[${SPACED}]+${CLOSERS}(?=\\s)|[${DENSE}]+${CLOSERS}|(?<=[\\p{Script=Thai}\\p{Script=Lao}])[ ]|\\n`,
  "gu",
);
const AT_END = new RegExp(`(?:[${SPACED}${DENSE}]${CLOSERS}|[\\p{Script=Thai}\\p{Script=Lao}])$`, "u");

/** True for a text whose last sentence is finished; also for an empty one. Thai and Lao don't say: taken for finished. */
export function endsAtSentence(text: string): boolean {
  const end = text.trimEnd();
  return end === "" || (AT_END.test(end) && !isAbbreviation(end, end.length));
}

/**
 * Where the sentences of a text end, with their marks, closing quotation marks and brackets, in order. A line's end counts
 * as one. The end of the text itself does not: a point may be a decimal point as long as nobody knows what comes.
 */
export function sentenceEnds(text: string): number[] {
  const ends: number[] = [];
  for (const match of text.matchAll(ENDS)) {
    const end = match.index + match[0].trimEnd().length;
    if (end > (ends.at(-1) ?? 0) && !isAbbreviation(text, end)) ends.push(end);
  }
  return ends;
}

/** The sentences of a text, without the space between them; the last one may be unfinished. */
export function splitSentences(text: string): string[] {
  const ends = [...new Set([...sentenceEnds(text), text.length])];
  return ends.map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end).trim()).filter(Boolean);
}

function isAbbreviation(text: string, end: number): boolean {
  return ABBREVIATION.test(text.slice(Math.max(0, end - LONGEST_ABBREVIATION), end));
}

const OPENING = "“«„「『（(";
const CLOSING = "”»“」』）)";

/** True where a quotation or bracket that was opened in the last paragraph of a text is still open. */
export function endsInsideQuotation(text: string): boolean {
  const paragraph = text.slice(text.lastIndexOf("\n") + 1);
  let open = "";
  for (const char of paragraph) {
    if (open !== "" && CLOSING[OPENING.indexOf(open)] === char) open = "";
    else if (open === "" && OPENING.includes(char)) open = char;
  }
  return open !== "" || (paragraph.match(/"/g)?.length ?? 0) % 2 === 1;
}
