import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openapiDocument } from "../contract/openapi";
import { breakingChanges } from "../contract/openapi-changes";
import type { OpenApi } from "../contract/reference/openapi-types";

const SNAPSHOT = path.join("lib", "contract", "openapi.snapshot.json");

/** Writes the API as it is declared now into the snapshot that the tests hold it to. */
function accept(breaking: boolean): number {
  const now = openapiDocument();
  if (existsSync(SNAPSHOT) && !breaking) {
    const before = JSON.parse(readFileSync(SNAPSHOT, "utf8")) as OpenApi;
    const broken = breakingChanges(before, now);
    if (broken.length > 0) {
      console.error(
        `This would break programs that rely on the API:\n\n${broken.map((one) => `  ${one}`).join("\n")}\n`,
      );
      console.error(
        "Nothing was written. What was shipped is not renamed or taken back: serve the old beside the new.",
      );
      console.error("If nobody can rely on it yet: npm run openapi -- --breaking");
      return 1;
    }
  }
  writeFileSync(SNAPSHOT, `${JSON.stringify(now, null, 2)}\n`);
  console.log(`${SNAPSHOT} is what the API is now. Commit it with the change.`);
  return 0;
}

process.exitCode = accept(process.argv.includes("--breaking"));
