import "server-only";
import { chapterLevel, chaptersOf, type ExportDocument } from "./document";
import { paragraph, WordBody } from "./docx-body";
import { NAMESPACES, numberingXml, stylesXml, XML } from "./docx-styles";
import { escapeMarkup } from "./markup";
import { zipFiles } from "./zip-files";

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const DRAWING =
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';

/**
 * A document for word processors: real headings, lists and tables, links that work, and for chapters a list of contents.
 * The same text makes the same bytes.
 */
export function renderDocx(document: ExportDocument): Uint8Array {
  const highest = chapterLevel(document.blocks) ?? 1;
  let chapters = 0;
  const body = new WordBody((block, runs) => {
    const depth = Math.min(5, Math.max(0, block.level - highest));
    const look = `<w:pStyle w:val="Heading${depth + 1}"/>`;
    if (block.level !== highest) return paragraph(runs, look);
    const nth = ++chapters;
    const marked = `<w:bookmarkStart w:id="${nth}" w:name="chapter_${nth}"/>${runs}<w:bookmarkEnd w:id="${nth}"/>`;
    return paragraph(marked, look + (document.hasChapters ? "<w:pageBreakBefore/>" : ""));
  });
  const text = titlePart(document) + contents(document) + body.all(document.blocks);
  const page =
    '<w:sectPr><w:footerReference w:type="default" r:id="footer"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708" w:gutter="0"/><w:titlePg/></w:sectPr>';
  const { language } = document;
  const files: (readonly [string, string | Uint8Array])[] = [
    ["[Content_Types].xml", CONTENT_TYPES],
    ["_rels/.rels", PACKAGE_RELATIONS],
    ["docProps/core.xml", properties(document)],
    [
      "word/document.xml",
      `${XML}<w:document ${NAMESPACES} ${DRAWING}><w:body>${text}${page}</w:body></w:document>`,
    ],
    ["word/styles.xml", stylesXml(language === "und" ? null : language)],
    ["word/numbering.xml", numberingXml(body.numberings)],
    ["word/settings.xml", SETTINGS],
    ["word/footer.xml", FOOTER],
    ["word/_rels/document.xml.rels", relations(body)],
    ...[...body.pictures].map(([{ bytes }, { name }]) => [`word/${name}`, bytes] as const),
  ];
  return zipFiles(files, document.changedAt, (name) => name.startsWith("word/media/"));
}

function titlePart({ title, author, label }: ExportDocument): string {
  const line = (text: string, style: string) =>
    paragraph(
      `<w:r><w:t xml:space="preserve">${escapeMarkup(text)}</w:t></w:r>`,
      `<w:pStyle w:val="${style}"/>`,
    );
  return [
    line(title, "Title"),
    ...(author === "" ? [] : [line(author, "Byline")]),
    ...(label === null ? [] : [line(label, "Byline")]),
  ].join("");
}

/** Links to the chapters, which every reader shows; a field would be empty until somebody updates it. */
function contents({ blocks, hasChapters }: ExportDocument): string {
  const titles = chaptersOf(blocks).flatMap(({ title }) => (title === null ? [] : [title]));
  if (!hasChapters || titles.length < 2) return "";
  return titles
    .map((title, nth) => {
      const text = escapeMarkup(title.replace(/\s+/g, " "));
      const run = `<w:r><w:rPr><w:rStyle w:val="Hyperlink"/></w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
      const link = `<w:hyperlink w:anchor="chapter_${nth + 1}" w:history="1">${run}</w:hyperlink>`;
      return paragraph(link, '<w:pStyle w:val="Contents"/>');
    })
    .join("");
}

function relations(body: WordBody): string {
  const part = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const fixed = ["styles", "numbering", "settings", "footer"].map((name) => part(name, name, `${name}.xml`));
  const pictures = [...body.pictures.values()].map(({ id, name }) => part(id, "image", name));
  const links = [...body.links].map(
    ([url, id]) =>
      `<Relationship Id="${id}" Type="${OFFICE}/hyperlink" Target="${escapeMarkup(url)}" TargetMode="External"/>`,
  );
  const all = [...fixed, ...pictures, ...links].join("");
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${all}</Relationships>`;
}

function properties({ title, author, label, language, changedAt }: ExportDocument): string {
  const day = `${changedAt.slice(0, 19)}Z`;
  return `${XML}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escapeMarkup(title)}</dc:title><dc:creator>${escapeMarkup(author === "" ? "Penora" : author)}</dc:creator>${label === null ? "" : `<dc:description>${escapeMarkup(label)}</dc:description>`}${language === "und" ? "" : `<dc:language>${escapeMarkup(language)}</dc:language>`}<dcterms:created xsi:type="dcterms:W3CDTF">${day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${day}</dcterms:modified></cp:coreProperties>`;
}

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${["png", "jpeg", "gif"].map((format) => `<Default Extension="${format}" ContentType="image/${format}"/>`).join("")}<Override PartName="/word/document.xml" ContentType="${WORD}.document.main+xml"/>${["styles", "numbering", "settings", "footer"].map((name) => `<Override PartName="/word/${name}.xml" ContentType="${WORD}.${name}+xml"/>`).join("")}<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;
const PACKAGE_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="document" Type="${OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="properties" Type="${PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`;
/** As Word lays out today: without it a file is opened in the manner of 2007. */
const SETTINGS = `${XML}<w:settings ${NAMESPACES}><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;
const FOOTER = `${XML}<w:ftr ${NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`;
