import "server-only";
import type { ExportDocument, PictureSource } from "./document";
import { type BookPicture, navigation, ncx, packageFile, XML } from "./epub-package";
import { contentsOf, headingId, highestOf, partsOf } from "./epub-text";
import { isRightToLeft } from "./language";
import { escapeMarkup, pictureName, toMarkup } from "./markup";
import { zipFiles } from "./zip-files";

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

/**
 * A book: EPUB 3, with each chapter in a file, a navigation, and pictures as files of its own. Nothing of it is loaded
 * from anywhere. The same text makes the same bytes.
 */
export function renderEpub(document: ExportDocument): Uint8Array {
  const pictures = new Map<PictureSource, BookPicture>();
  const sourceOf = (source: PictureSource, alt: string) => {
    if (source.kind !== "bytes") return null;
    const known = pictures.get(source);
    const isDescribed = alt.trim() !== "" && known?.isDescribed !== false;
    const picture = known ?? bookPicture(source, alt, pictures.size + 1, isCover(document, source));
    pictures.set(source, { ...picture, isDescribed });
    return picture.name;
  };
  const parts = partsOf(document);
  const highest = highestOf(document);
  let headings = 0;
  const headingAttributes = () => ` id="${headingId(headings++)}"`;
  const texts = parts.map(({ title, blocks }) => {
    const markup = toMarkup(blocks, { sourceOf, topLevel: 1, highest, headingAttributes });
    const inner = markup.replaceAll(' referrerpolicy="no-referrer"', "");
    return page(document, title ?? document.title, `<section>\n${inner}\n</section>`);
  });
  const entries = contentsOf(parts);
  const files: (readonly [string, string | Uint8Array])[] = [
    [TYPE, "application/epub+zip"],
    ["META-INF/container.xml", CONTAINER],
    ["OEBPS/package.opf", packageFile(document, parts, [...pictures.values()])],
    ["OEBPS/nav.xhtml", page(document, "Contents", navigation(document, entries, parts))],
    ["OEBPS/toc.ncx", ncx(document, entries)],
    ["OEBPS/title.xhtml", page(document, document.title, titlePage(document))],
    ["OEBPS/style.css", STYLE],
    ...parts.map(({ file }, nth) => [`OEBPS/${file}`, texts[nth] ?? ""] as const),
    ...[...pictures.values()].flatMap(({ name, bytes, fallback }) => [
      [`OEBPS/${name}`, bytes] as const,
      ...(fallback === null ? [] : [[`OEBPS/${fallback.name}`, fallback.svg] as const]),
    ]),
  ];
  return zipFiles(files, document.changedAt, (name) => name === TYPE || name.startsWith("OEBPS/images/"));
}

/** Stands first and stored as it is: readers look for it at this very place. */
const TYPE = "mimetype";

/** A picture before the first word of a book is its cover. */
function isCover({ blocks: [first] }: ExportDocument, source: PictureSource): boolean {
  return first?.kind === "picture" && first.source === source;
}

function bookPicture(
  { format, bytes, width, height }: Extract<PictureSource, { kind: "bytes" }>,
  alt: string,
  nth: number,
  cover: boolean,
): BookPicture {
  const facts = { name: `images/${nth}.${format}`, type: `image/${format}`, bytes, isDescribed: true };
  if (format !== "webp") return { ...facts, isCover: cover, fallback: null };
  // Readers of before 2023 need not know WebP: they get its name.
  const svg = `${XML}\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><text x="50%" y="50%" text-anchor="middle">${escapeMarkup(pictureName(alt))}</text></svg>\n`;
  return { ...facts, isCover: false, fallback: { name: `images/${nth}.svg`, svg } };
}

const CONTAINER = `${XML}
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="OEBPS/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
`;

function page({ language }: ExportDocument, title: string, body: string): string {
  const direction = isRightToLeft(language) ? ' dir="rtl"' : "";
  return `${XML}
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${language}" xml:lang="${language}"${direction}>
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
