import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import ts from "typescript";

export const CLIENT_KIT = path.join("lib", "client-kit");
/** A package: `npm install` takes the folder, a page takes `penora.mjs` from the running server. */
const OUT = path.join("public", "sdk");

/** Writes the client, its types and its `package.json`: each one file that imports nothing. */
export async function buildClientKit(root = process.cwd(), out = path.join(root, OUT)): Promise<void> {
  mkdirSync(out, { recursive: true });
  await build({
    entryPoints: [path.join(root, CLIENT_KIT, "index.ts")],
    outfile: path.join(out, "penora.mjs"),
    bundle: true,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    banner: { js: "// Penora's client. Its types stand beside it in penora.d.mts, the guide at /docs." },
    logLevel: "warning",
  });
  writeFileSync(path.join(out, "penora.d.mts"), declarations(path.join(root, CLIENT_KIT)));
  writeFileSync(path.join(out, "package.json"), packageOf(root));
}

/**
 * The declarations of all files in one. No name stands in two of them, so what one file takes from another needs no
 * import, and only what `index.ts` gives away is exported.
 */
function declarations(dir: string): string {
  const files = readdirSync(dir).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const parts: string[] = [];
  const program = ts.createProgram(
    files.map((file) => path.join(dir, file)),
    {
      declaration: true,
      emitDeclarationOnly: true,
      strict: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      types: [],
    },
  );
  program.emit(undefined, (_file, text) => parts.push(text), undefined, true);
  const withoutImports = parts.join("\n").replace(/^import [^;]*;\n/gm, "");
  return withoutImports
    .replace(/^export (?=declare |interface |type \w)/gm, "")
    .replace(/^(export (?:type )?\{[^}]*\}) from [^;]*;/gm, "$1;");
}

function packageOf(root: string): string {
  const { version, license } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    version: string;
    license: string;
  };
  const entry = { types: "./penora.d.mts", default: "./penora.mjs" };
  return `${JSON.stringify({ name: "penora", version, license, type: "module", exports: { ".": entry } }, null, 2)}\n`;
}
