import { strFromU8, unzipSync } from "fflate";
import mammoth from "mammoth";
import { extractText, getDocumentProxy } from "unpdf";

/** The words of a text: letters with their marks. Numbers are left out, for formats number pages and lists. */
export function wordsOf(text: string): string[] {
  return text.match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
}

/** An element of markup, its children in order. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: (Element | string)[];
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+="[^"<]*")*)\s*(\/?)>/gi;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads XML strictly: what is not well formed throws. */
export function parseXml(source: string): Element {
  const root: Element = { name: "", attributes: new Map(), children: [] };
  const open: Element[] = [root];
  let at = 0;
  const addText = (text: string) => {
    if (/[<>]/.test(text)) throw new Error(`a bare sign of markup: ${text.slice(0, 80)}`);
    if (text !== "") open.at(-1)?.children.push(decode(text));
  };
  for (const match of source.matchAll(TOKEN)) {
    addText(source.slice(at, match.index));
    at = match.index + match[0].length;
    const [, closing, name, attributes = "", empty] = match;
    if (name === undefined) continue;
    if (closing === "/") {
      const closed = open.pop();
      if (closed?.name !== name) throw new Error(`</${name}> closes <${closed?.name ?? ""}>`);
      continue;
    }
    const element: Element = { name, attributes: readAttributes(attributes), children: [] };
    open.at(-1)?.children.push(element);
    if (empty !== "/") open.push(element);
  }
  addText(source.slice(at));
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.name ?? ""}> is never closed`);
  return root;
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = "", value = ""] of text.matchAll(/([\w:.-]+)="([^"]*)"/g)) {
    if (attributes.has(name)) throw new Error(`${name} stands twice`);
    attributes.set(name, decode(value));
  }
  return attributes;
}

function decode(text: string): string {
  return text.replace(/&([^;\s]*);?/g, (whole, name: string) => {
    const sign = ENTITIES[name];
    if (sign === undefined || !whole.endsWith(";")) throw new Error(`${whole} is no entity of XML`);
    return sign;
  });
}

/** Every element of that name, in order. */
export function elementsOf(root: Element, name: string): Element[] {
  return root.children.flatMap((child) =>
    typeof child === "string" ? [] : [...(child.name === name ? [child] : []), ...elementsOf(child, name)],
  );
}

const INLINE = new Set(["a", "strong", "em", "s", "code"]);

/** The text of an element; what is no part of a line stands apart. */
export function textIn(element: Element): string {
  return element.children
    .map((child) => {
      if (typeof child === "string") return child;
      return INLINE.has(child.name) ? textIn(child) : ` ${textIn(child)} `;
    })
    .join("");
}

/** The text of a PDF as a reader of another make finds it. */
export async function textOfPdf(bytes: Uint8Array): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(bytes.slice()), { mergePages: true });
  return text;
}

/** The text of a DOCX as a reader of another make finds it. */
export async function textOfDocx(bytes: Uint8Array): Promise<string> {
  const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
  return textIn(parseXml(value.replaceAll("&nbsp;", "\u00a0")));
}

/** The files of an archive as text. */
export function filesOf(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));
}

/** The texts of a book in the order of its spine, its navigation left out. */
export function textOfEpub(bytes: Uint8Array): string {
  const files = filesOf(bytes);
  const book = parseXml(files.get("OEBPS/package.opf") ?? "");
  const hrefs = new Map(
    elementsOf(book, "item").map(({ attributes }) => [attributes.get("id"), attributes.get("href") ?? ""]),
  );
  return elementsOf(book, "itemref")
    .map(({ attributes }) => hrefs.get(attributes.get("idref")) ?? "")
    .filter((href) => href !== "nav.xhtml")
    .map((href) =>
      elementsOf(parseXml(files.get(`OEBPS/${href}`) ?? ""), "body")
        .map(textIn)
        .join(" "),
    )
    .join(" ");
}
