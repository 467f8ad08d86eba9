import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** All that a production build is made of. */
const SOURCES = [
  "app",
  "lib",
  "public",
  "prisma/schema.prisma",
  "prisma/migrations-runner.ts",
  "middleware.ts",
  "instrumentation.ts",
  "next.config.mjs",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const LEFT_OUT =
  /(^|\/)(lib\/database\/generated|public\/sdk|public\/upload|lib\/testing|lib\/decisions)(\/|$)|\.test\.tsx?$|\.md$/;

/** Changes when a source of the build changes, and with nothing else. */
export function fingerprintOf(root: string, sources: readonly string[] = SOURCES): string {
  const hash = createHash("sha256");
  for (const source of sources) addTo(hash, root, source);
  return hash.digest("hex");
}

function addTo(hash: ReturnType<typeof createHash>, root: string, name: string): void {
  if (LEFT_OUT.test(name)) return;
  const full = path.join(root, name);
  const stat = statSync(full, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    for (const entry of readdirSync(full).sort()) addTo(hash, root, `${name}/${entry}`);
  } else if (stat?.isFile()) {
    const content = readFileSync(full);
    hash.update(`${name}\n${content.length}\n`).update(content);
  }
}
