import "server-only";
import { zipSync, type Zippable } from "fflate";
import { FILE_FORMATS, type FileFormat } from "@/lib/contract/export-format";
import { textsOf } from "./document";
import { renderDocx } from "./docx";
import { renderEpub } from "./epub";
import { FontShelf } from "./fonts";
import { renderHtml } from "./html";
import { makeDocument, type Manuscript } from "./make-document";
import { renderMarkdown } from "./markdown";
import { renderPdf } from "./pdf";
import { renderReading } from "./reading";
import { renderText } from "./text";
import { undrawableScripts } from "./undrawable";

/** What to make of a manuscript. */
export interface RenderJob {
  readonly manuscript: Manuscript;
  /** A file, a ZIP of all of them, or the text as a page shows it. */
  readonly format: FileFormat | "zip" | "reading";
  /** The name of the file without its ending; for a page, where its pictures lie. */
  readonly name: string;
  /** A folder with more fonts for PDF, or null. */
  readonly fontDir: string | null;
}

/** The file, or the scripts for which it can't be made. */
export type Rendered =
  | { readonly kind: "file"; readonly bytes: Uint8Array }
  | { readonly kind: "undrawable"; readonly scripts: readonly string[] };

const shelves = new Map<string | null, FontShelf>();

/** The fonts of this thread. */
export function fontsOf(fontDir: string | null): FontShelf {
  let shelf = shelves.get(fontDir);
  if (shelf === undefined) shelves.set(fontDir, (shelf = new FontShelf(fontDir)));
  return shelf;
}

/** Makes the file of a manuscript in one format, or a ZIP with each of them. Takes up to seconds of a processor's time. */
export async function renderFile(job: RenderJob): Promise<Rendered> {
  if (job.format === "reading") return file(encode(renderReading(job.manuscript, job.name)));
  const document = makeDocument(job.manuscript);
  if (job.format !== "zip") return renderOne(document, job.format, job.fontDir);
  const mtime = new Date(`${document.changedAt.slice(0, 10)}T12:00:00`);
  const entries: Zippable = {};
  for (const format of FILE_FORMATS) {
    const rendered = await renderOne(document, format, job.fontDir);
    // What is packed already is not packed again.
    const level = format === "docx" || format === "epub" || format === "pdf" ? 0 : 6;
    if (rendered.kind === "file") entries[`${job.name}.${format}`] = [rendered.bytes, { level, mtime }];
    else entries["Why there is no PDF.txt"] = [encode(whyNoPdf(rendered.scripts)), { mtime }];
  }
  return { kind: "file", bytes: zipSync(entries) };
}

/** Why a text has no PDF, in a sentence for people. */
export function whyNoPdf(scripts: readonly string[]): string {
  return `PDF can’t draw ${scripts.join("; ")}. The other formats can.`;
}

type Made = ReturnType<typeof makeDocument>;

async function renderOne(document: Made, format: FileFormat, fontDir: string | null): Promise<Rendered> {
  switch (format) {
    case "pdf": {
      const scripts = undrawableOf(document, fontDir);
      if (scripts.length > 0) return { kind: "undrawable", scripts };
      return file(await renderPdf(document, fontsOf(fontDir)));
    }
    case "docx":
      return file(renderDocx(document));
    case "epub":
      return file(renderEpub(document));
    case "html":
      return file(encode(renderHtml(document)));
    case "md":
      return file(encode(renderMarkdown(document)));
    case "txt":
      return file(encode(renderText(document)));
  }
}

function undrawableOf({ title, author, label, blocks }: Made, fontDir: string | null): string[] {
  const text = [title, author, label ?? "", ...textsOf(blocks)].join("\n");
  return undrawableScripts(text, fontsOf(fontDir));
}

function file(bytes: Uint8Array): Rendered {
  return { kind: "file", bytes };
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
