import "server-only";
import { createHash } from "node:crypto";
import type { ExportDocument } from "./document";
import type { Entry, Part } from "./epub-text";
import { isRightToLeft } from "./language";
import { escapeMarkup } from "./markup";

export const XML = '<?xml version="1.0" encoding="utf-8"?>';
const XHTML = "application/xhtml+xml";

/** A picture of the book: its file, and what old readers show in its place. */
export interface BookPicture {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
  readonly isCover: boolean;
  readonly isDescribed: boolean;
  /** Null where every reader can show it. */
  readonly fallback: { readonly name: string; readonly svg: string } | null;
}

/** What the book is, what it is made of, and in which order it is read. */
export function packageFile(
  document: ExportDocument,
  parts: readonly Part[],
  pictures: readonly BookPicture[],
): string {
  const { title, author, language, label, changedAt } = document;
  const described = pictures.every(({ isDescribed }) => isDescribed);
  const meta = (property: string, value: string) => `<meta property="${property}">${value}</meta>`;
  const metadata = [
    `<dc:identifier id="id">urn:uuid:${uuidOf(document)}</dc:identifier>`,
    `<dc:title>${escapeMarkup(title)}</dc:title>`,
    `<dc:language>${language}</dc:language>`,
    ...(author === ""
      ? []
      : [
          `<dc:creator id="author">${escapeMarkup(author)}</dc:creator>`,
          '<meta refines="#author" property="role" scheme="marc:relators">aut</meta>',
        ]),
    ...(label === null ? [] : [`<dc:description>${escapeMarkup(label)}</dc:description>`]),
    `<dc:date>${changedAt.slice(0, 10)}</dc:date>`,
    '<dc:contributor id="maker">Penora</dc:contributor>',
    '<meta refines="#maker" property="role" scheme="marc:relators">bkp</meta>',
    meta("dcterms:modified", `${changedAt.slice(0, 19)}Z`),
    // What a reader who can't see the pages may count on.
    meta("schema:accessMode", "textual"),
    ...(pictures.length === 0 ? [] : [meta("schema:accessMode", "visual")]),
    ...(described ? [meta("schema:accessModeSufficient", "textual")] : []),
    ...["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"].map((feature) =>
      meta("schema:accessibilityFeature", feature),
    ),
    ...(pictures.length > 0 && described ? [meta("schema:accessibilityFeature", "alternativeText")] : []),
    meta(
      "schema:accessibilityHazard",
      pictures.some(({ type }) => type === "image/gif") ? "unknown" : "none",
    ),
    ...(pictures.some(({ isCover }) => isCover) ? ['<meta name="cover" content="image-1"/>'] : []),
  ];
  const manifest = [
    `<item id="nav" href="nav.xhtml" media-type="${XHTML}" properties="nav"/>`,
    '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>',
    `<item id="title" href="title.xhtml" media-type="${XHTML}"/>`,
    '<item id="style" href="style.css" media-type="text/css"/>',
    ...parts.map(({ file }, nth) => `<item id="text-${nth + 1}" href="${file}" media-type="${XHTML}"/>`),
    ...pictures.flatMap(({ name, type, isCover, fallback }, nth) => {
      const cover = isCover ? ' properties="cover-image"' : "";
      const other = fallback === null ? "" : ` fallback="image-${nth + 1}-named"`;
      return [
        `<item id="image-${nth + 1}" href="${name}" media-type="${type}"${cover}${other}/>`,
        ...(fallback === null
          ? []
          : [`<item id="image-${nth + 1}-named" href="${fallback.name}" media-type="image/svg+xml"/>`]),
      ];
    }),
  ];
  const direction = isRightToLeft(language) ? ' page-progression-direction="rtl"' : "";
  return `${XML}
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${metadata.join("\n")}
</metadata>
<manifest>
${manifest.join("\n")}
</manifest>
<spine toc="ncx"${direction}>
<itemref idref="title"/>
<itemref idref="nav"/>
${parts.map((_part, nth) => `<itemref idref="text-${nth + 1}"/>`).join("\n")}
</spine>
</package>
`;
}

/** The contents as a page, and for readers of it where the text begins. */
export function navigation(
  { title }: ExportDocument,
  entries: readonly Entry[],
  parts: readonly Part[],
): string {
  const list = (inner: readonly Entry[]): string =>
    `<ol>\n${inner
      .map(
        (entry) =>
          `<li><a href="${entry.href}">${escapeMarkup(entry.title)}</a>${entry.inner.length === 0 ? "" : `\n${list(entry.inner)}\n`}</li>`,
      )
      .join("\n")}\n</ol>`;
  const all = [{ title, href: "title.xhtml", inner: [] }, ...entries];
  const [first] = parts;
  const marks = [
    '<li><a epub:type="titlepage" href="title.xhtml">Title page</a></li>',
    ...(first === undefined ? [] : [`<li><a epub:type="bodymatter" href="${first.file}">Text</a></li>`]),
  ];
  return `<nav epub:type="toc" id="toc" role="doc-toc">\n<h1>Contents</h1>\n${list(all)}\n</nav>
<nav epub:type="landmarks" hidden="hidden">\n<ol>\n${marks.join("\n")}\n</ol>\n</nav>`;
}

/** The contents for readers of the years before EPUB 3. */
export function ncx(document: ExportDocument, entries: readonly Entry[]): string {
  let points = 0;
  let depth = 1;
  const point = (entry: Entry, level: number): string => {
    depth = Math.max(depth, level);
    const id = ++points;
    const inner = entry.inner.map((one) => point(one, level + 1)).join("");
    return `<navPoint id="point-${id}"><navLabel><text>${escapeMarkup(entry.title)}</text></navLabel><content src="${entry.href}"/>${inner}</navPoint>\n`;
  };
  const all = [{ title: document.title, href: "title.xhtml", inner: [] }, ...entries];
  const map = all.map((entry) => point(entry, 1)).join("");
  return `${XML}
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">
<head>
<meta name="dtb:uid" content="urn:uuid:${uuidOf(document)}"/>
<meta name="dtb:depth" content="${depth}"/>
<meta name="dtb:totalPageCount" content="0"/>
<meta name="dtb:maxPageNumber" content="0"/>
</head>
<docTitle><text>${escapeMarkup(document.title)}</text></docTitle>
<navMap>
${map}</navMap>
</ncx>
`;
}

/** The same project is the same book in every edition. */
function uuidOf({ code }: ExportDocument): string {
  const hex = createHash("sha256").update(`penora project ${code}`).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join("-");
}
