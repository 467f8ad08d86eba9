import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
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
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

interface PlaywrightSuite {
  title: string;
  suites?: PlaywrightSuite[];
  specs: {
    title: string;
    file: string;
    ok: boolean;
    tests: { results: { errors: { message?: string }[] }[] }[];
  }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
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
  const failures = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter((test) => test.status === "failed")
      .map((test) => failure(path.relative(".", name), test.fullName, test.failureMessages)),
  );
  failures.push(
    ...broken.map(({ name, message }) => failure(path.relative(".", name), "the file", [message])),
  );
  const failed = report.numFailedTests + broken.length;
  return counted({ passed: report.numPassedTests, failed, failures }, code);
}

async function playwright(databaseServer: string): Promise<Tally> {
  process.env.CHROMIUM_PATH = ensureChromium(console.log);
  const server = await startBuiltServer(databaseServer);
  try {
    const file = path.join(REPORTS, "playwright.json");
    const env = { ...process.env, ...server.environment, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
    const code = await runNode([commandFile("@playwright/test", "playwright"), "test"], env);
    const { stats, suites } = read<PlaywrightReport>(file);
    const failed = stats.unexpected + stats.flaky + stats.skipped;
    return counted({ passed: stats.expected, failed, failures: suites.flatMap(failuresOf) }, code);
  } finally {
    await server.stop();
  }
}

function failuresOf(suite: PlaywrightSuite): string[] {
  const own = suite.specs
    .filter((spec) => !spec.ok)
    .map((spec) => {
      const errors = spec.tests.flatMap((test) => test.results.flatMap((result) => result.errors));
      return failure(
        spec.file,
        spec.title,
        errors.map((error) => error.message ?? ""),
      );
    });
  return [...own, ...(suite.suites ?? []).flatMap(failuresOf)];
}

/** Where, which, and the first lines of why: enough to act on where only the end of a log was kept. */
function failure(file: string, title: string, messages: string[]): string {
  const why = stripVTControlCharacters(messages.join("\n")).trim().split("\n").slice(0, 12);
  return [`✗ ${file} › ${title}`, ...why.map((line) => `    ${line}`)].join("\n");
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
  for (const one of results.flatMap(({ failures }) => failures ?? [])) console.log(`${one}\n`);
  for (const { name, seconds, passed, failed } of results) {
    console.log(
      `${failed > 0 ? "✗" : "✓"} ${name.padEnd(32)} ${`${passed} passed, ${failed} failed`.padEnd(28)} ${seconds.toFixed(1)} s`,
    );
  }
  const sum = (key: "passed" | "failed") => results.reduce((total, result) => total + result[key], 0);
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
