import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type LocalPostgres, startLocalPostgres } from "./local";
import { findPostmaster } from "./local/postmaster";

let dir: string;
let started: LocalPostgres[] = [];
let children: ChildProcess[] = [];

beforeEach(() => {
  dir = mkdtempSync(path.resolve(".penora", "local-"));
});

afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  for (const local of started) await local.stop();
  rmSync(dir, { recursive: true, force: true });
  [started, children] = [[], []];
});

async function start(): Promise<LocalPostgres> {
  const local = await startLocalPostgres({ dir });
  started.push(local);
  return local;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Another process that uses the same folder, as `npm start` beside `npm run keys`. Answers when its server runs. */
async function startElsewhere(): Promise<ChildProcess> {
  const script = `
    import { startLocalPostgres } from "./prisma/local.ts";
    await startLocalPostgres({ dir: ${JSON.stringify(dir)} });
    process.send("ready");
    setInterval(() => {}, 1e6);`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  children.push(child);
  await once(child, "message");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

it("a server that a killed process left running is taken over, and ends with its last user", async () => {
  const first = await startElsewhere();
  await kill(first);
  const local = await start();
  const pid = findPostmaster(local.dataDir)?.pid;
  await ask(local.url, "CREATE TABLE kept AS SELECT 1 AS one");
  await local.stop();
  expect(pid).toBeTypeOf("number");
  expect(findPostmaster(local.dataDir)).toBeNull();
  expect(await ask((await start()).url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
});

it("a server that died together with its process is recovered: what was committed is there, at the same address", async () => {
  const first = await startElsewhere();
  const local = await start();
  await ask(local.url, "CREATE TABLE kept AS SELECT 1 AS one");
  const postmaster = findPostmaster(local.dataDir);
  await kill(first);
  process.kill(postmaster?.pid ?? 0, "SIGKILL");
  const again = await start();
  expect(again.url).toBe(local.url);
  expect(findPostmaster(again.dataDir)?.pid).not.toBe(postmaster?.pid);
  expect(await ask(again.url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
});

it("a server that two use stays until both have left, and two that start at once start one", async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(other.url).toBe(one.url);
  await one.stop();
  await one.stop();
  expect(await ask(other.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await other.stop();
  expect(other.isRunning()).toBe(false);
});

it("a lock that a killed process left is no obstacle", async () => {
  const first = await startElsewhere();
  await kill(first);
  writeFileSync(path.join(dir, "lock"), JSON.stringify({ pid: first.pid, started: "before" }));
  expect(await ask((await start()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(existsSync(path.join(dir, "lock"))).toBe(false);
});
