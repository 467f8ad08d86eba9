import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** How `epubcheck` is started here: a script, or an archive that Java runs. Null where it is not on the PATH. */
export function findEpubcheck(): readonly string[] | null {
  const dirs = (process.env.PATH ?? "").split(path.delimiter).filter((dir) => dir !== "");
  const file = dirs.map((dir) => path.join(dir, "epubcheck")).find((one) => existsSync(one));
  if (file === undefined) return null;
  const begin = Buffer.alloc(2);
  readSync(openSync(file, "r"), begin);
  return begin.toString() === "PK" ? ["java", "-XX:TieredStopAtLevel=1", "-jar", file] : [file];
}

/** What `epubcheck` has against a book: its errors and warnings, one a line. Throws where it can't be run at all. */
export function complaintsOfEpubcheck(command: readonly string[], book: Uint8Array): string[] {
  const dir = mkdtempSync(path.join(tmpdir(), "penora-epub-"));
  try {
    const file = path.join(dir, "book.epub");
    writeFileSync(file, book);
    const [program = "", ...before] = command;
    const { status, stdout, stderr, error } = spawnSync(program, [...before, file], { encoding: "utf8" });
    if (error !== undefined) throw error;
    const said = `${stdout}\n${stderr}`.split("\n");
    const found = said.filter((line) => /^(?:FATAL|ERROR|WARNING)/.test(line));
    if (status !== 0 && found.length === 0)
      throw new Error(`epubcheck ended with ${status}: ${said.join("\n")}`);
    return found;
  } finally {
    rmSync(dir, { recursive: true });
  }
}
