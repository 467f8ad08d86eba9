import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { commandFile } from "../lib/server/run";
import { startLocalPostgres } from "../prisma/local";
import { startBuiltServer } from "./built-server";
import { ensureChromium } from "./chromium";
import { counted, type Result, runNode, step, type Tally, whole } from "./steps";

const REPORTS = path.resolve(".penora", "test", "reports");
const TSX = ["--import", "tsx"];

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  testResults: { status: string; assertionResults: unknown[] }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}

/** A file that could not even be loaded has no tests to count, and is a failure all the same. */
async function vitest(): Promise<Tally> {
  const file = path.join(REPORTS, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const code = await runNode([commandFile("vitest", "vitest"), "run", ...reporters]);
  const report = read<VitestReport>(file);
  const broken = report.testResults.filter(
    (suite) => suite.status === "failed" && suite.assertionResults.length === 0,
  );
  return counted({ passed: report.numPassedTests, failed: report.numFailedTests + broken.length }, code);
}

async function playwright(databaseServer: string): Promise<Tally> {
  process.env.CHROMIUM_PATH = ensureChromium(console.log);
  const server = await startBuiltServer(databaseServer);
  try {
    const file = path.join(REPORTS, "playwright.json");
    const env = { ...process.env, ...server.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const code = await runNode([commandFile("@playwright/test", "playwright"), "test"], env);
    const { expected, unexpected, flaky, skipped } = read<PlaywrightReport>(file).stats;
    return counted({ passed: expected, failed: unexpected + flaky + skipped }, code);
  } finally {
    await server.stop();
  }
}

function read<T>(file: string): T {
  if (!existsSync(file)) throw new Error("It ended without a report.");
  return JSON.parse(readFileSync(file, "utf8")) as T;
}

async function main(): Promise<number> {
  rmSync(REPORTS, { recursive: true, force: true });
  mkdirSync(REPORTS, { recursive: true });
  const local = await startLocalPostgres({ dir: ".penora/test" });
  const withDatabase = { ...process.env, DATABASE_URL: local.url, DIRECT_DATABASE_URL: "" };
  const results: Result[] = [];
  try {
    const all: [string, () => Promise<Tally>][] = [
      ["format", () => whole([commandFile("prettier", "prettier"), "--check", "."])],
      ["database client", () => whole([...TSX, "lib/server/generate.ts"])],
      ["lint", () => whole([commandFile("eslint", "eslint"), ".", "--max-warnings=0"])],
      ["types", () => whole([commandFile("typescript", "tsc"), "--noEmit"])],
      ["unit, database and race tests", vitest],
      ["schema and migrations agree", () => whole([...TSX, "prisma/migrate.ts", "check"], withDatabase)],
      ["production build", () => whole([...TSX, "lib/server/build.ts"])],
      ["API and journeys", () => playwright(local.url)],
    ];
    for (const [name, work] of all) results.push(await step(name, work));
  } finally {
    await local.stop();
  }

  console.log("");
  for (const { name, seconds, passed, failed } of results) {
    console.log(
      `${failed > 0 ? "✗" : "✓"} ${name.padEnd(32)} ${`${passed} passed, ${failed} failed`.padEnd(28)} ${seconds.toFixed(1)} s`,
    );
  }
  const sum = (key: keyof Tally) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum("passed")} passed, ${sum("failed")} failed`);
  return sum("failed") > 0 || sum("passed") === 0 ? 1 : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    console.log("\n0 passed, 1 failed");
    process.exit(1);
  },
);
