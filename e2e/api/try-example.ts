import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { transform } from "esbuild";
import { READER, type World } from "@/lib/contract/examples";
import { readCurl } from "./read-curl";

/** The variables of the reader's environment. */
export interface Environment {
  readonly [name: string]: string;
  readonly PENORA_API_KEY: string;
  readonly PENORA_SESSION: string;
}

export interface Tried {
  readonly status: number;
  readonly text: string;
}

const HAS_CURL = spawnSync("curl", ["--version"]).status === 0;
const PATIENCE_MS = 30_000;

/** The programs of a page of the docs, by what the page calls them: `deductCredits curl`. */
export function programsOf(html: string): Map<string, string> {
  const found = html.matchAll(
    /<code data-example="([^"]+)" data-language="(curl|typescript)">([\s\S]*?)<\/code>/g,
  );
  return new Map([...found].map(([, id, language, inner]) => [`${id} ${language}`, textOf(inner ?? "")]));
}

/** Nothing of the tests' own environment reaches what the docs tell a reader to run. */
export const readersOwn = (environment: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  NODE_ENV: "production",
  PATH: process.env.PATH,
  ...environment,
});

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#x27": "'", "#39": "'" };

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, "").replace(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);
}

/** The program with what stands there for the reader's own world exchanged for a world that is there. */
export function inWorld(program: string, world: World): string {
  const names = (Object.keys(READER) as (keyof World)[]).sort((a, b) => READER[b].length - READER[a].length);
  return names.reduce((text, name) => text.replaceAll(READER[name], world[name]), program);
}

/** Types the program into a shell; where there is no curl, it is read and sent as curl would. */
export async function tryCurl(program: string, environment: Environment): Promise<Tried> {
  if (!HAS_CURL) return sendAsCurlWould(program, environment);
  const home = mkdtempSync(path.join(tmpdir(), "penora-curl-"));
  try {
    // What a person's own settings of curl could do: nothing is added to the program itself.
    writeFileSync(path.join(home, ".curlrc"), 'silent\nshow-error\nwrite-out = "\\n%{http_code}"\n');
    const { stdout } = await promisify(execFile)("sh", ["-c", program], {
      env: readersOwn({ HOME: home, CURL_HOME: home, ...environment }),
      timeout: PATIENCE_MS,
    });
    const end = stdout.lastIndexOf("\n");
    return { status: Number(stdout.slice(end + 1)), text: stdout.slice(0, end) };
  } finally {
    rmSync(home, { recursive: true });
  }
}

async function sendAsCurlWould(program: string, environment: Environment): Promise<Tried> {
  const { method, url, headers, data = null } = readCurl(program, environment);
  const reply = await fetch(url, { method, headers, body: data, signal: AbortSignal.timeout(PATIENCE_MS) });
  return { status: reply.status, text: await reply.text() };
}

/** Runs the program in a Node of its own, and answers what it printed. */
export async function runTypeScript(
  program: string,
  environment: Environment,
  folder = tmpdir(),
): Promise<string> {
  const { code } = await transform(program, { loader: "ts", format: "esm", target: "node20" });
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ["--input-type=module", "-e", code],
    {
      cwd: folder,
      env: readersOwn(environment),
      timeout: PATIENCE_MS,
    },
  );
  expect(stderr).toBe("");
  return stdout;
}

const MARK = "\u0001answer:";

/** Runs a program that asks once, and answers what it was told. */
export async function tryTypeScript(program: string, environment: Environment): Promise<Tried> {
  const value = program.includes("const answer") ? "JSON.stringify(answer)" : '""';
  const told = `\nprocess.stdout.write(${JSON.stringify(MARK)} + response.status + " " + ${value});`;
  const printed = await runTypeScript(program + told, environment);
  const [before = "", after = ""] = printed.split(MARK);
  const space = after.indexOf(" ");
  return { status: Number(after.slice(0, space)), text: after.slice(space + 1) || before };
}
