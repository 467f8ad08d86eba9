import "server-only";
import { EXPORT_FORMATS, type ExportFormat, type FileFormat } from "@/lib/contract/export-format";
import type { getMyExportFormats as formatsOperation } from "@/lib/contract/exports";
import type { OutputOf } from "@/lib/contract/operation";
import { isPictureType, readPicture } from "@/lib/contract/picture";
import type { Project } from "@/lib/contract/workspace";
import { getProject } from "@/lib/domains/workspace/get-project";
import { toFilename } from "@/lib/domains/workspace/project-file";
import { AppError } from "@/lib/foundation/app-error";
import { env } from "@/lib/foundation/env";
import { bytesOfPicture } from "./picture-bytes";
import { readManuscript } from "./read-manuscript";
import { fontsOf, whyNoPdf } from "./render-file";
import { renderAside } from "./render-pool";
import { undrawableScripts } from "./undrawable";

/** A project as a file to keep. */
export interface ExportedFile {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array<ArrayBuffer>;
}

const CONTENT_TYPES: Readonly<Record<FileFormat | "zip", string>> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  epub: "application/epub+zip",
  html: "text/html; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  zip: "application/zip",
};

interface Asked {
  readonly user_id: string;
  readonly code: string;
}

/**
 * A project of this person as a file.
 * @throws `project_not_found`, `version_conflict` where it is no longer `version`, `not_drawable` naming the scripts,
 *   `unavailable` where too many files are being made.
 */
export async function exportProject(
  asked: Asked & { format: ExportFormat; version?: number | undefined },
): Promise<ExportedFile> {
  const { user_id: userId, code, format, version } = asked;
  const { project, manuscript } = await readManuscript(userId, code);
  if (version !== undefined && version !== project.version)
    throw new AppError("version_conflict", { details: "Ask for a new link to the file." });
  const name = toFilename(project.title, project.code);
  if (format === "picture") return pictureFile(project, name);
  const rendered = await renderAside(userId, { manuscript, format, name, fontDir: env().pdfFontDir });
  if (rendered.kind === "undrawable") throw notDrawable(rendered.scripts);
  const content = rendered.bytes as Uint8Array<ArrayBuffer>; // never of shared memory
  return { filename: `${name}.${format}`, contentType: CONTENT_TYPES[format], content };
}

/** In which formats a project can be had now, and why not in the others. @throws `project_not_found`. */
export async function getExportFormats(asked: Asked): Promise<OutputOf<typeof formatsOperation>> {
  const { project } = await getProject(asked);
  const picture = isPictureType(project.project_type) ? readPicture(project.content ?? "") : null;
  const formats = EXPORT_FORMATS.filter((format) => format !== "picture" || picture?.kind === "data");
  return {
    version: project.version,
    picture_url: picture?.kind === "address" ? picture.url : null,
    formats: formats.map((format) => {
      const reason = format === "pdf" ? whyNotPdf(project) : null;
      return { format, available: reason === null, reason };
    }),
  };
}

/** The version of a project that can be had in this format. @throws `project_not_found`, `not_drawable`. */
export async function requireExportable({ user_id: userId, code, format }: Asked & { format: ExportFormat }) {
  const { project } = await getProject({ user_id: userId, code });
  if (format === "picture") pictureFile(project, project.code);
  const scripts = format === "pdf" ? undrawableOf(project) : [];
  if (scripts.length > 0) throw notDrawable(scripts);
  return { code: project.code, version: project.version };
}

function pictureFile(project: Project, name: string): ExportedFile {
  const picture = isPictureType(project.project_type) ? readPicture(project.content ?? "") : null;
  if (picture?.kind !== "data") {
    throw new AppError("invalid_request", {
      message: "Invalid request: format picture is for pictures that are stored here",
      details: { field: "format" },
    });
  }
  return {
    filename: `${name}.${picture.format === "jpeg" ? "jpg" : picture.format}`,
    contentType: `image/${picture.format}`,
    content: bytesOfPicture(picture),
  };
}

function undrawableOf(project: Project): string[] {
  const text = isPictureType(project.project_type)
    ? project.title
    : `${project.title}\n${project.content ?? ""}`;
  return undrawableScripts(text, fontsOf(env().pdfFontDir));
}

function whyNotPdf(project: Project): string | null {
  const scripts = undrawableOf(project);
  return scripts.length === 0 ? null : whyNoPdf(scripts);
}

function notDrawable(scripts: readonly string[]): AppError {
  return new AppError("not_drawable", { message: whyNoPdf(scripts), extra: { scripts } });
}
