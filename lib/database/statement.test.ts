import { describe, expect, it } from "vitest";
import { changedBy, statement } from "./client";
import { recordedStatement } from "./recorded-statement";

describe("a statement that writes people", () => {
  it.each([
    "UPDATE users SET user_version = user_version + 1 WHERE id = $1",
    "WITH x AS (INSERT INTO users AS u (id) VALUES ($1) RETURNING id) SELECT id FROM x",
    "delete from users where id = $1",
    "UPDATE sessions SET ended_at = now() WHERE id = $1",
    "SELECT erase_person($1)",
  ])("must say whom it changed: %s", (sql) => {
    expect(() => statement(sql)).toThrow("AS changed");
  });

  it("says it by itself where it is recorded for one person, and must say it where it is for none", () => {
    const effect = "moved AS (UPDATE users SET credits = 1 WHERE id = $4 RETURNING id)";
    const command = { effect, result: "'{}'::jsonb", from: "moved" };
    expect(recordedStatement(command)).toMatchObject({ changesPeople: true });
    expect(() => recordedStatement({ ...command, person: "NULL" })).toThrow("Whom");
    expect(recordedStatement({ ...command, person: "NULL", changed: "id" }).text).toContain(
      "id::text AS changed",
    );
  });

  it("names nobody, one, or many in a row", () => {
    const writes = statement("UPDATE users SET credits = 1 RETURNING id AS changed");
    expect(changedBy(writes, [{ changed: null }, { changed: "a" }, { changed: ["b", "c"] }])).toEqual([
      "a",
      "b",
      "c",
    ]);
    expect(changedBy(statement("SELECT id FROM users"), [{ changed: "a" }])).toEqual([]);
  });

  it("is no statement that only locks or reads them", () => {
    for (const sql of [
      "SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE",
      "SELECT user_version FROM users",
    ]) {
      expect(statement(sql).changesPeople).toBe(false);
    }
  });
});
