import "server-only";
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from "fflate";
import type { FileFormat } from "@/lib/contract/export-format";
import { isPictureType } from "@/lib/contract/picture";
import { database } from "@/lib/database/client";
import { findProject } from "@/lib/domains/workspace/get-project";
import { AppError } from "@/lib/foundation/app-error";
import { logger } from "@/lib/foundation/logger";
import { exportProject, type ExportedFile } from "./export-project";
import { LIST_CODES } from "./statements";

interface Asked {
  readonly user_id: string;
  readonly format: FileFormat;
  /** Left out: all projects. */
  readonly codes?: readonly string[] | undefined;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** A ZIP that is made while it is taken. */
export interface ExportedWorkspace {
  readonly filename: string;
  readonly contentType: string;
  readonly content: AsyncIterable<Bytes>;
}

/**
 * A person's projects as one ZIP, made one after the other while it is taken: never more than one of them is in memory.
 * A picture comes as itself. What can't be had in the format is named in a file of its own.
 * @throws `project_not_found` where there is none to take along.
 */
export async function exportWorkspace(asked: Asked): Promise<ExportedWorkspace> {
  const codes = await listCodes(asked);
  const day = new Date().toISOString().slice(0, 10);
  return {
    filename: `Penora ${day} (${asked.format}).zip`,
    contentType: "application/zip",
    content: zipOf(asked, codes),
  };
}

/** The codes that are meant and are there. @throws `project_not_found` where none is. */
export async function listCodes({ user_id: userId, codes }: Omit<Asked, "format">): Promise<string[]> {
  const rows = await database.query<{ code: string }>(LIST_CODES, [userId, codes ?? null]);
  if (rows.length === 0) throw new AppError("project_not_found");
  return rows.map(({ code }) => code);
}

async function* zipOf({ user_id: userId, format }: Asked, codes: readonly string[]): AsyncGenerator<Bytes> {
  const ready: Bytes[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const names = new Set<string>();
  const missing: string[] = [];
  for (const code of codes) {
    const file = await tryExport(userId, code, format);
    if (file === null) continue;
    if (typeof file === "string") missing.push(file);
    else addFile(zip, nameIn(names, file.filename, code), file.content);
    yield* ready.splice(0);
  }
  if (missing.length > 0)
    addFile(zip, nameIn(names, "Not in here.txt", "1"), strToU8(`${missing.join("\n")}\n`));
  zip.end();
  yield* ready.splice(0);
}

/** The file, why there is none, or null where the project went away meanwhile. */
async function tryExport(
  userId: string,
  code: string,
  format: FileFormat,
): Promise<ExportedFile | string | null> {
  const project = await findProject(userId, code);
  if (project === null) return null;
  const stored = isPictureType(project.project_type) && !/^https:/i.test(project.content ?? "");
  try {
    return await exportProject({ user_id: userId, code, format: stored ? "picture" : format });
  } catch (error) {
    if (error instanceof AppError && error.code === "project_not_found") return null;
    if (!(error instanceof AppError)) logger().error({ err: error, code }, "a project could not be exported");
    const why = error instanceof AppError ? error.message : "It could not be made into this format.";
    return `${project.title} (${code}): ${why}`;
  }
}

/** What is packed already is not packed again. */
const PACKED = /\.(pdf|docx|epub|png|jpg|webp|gif)$/;

function addFile(zip: Zip, name: string, content: Uint8Array): void {
  const entry = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
  zip.add(entry);
  entry.push(content, true);
}

/** A name that no other file of the archive has, in any case. */
function nameIn(taken: Set<string>, filename: string, code: string): string {
  const name = taken.has(filename.toLowerCase()) ? filename.replace(/(\.\w+)$/, ` (${code})$1`) : filename;
  taken.add(name.toLowerCase());
  return name;
}
