import "server-only";
import { isPictureType } from "@/lib/contract/picture";
import { codeOfReference } from "@/lib/contract/picture-reference";
import { type Block, chapterLevel, type ExportDocument, type PictureSource, textOf } from "./document";
import { languageOf } from "./language";
import { readSource } from "./picture-bytes";
import { toPlainCharacters } from "./plain-characters";
import { type ResolvePicture, safeLink } from "./read-inlines";
import { readMarkdown } from "./read-markdown";

/** All that an export is made of; plain data, so that it can be handed to another thread. */
export interface Manuscript {
  readonly code: string;
  readonly title: string;
  readonly projectType: string;
  readonly content: string;
  readonly author: string;
  readonly label: string | null;
  /** A name of a language or a tag, as somebody wished for it. */
  readonly language: string | null;
  readonly changedAt: string;
  /** The contents of the picture projects that the text refers to, by their codes; those that are gone are missing. */
  readonly pictures: Readonly<Record<string, string>>;
}

/** More are no chapters: a page and a line of the contents for each would be a book of contents. */
const MOST_CHAPTERS = 500;

/** The document of a manuscript, for a file: a picture has its bytes with it, one that lies elsewhere is a link. */
export function makeDocument(manuscript: Manuscript): ExportDocument {
  const title = oneLine(manuscript.title) || manuscript.code;
  const blocks = isPictureType(manuscript.projectType)
    ? pictureBlocks(manuscript.content, title)
    : withoutTitle(readMarkdown(manuscript.content, resolverFor(manuscript.pictures)), title);
  return {
    title,
    author: oneLine(manuscript.author),
    language: languageOf(manuscript.language, manuscript.content),
    label: manuscript.label === null ? null : oneLine(manuscript.label),
    hasChapters: manuscript.projectType.toLowerCase() === "story" && countChapters(blocks) <= MOST_CHAPTERS,
    changedAt: manuscript.changedAt,
    code: manuscript.code,
    blocks,
  };
}

function countChapters(blocks: readonly Block[]): number {
  const level = chapterLevel(blocks);
  return blocks.filter((block) => block.kind === "heading" && block.level === level).length;
}

function oneLine(text: string): string {
  return toPlainCharacters(text).replace(/\s+/g, " ").trim();
}

/** What an image of a text leads to, for a file that must not load anything from anywhere. */
export function resolverFor(pictures: Readonly<Record<string, string>>): ResolvePicture {
  // One object for one picture, however often it stands in the text: a book then holds it once.
  const read = new Map<string, PictureSource | null>();
  return (target) => {
    const code = codeOfReference(target);
    if (code === null && !target.startsWith("data:")) return linkTo(target);
    const content = code === null ? target : Object.hasOwn(pictures, code) ? pictures[code] : undefined;
    if (content === undefined) return null;
    let source = read.get(content);
    if (source === undefined) read.set(content, (source = readSource(content)));
    return source?.kind === "address" ? linkTo(source.url) : source;
  };
}

function linkTo(target: string): { kind: "link"; url: string } | null {
  const url = safeLink(target);
  return url === null || url.startsWith("mailto:") ? null : { kind: "link", url };
}

function pictureBlocks(content: string, title: string): Block[] {
  const source = readSource(content.trim());
  if (source === null) return [{ kind: "paragraph", runs: [{ text: "[This picture can’t be shown.]" }] }];
  if (source.kind === "bytes") return [{ kind: "picture", alt: title, source }];
  const link = safeLink(source.url);
  return [{ kind: "paragraph", runs: [link === null ? { text: source.url } : { text: source.url, link }] }];
}

/** A text that begins with its own title as a heading says it once. */
export function withoutTitle(blocks: Block[], title: string): Block[] {
  const [first, ...rest] = blocks;
  const same =
    first?.kind === "heading" && first.level === 1 && oneLine(textOf(first.runs)) === oneLine(title);
  return same && rest.length > 0 ? rest : blocks;
}
