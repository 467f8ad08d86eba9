import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { fingerprintOf } from "./fingerprint";
import { runCommand } from "./run";

const MARK = path.join("lib", "database", "generated", ".made-from");
const SOURCES = ["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"];

/** Makes the database client, when the schema is not the one that it was made from. */
export async function ensureDatabaseClient(): Promise<void> {
  const wanted = fingerprintOf(process.cwd(), SOURCES);
  if (read(MARK) === wanted) return;
  await runCommand("prisma", "prisma", ["generate"], { ...process.env, PRISMA_HIDE_UPDATE_MESSAGE: "1" });
  writeFileSync(MARK, wanted);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  ensureDatabaseClient().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
