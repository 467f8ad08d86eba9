import { rmSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";

/** Where the page finds the thread that reads chosen files: `client/upload/read-upload.ts` knows its address. */
const OUT = path.join("public", "upload");

/**
 * Bundles the thread that reads chosen files. What reads one kind of file is a chunk of its own, fetched with the first file
 * of that kind. Next's bundler makes threads too, but what such a thread loads later it looks for on a page.
 */
export async function buildUploadReader(root = process.cwd(), out = path.join(root, OUT)): Promise<void> {
  rmSync(out, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: { reader: path.join(root, "lib", "client", "upload", "upload-reader.ts") },
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    // A thread has no document, which some packages take for granted in a browser.
    conditions: ["worker", "module"],
    target: "es2022",
    legalComments: "none",
    logLevel: "warning",
  });
}
