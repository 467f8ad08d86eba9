import "server-only";
import { createHash } from "node:crypto";
import { strToU8, zipSync, type Zippable } from "fflate";
import { type Chapter, chapterLevel, chaptersOf, type ExportDocument, type PictureSource } from "./document";
import { escapeMarkup, toMarkup } from "./markup";

const STYLE = `body { line-height: 1.5; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 0.6em; }
p { margin: 0 0 0.8em; }
.title { margin-top: 25%; }
.label { font-size: 0.9em; }
.picture, .center { text-align: center; }
.right { text-align: right; }
img { max-width: 100%; }
blockquote { margin: 1em 0 1em 1em; }
pre { white-space: pre-wrap; font-size: 0.85em; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.2em 0.5em; text-align: left; }
`;

/** A part of the text longer than this is cut between paragraphs: readers open a chapter as a whole. */
const PART_CHARACTERS = 250_000;

interface Part extends Chapter {
  readonly file: string;
}

/**
 * A book: EPUB 3, with each chapter in a file, a navigation, and pictures as files of its own. Nothing of it is loaded
 * from anywhere. The same text makes the same bytes.
 */
export function renderEpub(document: ExportDocument): Uint8Array {
  const pictures = new Map<PictureSource, { name: string; bytes: Uint8Array; type: string }>();
  const sourceOf = (source: PictureSource) => {
    if (source.kind !== "bytes") return null;
    const name = pictures.get(source)?.name ?? `images/${pictures.size + 1}.${source.format}`;
    pictures.set(source, { name, bytes: source.bytes, type: `image/${source.format}` });
    return name;
  };
  const parts = partsOf(document);
  const highest = chapterLevel(document.blocks) ?? 1;
  const texts = parts.map((part) => {
    const markup = toMarkup(part.blocks, { sourceOf, topLevel: 1, highest }).replaceAll(
      ' referrerpolicy="no-referrer"',
      "",
    );
    return page(document, part.title ?? document.title, `<section>\n${markup}\n</section>`);
  });
  const files: Record<string, string | Uint8Array> = {
    "META-INF/container.xml": CONTAINER,
    "OEBPS/package.opf": packageFile(document, parts, [...pictures.values()]),
    "OEBPS/nav.xhtml": navigation(document, parts),
    "OEBPS/title.xhtml": page(document, document.title, titlePage(document)),
    "OEBPS/style.css": STYLE,
  };
  parts.forEach(({ file }, nth) => (files[`OEBPS/${file}`] = texts[nth] ?? ""));
  for (const { name, bytes } of pictures.values()) files[`OEBPS/${name}`] = bytes;
  return zip(files, document.changedAt);
}

function zip(files: Readonly<Record<string, string | Uint8Array>>, changedAt: string): Uint8Array {
  // Zip knows no zone and nothing before 1980: the day is enough.
  const mtime = new Date(`${changedAt.slice(0, 10)}T12:00:00`);
  const entries: Zippable = { mimetype: [strToU8("application/epub+zip"), { level: 0, mtime }] };
  for (const [name, content] of Object.entries(files)) {
    entries[name] = [typeof content === "string" ? strToU8(content) : content, { level: 6, mtime }];
  }
  return zipSync(entries);
}

/** The chapters, and a very long one in pieces: the first carries its name, the others belong to it. */
function partsOf({ blocks }: ExportDocument): Part[] {
  const pieces = chaptersOf(blocks).flatMap((chapter): Chapter[] => {
    const cut: { title: string | null; blocks: Chapter["blocks"][number][] }[] = [];
    let size = Infinity;
    for (const block of chapter.blocks) {
      if (size > PART_CHARACTERS) {
        cut.push({ title: cut.length === 0 ? chapter.title : null, blocks: [] });
        size = 0;
      }
      cut.at(-1)?.blocks.push(block);
      size += JSON.stringify(block, (_key, value: unknown) =>
        value instanceof Uint8Array ? 0 : value,
      ).length;
    }
    return cut;
  });
  return pieces.map((piece, nth) => ({ ...piece, file: `text-${nth + 1}.xhtml` }));
}

const XML = '<?xml version="1.0" encoding="utf-8"?>';
const CONTAINER = `${XML}
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`;

function page({ language }: ExportDocument, title: string, body: string): string {
  return `${XML}
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}">
<head>
<title>${escapeMarkup(title)}</title>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
${body}
</body>
</html>
`;
}

function titlePage({ title, author, label }: ExportDocument): string {
  return [
    '<section epub:type="titlepage">',
    `<h1 class="title">${escapeMarkup(title)}</h1>`,
    ...(author === "" ? [] : [`<p>${escapeMarkup(author)}</p>`]),
    ...(label === null ? [] : [`<p class="label">${escapeMarkup(label)}</p>`]),
    "</section>",
  ].join("\n");
}

function navigation(document: ExportDocument, parts: readonly Part[]): string {
  const named = parts.filter(({ title }) => title !== null);
  const entries = [
    `<li><a href="title.xhtml">${escapeMarkup(document.title)}</a></li>`,
    ...named.map(({ title, file }) => `<li><a href="${file}">${escapeMarkup(title ?? "")}</a></li>`),
  ];
  const list = `<nav epub:type="toc" id="toc">\n<h1>Contents</h1>\n<ol>\n${entries.join("\n")}\n</ol>\n</nav>`;
  return page(document, "Contents", list);
}

function packageFile(
  document: ExportDocument,
  parts: readonly Part[],
  pictures: readonly { name: string; type: string }[],
): string {
  const { title, author, language, label, code, changedAt } = document;
  const xhtml = "application/xhtml+xml";
  const manifest = [
    `<item id="nav" href="nav.xhtml" media-type="${xhtml}" properties="nav"/>`,
    `<item id="title" href="title.xhtml" media-type="${xhtml}"/>`,
    '<item id="style" href="style.css" media-type="text/css"/>',
    ...parts.map(({ file }, nth) => `<item id="text-${nth + 1}" href="${file}" media-type="${xhtml}"/>`),
    ...pictures.map(
      ({ name, type }, nth) => `<item id="image-${nth + 1}" href="${name}" media-type="${type}"/>`,
    ),
  ];
  return `${XML}
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:${uuidOf(code)}</dc:identifier>
<dc:title>${escapeMarkup(title)}</dc:title>
<dc:language>${language}</dc:language>
${author === "" ? "" : `<dc:creator>${escapeMarkup(author)}</dc:creator>\n`}${label === null ? "" : `<dc:description>${escapeMarkup(label)}</dc:description>\n`}<meta property="dcterms:modified">${changedAt.slice(0, 19)}Z</meta>
</metadata>
<manifest>
${manifest.join("\n")}
</manifest>
<spine>
<itemref idref="title"/>
<itemref idref="nav"/>
${parts.map((_part, nth) => `<itemref idref="text-${nth + 1}"/>`).join("\n")}
</spine>
</package>
`;
}

/** The same project is the same book in every edition. */
function uuidOf(code: string): string {
  const hex = createHash("sha256").update(`penora project ${code}`).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
