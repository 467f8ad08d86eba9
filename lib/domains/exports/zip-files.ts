import "server-only";
import { strToU8, zipSync, type Zippable } from "fflate";

/** Packs files in their order. The same files of the same day make the same bytes. `stored` are not packed but put in. */
export function zipFiles(
  files: Iterable<readonly [name: string, content: string | Uint8Array]>,
  changedAt: string,
  stored: (name: string) => boolean,
): Uint8Array {
  // Zip knows no zone: the day is enough.
  const mtime = new Date(`${changedAt.slice(0, 10)}T12:00:00`);
  const entries: Zippable = {};
  for (const [name, content] of files) {
    const bytes = typeof content === "string" ? strToU8(content) : content;
    entries[name] = [bytes, { level: stored(name) ? 0 : 6, mtime }];
  }
  return zipSync(entries);
}
