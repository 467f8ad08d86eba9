import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { withLock } from "../../prisma/local/sharing";
import { buildClientKit } from "./build-client-kit";
import { buildUploadReader } from "./build-upload-reader";
import { bundleDoors, SERVER_FILE } from "./bundle-doors";
import { fingerprintOf } from "./fingerprint";
import { ensureDatabaseClient } from "./generate";
import { runCommand } from "./run";

const MARK = path.join(".next", "built-from");
const LOCK_DIR = path.join("node_modules", ".cache", "penora-build");

/** The production build; needs no database and no secret, and reads none. */
export async function buildForProduction(): Promise<void> {
  const fingerprint = fingerprintOf(process.cwd());
  rmSync(MARK, { force: true });
  await ensureDatabaseClient();
  await buildClientKit();
  await buildUploadReader();
  await runCommand("next", "next", ["build"], {
    ...process.env,
    NODE_ENV: "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  await bundleDoors();
  writeFileSync(MARK, fingerprint);
}

/** Builds only when the sources are not those of the last build; several starts at once build one after the other. */
export async function ensureBuilt(log: (line: string) => void): Promise<void> {
  if (isBuilt()) return;
  mkdirSync(LOCK_DIR, { recursive: true });
  await withLock(LOCK_DIR, async () => {
    if (isBuilt()) return;
    log("Building, because the source is new or has changed. This takes a minute, once.");
    await buildForProduction();
  });
}

function isBuilt(): boolean {
  return (
    existsSync(SERVER_FILE) && existsSync(MARK) && readFileSync(MARK, "utf8") === fingerprintOf(process.cwd())
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  buildForProduction().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}
