import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { build, type BuildOptions } from "esbuild";
import { EXPORT_WORKER_FILE } from "@/lib/foundation/export-worker-file";

/** Where `npm run build` puts the server: its own code and all doors in one file. */
export const SERVER_FILE = path.join(".next", "doors", "server.mjs");

export interface DoorFile {
  file: string;
  segments: string[];
}

/** The doors below `app/api`, by Next's rules: `(groups)` don't count, `_private` folders hold none. */
function listDoors(root: string): DoorFile[] {
  const walk = (dir: string, segments: string[]): DoorFile[] =>
    readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
      const full = path.join(dir, entry.name);
      if (entry.isFile()) return /^route\.tsx?$/.test(entry.name) ? [{ file: full, segments }] : [];
      if (!entry.isDirectory() || entry.name.startsWith("_")) return [];
      return walk(full, entry.name.startsWith("(") ? segments : [...segments, entry.name]);
    });
  const api = path.join(root, "app", "api");
  return existsSync(api) ? walk(api, ["api"]).sort((a, b) => (a.file < b.file ? -1 : 1)) : [];
}

/**
 * Bundles the production server with the doors that are there now; or another server, whose module exports `serve`.
 * Packages stay in node_modules.
 */
export async function bundleDoors(
  root = process.cwd(),
  outfile = path.join(root, SERVER_FILE),
  server = "./lib/server/serve",
): Promise<void> {
  const doors = listDoors(root);
  const from = (file: string) => JSON.stringify(`./${path.relative(root, file).split(path.sep).join("/")}`);
  const entry = [
    `import { serve } from ${JSON.stringify(server)};`,
    ...doors.map((door, i) => `import * as door${i} from ${from(door.file)};`),
    `const doors = [${doors.map((door, i) => `{ segments: ${JSON.stringify(door.segments)}, methods: door${i} }`).join(", ")}];`,
    "serve(doors).catch((error) => {",
    '  console.error(error?.code === "EADDRINUSE" ? "The port is taken. Set PORT to another." : error);',
    "  process.exit(1);",
    "});",
  ].join("\n");
  await build({
    ...settingsFor(root),
    stdin: { contents: entry, resolveDir: root, sourcefile: "server-entry.ts", loader: "ts" },
    outfile,
    inject: [path.join(root, "lib", "server", "light-response.ts")],
  });
  await bundleExportWorker(root, path.join(path.dirname(outfile), path.basename(EXPORT_WORKER_FILE)));
}

/** Bundles the thread that makes files of texts. */
export async function bundleExportWorker(root: string, outfile: string): Promise<void> {
  const worker = path.join(root, "lib", "domains", "exports", "render-worker.ts");
  await build({ ...settingsFor(root), entryPoints: [worker], outfile });
}

function settingsFor(root: string): BuildOptions {
  return {
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    conditions: ["react-server"],
    // Empty under the condition `react-server`, under which Node itself does not run here.
    alias: { "server-only": "./lib/server/nothing.ts" },
    jsx: "automatic",
    sourcemap: true,
    legalComments: "none",
    logLevel: "warning",
  };
}
