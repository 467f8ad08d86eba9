import { unzipSync, zipSync } from "fflate";
import type { PhrasingContent } from "mdast";
import { UploadError } from "./upload-error";
import type { UploadType } from "./upload-type";

/** What the parts of a .docx may hold when unpacked; a book of a million words has a tenth of it. */
const MAX_UNPACKED_BYTES = 60 * 1_048_576;
const MAX_PDF_PAGES = 2_000;
/** The parts of a .docx that hold text and what it refers to; pictures and fonts are left behind. */
const TEXT_PARTS = /^(\[Content_Types\]\.xml|_rels\/.*|word\/[^/]*\.xml|word\/_rels\/.*)$/;

/**
 * The text of a file as Markdown. Nothing in it is run or fetched, and what it unpacks to is bounded.
 * @throws UploadError with a sentence for people: broken, encrypted, without text, too large when unpacked.
 */
export async function extractText(bytes: Uint8Array, type: UploadType): Promise<string> {
  const text = tidy(await readers[type](bytes));
  if (text === "") throw new UploadError("empty", EMPTY[type === "pdf" ? "pdf" : "other"]);
  return text;
}

const EMPTY = {
  pdf: "There is no text in this PDF. It may be a scan: pictures of pages can’t be read.",
  other: "There is no text in this file.",
};

const readers: Record<UploadType, (bytes: Uint8Array) => Promise<string> | string> = {
  txt: decode,
  md: decode,
  html: (bytes) => htmlToMarkdown(decode(bytes)),
  docx: docxToMarkdown,
  pdf: pdfToText,
};

/** UTF-8 or UTF-16 by its mark, UTF-8 where it is valid, else the old Cyrillic or Western encoding, which any bytes are. */
function decode(bytes: Uint8Array): string {
  const mark =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : null;
  const text = mark === null ? decodeEight(bytes) : new TextDecoder(mark).decode(bytes);
  if (text.includes("\0")) throw new UploadError("broken", "This file holds no text.");
  return text;
}

function decodeEight(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder(mostlyBeyondAscii(bytes) ? "windows-1251" : "windows-1252").decode(bytes);
  }
}

/** Western words have an accent here and there; of Cyrillic ones every letter lies beyond ASCII. */
function mostlyBeyondAscii(bytes: Uint8Array): boolean {
  let [beyond, ascii] = [0, 0];
  for (const byte of bytes) {
    if (byte >= 0xc0) beyond += 1;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) ascii += 1;
  }
  return beyond > ascii;
}

async function htmlToMarkdown(html: string): Promise<string> {
  const [{ unified }, parse, toMarkdown, gfm, stringify] = await Promise.all([
    import("unified"),
    import("rehype-parse"),
    import("rehype-remark"),
    import("remark-gfm"),
    import("remark-stringify"),
  ]);
  const reader = unified()
    .use(parse.default)
    .use(toMarkdown.default, {
      handlers: {
        a: (state, node) => {
          const children = state.all(node) as PhrasingContent[]; // what stands in a link is phrasing
          const url = String(node.properties.href);
          return /^(https?|mailto):/i.test(url) ? { type: "link", url, children } : children;
        },
        // A picture elsewhere would be fetched by whoever reads the text; embedded, it would be most of it.
        img: () => undefined,
        svg: () => undefined,
      },
    })
    .use(gfm.default)
    .use(stringify.default, { bullet: "-", emphasis: "*", rule: "-" });
  return orBroken("This page is damaged.", reader.process(html).then(String));
}

async function docxToMarkdown(bytes: Uint8Array): Promise<string> {
  if (startsWith(bytes, OLD_OFFICE))
    throw new UploadError(
      "encrypted",
      "This document is protected by a password, or is an old .doc. Save it as .docx without a password.",
    );
  const { default: mammoth } = await import("mammoth");
  const honest = repack(bytes);
  const { value } = await orBroken(
    "This is no Word document, or it is damaged.",
    mammoth.convertToHtml({ arrayBuffer: honest.buffer as ArrayBuffer, buffer: honest } as never),
  );
  return htmlToMarkdown(value);
}

/** An Office file of before 2007, or one that is encrypted, is no ZIP. */
const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

/** The parts with text, unpacked within bounds and put together anew: no part is larger than it says. */
function repack(bytes: Uint8Array): Uint8Array {
  let unpacked = 0;
  try {
    const parts = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!TEXT_PARTS.test(name)) return false;
        unpacked += originalSize;
        if (unpacked > MAX_UNPACKED_BYTES)
          throw new UploadError("too_large", "This document is too large when it is unpacked.");
        return true;
      },
    });
    return zipSync(parts, { level: 0 });
  } catch (error) {
    if (error instanceof UploadError) throw error;
    throw new UploadError("broken", "This is no Word document, or it is damaged.");
  }
}

async function pdfToText(bytes: Uint8Array): Promise<string> {
  const { extractText: textOf, getDocumentProxy } = await import("unpdf");
  const document = await getDocumentProxy(bytes, { isEvalSupported: false, verbosity: 0 }).catch(
    (error: unknown) => {
      const name = error instanceof Error ? error.name : "";
      throw name === "PasswordException"
        ? new UploadError("encrypted", "This PDF is protected by a password. Save it without one.")
        : new UploadError("broken", "This is no PDF, or it is damaged.");
    },
  );
  if (document.numPages > MAX_PDF_PAGES)
    throw new UploadError("too_large", `This PDF has more than ${MAX_PDF_PAGES.toLocaleString("en")} pages.`);
  const { text } = await orBroken("This PDF is damaged.", textOf(document, { mergePages: false }));
  return text.join("\n\n");
}

async function orBroken<T>(message: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new UploadError("broken", message);
  }
}

/** One kind of line break, no invisible characters that no text needs, at most one empty line in a row. */
function tidy(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\uFEFF\u00AD\u200B]|[\u0001-\u0008\u000B\u000C\u000E-\u001F]/g, "")
    .toWellFormed()
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}
