import "server-only";
import { isRightToLeft } from "./language";
import { escapeMarkup } from "./markup";

/** Twips that a list or a quotation moves its text in. */
export const INDENT = 500;
export const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const NAMESPACES =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';

const MONO = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>';
const SOFT = '<w:color w:val="6B6259"/>';
/** Half points of the headings from the first level on. */
const HEADING_SIZES = [34, 28, 24, 22, 21, 21];

interface Style {
  readonly id: string;
  readonly name: string;
  readonly basedOn?: string;
  readonly next?: string;
  readonly paragraph?: string;
  readonly run?: string;
}

const STYLES: readonly Style[] = [
  { id: "Title", name: "Title", next: "Normal", paragraph: spacing(0, 120), run: '<w:b/><w:sz w:val="48"/>' },
  { id: "Byline", name: "Byline", paragraph: spacing(0, 200), run: SOFT },
  ...HEADING_SIZES.map((size, nth) => ({
    ...{ id: `Heading${nth + 1}`, name: `heading ${nth + 1}`, next: "Normal" },
    paragraph: `<w:keepNext/>${spacing(300, 160)}<w:outlineLvl w:val="${nth}"/>`,
    run: `<w:b/><w:sz w:val="${size}"/>`,
  })),
  { id: "ListParagraph", name: "List Paragraph", paragraph: spacing(0, 60, 300) },
  {
    ...{ id: "Quote", name: "Quote" },
    paragraph:
      '<w:pBdr><w:left w:val="single" w:sz="12" w:space="8" w:color="CDC4B8"/></w:pBdr>' +
      spacing(0, 160, 320),
  },
  { id: "Code", name: "Code", paragraph: spacing(0, 160, 260), run: `${MONO}<w:sz w:val="18"/>` },
  { id: "TableText", name: "Table Text", paragraph: spacing(20, 20, 280) },
  { id: "TableHead", name: "Table Head", basedOn: "TableText", run: "<w:b/>" },
  {
    ...{ id: "Rule", name: "Rule" },
    paragraph:
      '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="B3A99C"/></w:pBdr>' + spacing(160, 240),
  },
  { id: "Picture", name: "Picture", paragraph: `${spacing(0, 160)}<w:jc w:val="center"/>` },
  { id: "Contents", name: "Contents", paragraph: spacing(0, 60, 300) },
  {
    id: "Footer",
    name: "footer",
    paragraph: `${spacing(0, 0)}<w:jc w:val="center"/>`,
    run: `${SOFT}<w:sz w:val="18"/>`,
  },
];

/** Runs by what they look like. */
export const CODE_RUN = MONO;
export const LINK_RUN = '<w:rStyle w:val="Hyperlink"/>';

/** The styles of a document; `language` is the one its spelling is checked in, or null. */
export function stylesXml(language: string | null): string {
  const rtl = language !== null && isRightToLeft(language);
  const lang = language === null ? "" : `<w:lang w:val="${escapeMarkup(language)}"/>`;
  const font = '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/>';
  const base = `<w:rPr>${font}<w:sz w:val="22"/><w:szCs w:val="22"/>${rtl ? "<w:rtl/>" : ""}${lang}</w:rPr>`;
  const normal = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>${rtl ? "<w:bidi/>" : ""}${spacing(0, 160, 320)}</w:pPr></w:style>`;
  const link = `<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="8A1C1C"/><w:u w:val="single"/></w:rPr></w:style>`;
  const styles = STYLES.map(
    ({ id, name, basedOn = "Normal", next, paragraph = "", run = "" }) =>
      `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="${basedOn}"/>${
        next === undefined ? "" : `<w:next w:val="${next}"/>`
      }<w:qFormat/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`,
  );
  return `${XML}<w:styles ${NAMESPACES}><w:docDefaults><w:rPrDefault>${base}</w:rPrDefault></w:docDefaults>${normal}${styles.join("")}${link}</w:styles>`;
}

/** A numbered list of its own, beginning with `start` at its depth. */
export interface Numbering {
  readonly level: number;
  readonly start: number;
}

/** The number that all lists of points share; the numbered ones come behind it. */
export const BULLETS = 1;
const LEVELS = 9;

/** Two looks of lists, and each numbered list with its begin: one that shares a number goes on counting. */
export function numberingXml(lists: readonly Numbering[]): string {
  const level = (nth: number, kind: string, text: string) =>
    `<w:lvl w:ilvl="${nth}"><w:start w:val="1"/><w:numFmt w:val="${kind}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${(nth + 1) * INDENT}" w:hanging="360"/></w:pPr></w:lvl>`;
  const looks = [0, 1].map((look) => {
    const levels = Array.from({ length: LEVELS }, (_none, nth) =>
      look === 0 ? level(nth, "bullet", "•") : level(nth, "decimal", `%${nth + 1}.`),
    );
    return `<w:abstractNum w:abstractNumId="${look}"><w:multiLevelType w:val="multilevel"/>${levels.join("")}</w:abstractNum>`;
  });
  const numbers = lists.map(
    ({ level: at, start }, nth) =>
      `<w:num w:numId="${nth + BULLETS + 1}"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="${at}"><w:startOverride w:val="${start}"/></w:lvlOverride></w:num>`,
  );
  return `${XML}<w:numbering ${NAMESPACES}>${looks.join("")}<w:num w:numId="${BULLETS}"><w:abstractNumId w:val="0"/></w:num>${numbers.join("")}</w:numbering>`;
}

export const DEEPEST_LEVEL = LEVELS - 1;

function spacing(before: number, after: number, line?: number): string {
  const leading = line === undefined ? "" : ` w:line="${line}" w:lineRule="auto"`;
  return `<w:spacing w:before="${before}" w:after="${after}"${leading}/>`;
}
