import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { withScratchDatabase } from "./local/scratch";
import { deployMigrations, MigrationError, pendingMigrations } from "./migrations-runner";

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "penora-migrations-"));
  write("1_first", "CREATE TABLE a (i int); CREATE TABLE b (i int);");
  write("2_second", "ALTER TABLE a ADD COLUMN j int;");
});

afterEach(() => rmSync(dir, { recursive: true }));

function write(name: string, sql: string): void {
  mkdirSync(path.join(dir, name), { recursive: true });
  writeFileSync(path.join(dir, name, "migration.sql"), sql);
}

async function onScratch(
  work: (url: string, rows: (sql: string) => Promise<unknown[]>) => Promise<void>,
): Promise<void> {
  const { url: server } = await testDatabase();
  await withScratchDatabase(server, async (url) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      await work(url, async (sql) => (await client.query(sql)).rows);
    } finally {
      await client.end();
    }
  });
}

describe("deployMigrations", () => {
  it("applies what is pending, in order, and nothing twice", () =>
    onScratch(async (url, rows) => {
      expect(await pendingMigrations(url, dir)).toEqual(["1_first", "2_second"]);
      expect(await deployMigrations(url, undefined, dir)).toEqual(["1_first", "2_second"]);
      expect(await deployMigrations(url, undefined, dir)).toEqual([]);
      expect(await pendingMigrations(url, dir)).toEqual([]);
      expect(await rows("SELECT i, j FROM a")).toEqual([]);
    }));

  it("works once when eight instances start at the same time", () =>
    onScratch(async (url) => {
      const runs = await Promise.all(Array.from({ length: 8 }, () => deployMigrations(url, undefined, dir)));
      expect(runs.flat()).toEqual(["1_first", "2_second"]);
    }));

  it("keeps nothing of a migration that fails, and tries it again when it is mended", () =>
    onScratch(async (url, rows) => {
      write("3_third", "CREATE TABLE c (i int); SELECT 1/0;");
      await expect(deployMigrations(url, undefined, dir)).rejects.toThrow(/3_third.*division by zero/s);
      expect(await rows("SELECT to_regclass('c') AS c")).toEqual([{ c: null }]);
      expect(await pendingMigrations(url, dir)).toEqual(["3_third"]);
      write("3_third", "CREATE TABLE c (i int);");
      expect(await deployMigrations(url, undefined, dir)).toEqual(["3_third"]);
    }));

  it("refuses when an applied migration's file was changed, but not when only its line ends were", () =>
    onScratch(async (url) => {
      write("1_first", "CREATE TABLE a (i int);\nCREATE TABLE b (i int);\n");
      await deployMigrations(url, undefined, dir);
      write("1_first", "CREATE TABLE a (i int);\r\nCREATE TABLE b (i int);\r\n");
      expect(await pendingMigrations(url, dir)).toEqual([]);
      write("1_first", "CREATE TABLE a (i bigint);\nCREATE TABLE b (i int);\n");
      await expect(deployMigrations(url, undefined, dir)).rejects.toThrow(MigrationError);
      await expect(pendingMigrations(url, dir)).rejects.toThrow(/1_first was changed/);
    }));

  it("refuses when another tool left a migration unfinished", () =>
    onScratch(async (url, rows) => {
      await deployMigrations(url, undefined, dir);
      await rows("UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = '2_second'");
      await expect(deployMigrations(url, undefined, dir)).rejects.toThrow(/2_second failed earlier/);
    }));

  it("says when the database is ahead of this version, and goes on", () =>
    onScratch(async (url) => {
      await deployMigrations(url, undefined, dir);
      rmSync(path.join(dir, "2_second"), { recursive: true });
      const said: string[] = [];
      expect(await deployMigrations(url, (line) => said.push(line), dir)).toEqual([]);
      expect(said).toEqual([expect.stringContaining("2_second")]);
    }));
});
