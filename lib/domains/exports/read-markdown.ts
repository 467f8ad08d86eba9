import "server-only";
import { Lexer, type MarkedToken, type Token, Tokenizer, type Tokens, type TokensList } from "marked";
import type { Block, ListItem, Run } from "./document";
import { emphasisWork } from "./emphasis-work";
import { decodeEntities, toPlainCharacters } from "./plain-characters";
import { type Inline, readInlines, type ResolvePicture, safeLink } from "./read-inlines";

/**
 * Reads Markdown as the editor does, with what a writer needs of it: HTML is text, a line break is one, an indented
 * paragraph is a paragraph (only fences are code), and nothing that was written vanishes. Never throws: what can't be
 * read as Markdown, because it is nested thousands deep, is read as plain paragraphs.
 */
export function readMarkdown(markdown: string, resolve: ResolvePicture): Block[] {
  const text = toPlainCharacters(markdown);
  try {
    const lexer = new BoundedLexer({ gfm: true, breaks: true, tokenizer: new WritersTokenizer() });
    return readBlocks(lexer.lex(text), resolve);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the stack has an end
    return plainParagraphs(text);
  }
}

function plainParagraphs(text: string): Block[] {
  return text
    .split(/\n[ \t]*\n/)
    .filter((part) => part.trim() !== "")
    .map((part) => ({ kind: "paragraph", runs: [{ text: part.trim() }] }));
}

class WritersTokenizer extends Tokenizer {
  override html(): undefined {}
  override tag(): undefined {}
  override code(): undefined {}
  /** What only looks like the target of a link, a footnote or an aside in brackets, would vanish. */
  override def(source: string): Tokens.Def | undefined {
    const token = super.def(source);
    return token !== undefined && safeLink(token.href) !== null && !token.tag.startsWith("^")
      ? token
      : undefined;
  }
}

/** Deeper than this no page shows it. */
const MAX_DEPTH = 30;

/** Past this, in `emphasisWork`, a line is taken as it is: a tenth of a second. */
const MAX_LINE_WORK = 2_000_000;
/** So much in one text: a second or two. */
const MAX_WORK = 10 * MAX_LINE_WORK;

class BoundedLexer extends Lexer {
  private depth = 0;
  private work = 0;

  /** What is nested deeper is taken as it is: each level reads all that is left again. */
  override blockTokens(source: string, tokens?: Token[], lastParagraphClipped?: boolean): Token[];
  override blockTokens(source: string, tokens?: TokensList, lastParagraphClipped?: boolean): TokensList;
  override blockTokens(source: string, tokens: Token[] = [], lastParagraphClipped?: boolean): Token[] {
    if (this.depth > MAX_DEPTH) {
      tokens.push({ type: "text", raw: source, text: source });
      return tokens;
    }
    this.depth += 1;
    try {
      return super.blockTokens(source, tokens, lastParagraphClipped);
    } finally {
      this.depth -= 1;
    }
  }

  override inlineTokens(source: string, tokens: Token[] = []): Token[] {
    const work = emphasisWork(source);
    if (work <= MAX_LINE_WORK && this.work + work <= MAX_WORK) {
      this.work += work;
      return super.inlineTokens(source, tokens);
    }
    const lines = source.split("\n");
    if (lines.length === 1) tokens.push({ type: "text", raw: source, text: source });
    else {
      lines.forEach((line, index) => {
        if (index > 0) tokens.push({ type: "br", raw: "\n" });
        this.inlineTokens(line, tokens);
      });
    }
    return tokens;
  }
}

function readBlocks(tokens: readonly Token[], resolve: ResolvePicture): Block[] {
  return tokens.flatMap((token) => readBlock(token as MarkedToken, resolve)); // no extension adds others
}

function readBlock(token: MarkedToken, resolve: ResolvePicture): Block[] {
  switch (token.type) {
    case "heading": {
      const runs = onlyRuns(readInlines(token.tokens, resolve));
      return hasText(runs) ? [{ kind: "heading", level: token.depth, runs }] : [];
    }
    case "paragraph":
      return withPictures(readInlines(token.tokens, resolve));
    case "text":
      return withPictures(readInlines(token.tokens ?? [token], resolve));
    case "blockquote":
      return [{ kind: "quote", blocks: readBlocks(token.tokens, resolve) }];
    case "list": {
      const start = token.ordered ? Number(token.start || 0) : null;
      return [{ kind: "list", start, items: token.items.map((item) => readItem(item, resolve)) }];
    }
    case "code":
      return [{ kind: "code", text: token.text }];
    case "table":
      return [
        {
          kind: "table",
          aligns: token.align,
          rows: [token.header, ...token.rows].map((row) =>
            row.map((cell) => onlyRuns(readInlines(cell.tokens, resolve))),
          ),
        },
      ];
    case "hr":
      return [{ kind: "rule" }];
    case "space":
    case "def":
    case "checkbox":
      return [];
    default:
      return [{ kind: "paragraph", runs: [{ text: decodeEntities(token.raw) }] }];
  }
}

function readItem(item: Tokens.ListItem, resolve: ResolvePicture): ListItem {
  const checked = item.task ? item.checked === true : null;
  return { checked, blocks: readBlocks(item.tokens, resolve) };
}

/** A paragraph, cut where a picture stands in it. */
function withPictures(inlines: readonly Inline[]): Block[] {
  const blocks: Block[] = [];
  let runs: Run[] = [];
  const close = () => {
    const trimmed = trimBreaks(runs);
    if (hasText(trimmed)) blocks.push({ kind: "paragraph", runs: trimmed });
    runs = [];
  };
  for (const inline of inlines) {
    if (!("picture" in inline)) runs.push(inline);
    else {
      close();
      blocks.push({ kind: "picture", alt: inline.alt, source: inline.picture });
    }
  }
  close();
  return blocks;
}

function onlyRuns(inlines: readonly Inline[]): Run[] {
  return inlines.map((inline) => ("picture" in inline ? { text: `[Picture: ${inline.alt}]` } : inline));
}

function trimBreaks(runs: readonly Run[]): Run[] {
  let [from, to] = [0, runs.length];
  while (from < to && runs[from]?.text.trim() === "") from++;
  while (to > from && runs[to - 1]?.text.trim() === "") to--;
  return runs.slice(from, to).map((run, index, all) => {
    let { text } = run;
    if (index === 0) text = text.replace(/^\s+/, "");
    if (index === all.length - 1) text = text.replace(/\s+$/, "");
    return text === run.text ? run : { ...run, text };
  });
}

function hasText(runs: readonly Run[]): boolean {
  return runs.some(({ text }) => text.trim() !== "");
}
