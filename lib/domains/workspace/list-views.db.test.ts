import { describe, expect, it } from "vitest";
import { GET as listDoor } from "@/app/api/me/projects/route";
import { PROJECT_SORTS, type ProjectSort } from "@/lib/contract/workspace";
import { pool } from "@/lib/database/client";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { signedIn } from "@/lib/testing/signed-in";
import { deleteProject } from "./delete-project";
import { listBin } from "./list-bin";
import { listProjects } from "./list-projects";
import { saveProject } from "./save-project";

const save = async (user: string, title: string, more: object = {}) =>
  (
    await saveProject({
      ...{ user_id: user, app_source: "penora", project_type: "text", title, content: "Some words." },
      ...{ caller: ROOT_CALLER, ...more },
    })
  ).result.code;

/** Every page of a list, one after the other. */
async function walk(user: string, sort: ProjectSort, limit: number): Promise<string[]> {
  const codes: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listProjects({ user_id: user, sort, limit, cursor, include_content: false });
    codes.push(...page.projects.map(({ code }) => code));
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return codes;
}

describe("a list of projects", () => {
  it("holds each project once, whatever its order and however long its pages are", async () => {
    const user = await newPerson(0);
    const titles = [
      "b",
      "a",
      "A",
      "ä",
      "",
      " ",
      "long".repeat(50),
      "long".repeat(49),
      '"quoted"\n',
      "b",
      "雨",
    ];
    for (const [nth, title] of titles.entries())
      await save(user, title || "x", { content: "y".repeat(1 + (nth % 4)) });
    for (const sort of PROJECT_SORTS) {
      const whole = await walk(user, sort, 200);
      expect(new Set(whole).size, sort).toBe(titles.length);
      for (const limit of [1, 2, 3, 10])
        expect(await walk(user, sort, limit), `${sort}, ${limit}`).toEqual(whole);
    }
  });

  it("stands in the order that is asked for, and holds one kind where it is asked for", async () => {
    const user = await newPerson(0);
    const small = await save(user, "Zebra", { content: "x" });
    const large = await save(user, "apple", { content: "x".repeat(500) });
    const picture = await save(user, "Milk", {
      ...{ project_type: "AI_Image", app_source: "imagegene", content: "https://example.com/a.png" },
    });
    expect(await walk(user, "newest", 2)).toEqual([picture, large, small]);
    expect(await walk(user, "title", 2)).toEqual([large, picture, small]);
    expect(await walk(user, "size", 2)).toEqual([large, picture, small]);
    await pool().query("UPDATE projects SET updated_at = now() + interval '1 minute' WHERE code = $1", [
      small,
    ]);
    expect((await walk(user, "changed", 2))[0]).toBe(small);
    const kinds = async (kind: "text" | "picture") =>
      (await listProjects({ user_id: user, kind, include_content: false })).projects.map(({ code }) => code);
    expect(await kinds("picture")).toEqual([picture]);
    expect(await kinds("text")).toEqual([large, small]);
  });

  it("refuses a place of another order, and one that nobody gave out", async () => {
    const user = await newPerson(0);
    await save(user, "a");
    await save(user, "b");
    const headers = await signedIn(user);
    const ask = (query: string) =>
      callDoor(listDoor, { path: `/api/me/projects?${query}`, key: null, headers });
    const { next_cursor: cursor } = (await ask("limit=1&sort=title")).json;
    expect((await ask(`sort=title&cursor=${cursor}`)).status).toBe(200);
    const made = (place: unknown) => Buffer.from(JSON.stringify(place)).toString("base64url");
    for (const wrong of [
      cursor,
      made(["newest", "x", "ABCDEF"]),
      made(["newest", 1e15, "ABCDEF"]),
      made(["newest", -1, "ABCDEF"]),
      made(["newest", 1, "a'b"]),
      made(null),
      "e30",
      "!",
    ]) {
      const told = await ask(`cursor=${wrong}`);
      expect(told.json, wrong).toMatchObject({ code: "invalid_request", details: { field: "cursor" } });
    }
  });

  it("is long without reading a text: of 5,000 projects a page comes with none of their contents", async () => {
    const user = await newPerson(0);
    await pool().query(
      `INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count)
       SELECT 'MANY' || n, $1, 'Text ' || n, repeat('x', 200), 'penora', 'text', 200, 1 FROM generate_series(1, 4900) n`,
      [user],
    );
    await pool().query(
      "UPDATE users SET project_count = 4900, storage_used_bytes = 4900 * 200 WHERE id = $1",
      [user],
    );
    const page = await listProjects({ user_id: user, sort: "title", limit: 50, include_content: false });
    expect(page.total_count).toBe(4900);
    expect(page.projects).toHaveLength(50);
    expect(page.projects.every(({ content }) => content === null)).toBe(true);
  });
});

describe("the bin", () => {
  it("shows what was deleted last first, for whoever deleted it, page by page", async () => {
    const user = await newPerson(0);
    const codes: string[] = [];
    for (let nth = 0; nth < 53; nth++) {
      const code = await save(user, `Text ${nth}`);
      await deleteProject({ user_id: user, code, caller: ROOT_CALLER });
      codes.unshift(code);
    }
    await save(user, "Alive");
    const first = await listBin(user, null);
    const second = await listBin(user, first.next);
    expect([...first.projects, ...second.projects].map(({ project }) => project.code).sort()).toEqual(
      codes.sort(),
    );
    expect(first).toMatchObject({ total: 53, binBytes: 53 * 11, versionBytes: 0 });
    expect(first.projects[0]).toMatchObject({ daysLeft: 30, project: { content: null } });
    expect(second.next).toBeNull();
    expect((await listBin(await newPerson(0), null)).projects).toEqual([]);
    expect((await listBin(user, "nonsense")).projects).toHaveLength(50);
  });
});
