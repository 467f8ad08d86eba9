import "server-only";

/**
 * A text as Markdown that shows as the text does: line breaks stay, what looks like HTML is text, and a link leads to
 * http(s) or mailto or is text (contract, section 1). Emphasis, headings and lists that the text has are left to work.
 */
export function toSafeMarkdown(text: string): string {
  const lines = text.replace(/\r\n?/g, "\n");
  const inert = [TAG, ENTITY, LINK_TARGET].reduce(
    (rest, pattern) => rest.replace(pattern, escapeUnlessEscaped),
    lines,
  );
  // Two spaces keep a line break that Markdown would make a space of.
  return inert.replace(/(?<=\S)[ \t]*\n(?=[^\n])/g, "  \n");
}

// Each begins with the backslashes before the character: where their number is odd, it is escaped already.
const TAG = /(?<!\\)(\\*)(<)(?=[a-z/!?])/gi;
/** An entity could spell the scheme of a link. */
const ENTITY = /(?<!\\)(\\*)(&)(?=#|[a-z])/gi;
/** What stands before the target of a link, or of a reference to one, that is not http(s) or mailto. */
const LINK_TARGET = /(?<!\\)(\\*)(\])(?=[(:](?!\s*(?:https?:\/\/|mailto:)))/gi;

function escapeUnlessEscaped(all: string, backslashes: string, character: string): string {
  return backslashes.length % 2 === 1 ? all : `${backslashes}\\${character}`;
}

/** One line of Markdown in which nothing is markup. */
export function escapeMarkdownLine(line: string): string {
  return line
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_[\]<>#&!|~]/g, "\\$&");
}
