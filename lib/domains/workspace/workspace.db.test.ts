import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as projectDoor from "@/app/api/unified/project/[code]/route";
import { GET as projectsDoor } from "@/app/api/unified/projects/route";
import { POST as saveDoor } from "@/app/api/unified/save-project/route";
import { GET as statsDoor } from "@/app/api/unified/storage-stats/route";
import { GET as userProjectsDoor } from "@/app/api/unified/user-projects/route";
import { pool } from "@/lib/database/client";
import { createKey } from "@/lib/domains/api-keys/manage-keys";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";
import { restoreProject } from "./restore-project";

type Headers = Record<string, string>;
const MEGABYTE = 1_048_576;
const q = encodeURIComponent;

const draft = (user: string, changes: object = {}) => ({
  ...{ user_id: user, app_source: "penora", project_type: "text", title: "Sea", content: "One two three." },
  ...changes,
});
const save = (body: unknown, headers: Headers = {}) =>
  callDoor(saveDoor, { path: "/api/unified/save-project", body, headers });
const list = (user: string, query = "") =>
  callDoor(userProjectsDoor, { path: `/api/unified/user-projects?user_id=${q(user)}${query}` });
const read = (user: string, code: string) =>
  callDoor(projectDoor.GET, { path: `/api/unified/project/${code}?user_id=${q(user)}`, params: { code } });
const change = (code: string, body: unknown, headers: Headers = {}) =>
  callDoor(projectDoor.PATCH, {
    ...{ path: `/api/unified/project/${code}`, params: { code }, method: "PATCH" },
    ...{ body, headers },
  });
const remove = (user: string, code: string, headers: Headers = {}) =>
  callDoor(projectDoor.DELETE, {
    ...{ path: `/api/unified/project/${code}?user_id=${q(user)}`, params: { code }, method: "DELETE" },
    headers,
  });
const stats = (user: string) =>
  callDoor(statsDoor, { path: `/api/unified/storage-stats?user_id=${q(user)}` });
const keyOf = async (app: string): Promise<Headers> => ({
  "X-API-Key": (await createKey({ app, scopes: ["workspace:read", "workspace:write"], expiresAt: null })).key,
});

describe("save-project", () => {
  it("saves, counts bytes and words, and says what is left", async () => {
    const user = await newPerson(0);
    const content = "Привет, мир! One two.";
    const told = await save(draft(user, { content, metadata: { mood: "calm" } }));
    expect(told.status).toBe(200);
    expect(told.json).toMatchObject({
      ...{ success: true, title: "Sea", size_bytes: Buffer.byteLength(content), size_mb: 0 },
      ...{ storage_remaining_mb: 1, app_source: "penora", project_type: "text", version: 1, created: true },
    });
    expect(told.json.project_code).toMatch(/^[A-Z0-9]{6}$/);
    expect(told.json.code).toBe(told.json.project_code);
    expect((await read(user, told.json.code)).json.project).toMatchObject({
      ...{ id: told.json.code, content, word_count: 4, metadata: { mood: "calm" } },
    });
    const { rows } = await pool().query("SELECT user_version, project_count FROM users WHERE id = $1", [
      user,
    ]);
    expect(rows).toEqual([{ user_version: 2, project_count: 1 }]);
  });

  it.each(["ai_image", "ai_artwork", "ai_art", "image"])(
    "gives a picture (%s) a code that begins with IMG_ and no words",
    async (project_type) => {
      const user = await newPerson(0);
      const content = "https://pictures.example/one two three.png".replaceAll(" ", "%20");
      const told = await save(draft(user, { project_type, content, app_source: "imagegene" }));
      expect(told.json.code).toMatch(/^IMG_[A-Z0-9]{6}$/);
      expect((await read(user, told.json.code)).json.project).toMatchObject({ content, word_count: 0 });
    },
  );

  it("names the missing fields in their order", async () => {
    const told = await save({});
    expect(told.status).toBe(400);
    expect(told.json.error).toBe(
      "Missing required fields: user_id, app_source, project_type, title, content",
    );
  });

  it("cuts a long title between characters and accepts it", async () => {
    const user = await newPerson(0);
    const told = await save(draft(user, { title: `a${"😀".repeat(300)}` }));
    expect(told.status).toBe(200);
    expect(told.json.title).toBe(`a${"😀".repeat(99)}`);
  });

  it("takes 1 MB of Cyrillic sent as escaped JSON", async () => {
    const user = await newPerson(0);
    const content = "я".repeat(MEGABYTE / 2);
    const body = JSON.stringify(draft(user)).replace("One two three.", "\\u044f".repeat(MEGABYTE / 2));
    expect(body.length).toBeGreaterThan(3 * MEGABYTE);
    const told = await save(body);
    expect(told.status).toBe(200);
    expect(told.json).toMatchObject({ size_bytes: MEGABYTE, size_mb: 1, storage_remaining_mb: 0 });
    expect((await read(user, told.json.code)).json.project.content).toBe(content);
    expect((await list(user)).json.projects[0].content).toBe(content);
  });

  it("refuses what does not fit, in the exact words, and changes nothing", async () => {
    const user = await newPerson(0);
    await save(draft(user, { content: "x".repeat(MEGABYTE - 12_345) }));
    const told = await save(draft(user, { content: "y".repeat(99_999) }));
    expect(told.status).toBe(413);
    expect(told.json).toMatchObject({
      ...{ success: false, code: "storage_limit_exceeded" },
      error: "Storage limit exceeded. Maximum 1MB allowed.",
      details: "You have 12,345 bytes left but this needs 99,999",
      storage: { used_bytes: MEGABYTE - 12_345, limit_bytes: MEGABYTE, total_projects: 1 },
    });
    expect((await save(draft(user, { content: "y".repeat(12_345) }))).status).toBe(200);
    expect((await save(draft(user, { content: "y" }))).json.details).toBe(
      "You have 0 bytes left but this needs 1",
    );
    expect(await broken()).toEqual([]);
  });

  it("keeps at most 5,000 projects", async () => {
    const user = await newPerson(0);
    await pool().query(
      `INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count)
       SELECT 'FULL' || n, $1, 'T', 'x', 'penora', 'text', 1, 1 FROM generate_series(1, 5000) n`,
      [user],
    );
    await pool().query("UPDATE users SET project_count = 5000, storage_used_bytes = 5000 WHERE id = $1", [
      user,
    ]);
    const told = await save(draft(user));
    expect(told.json).toMatchObject({
      code: "storage_limit_exceeded",
      details: "You have 5,000 projects, which is the most. Delete some first.",
    });
    const all = await list(user, "&include_content=false");
    expect(all.json.projects).toHaveLength(5000);
    expect(all.json.next_cursor).toBeNull();
    await remove(user, "FULL17");
    expect((await save(draft(user))).status).toBe(200);
    expect(await broken()).toEqual([]);
  });

  it("answers user_not_found, with what to do, for a person nobody made", async () => {
    const told = await save(draft("nobody-at-all"));
    expect(told.status).toBe(404);
    expect(told.json).toMatchObject({ code: "user_not_found", error: "User not found" });
    expect(told.json.details).toContain("create-user");
  });

  it("gives a repeated key the first answer, and its effect once, also when there is no room by then", async () => {
    const user = await newPerson(0);
    const headers = { "Idempotency-Key": randomUUID() };
    const body = draft(user, { content: "x".repeat(MEGABYTE) });
    const first = await save(body, headers);
    const again = await save(body, headers);
    expect(first.status).toBe(200);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
    expect((await save(draft(user), headers)).json.code).toBe("idempotency_key_reused");
    expect((await list(user)).json.total_projects).toBe(1);
  });

  it("changes the project that project_code names, and keeps its code, maker and age", async () => {
    const user = await newPerson(0);
    const first = await save(draft(user));
    const told = await save(
      draft(user, {
        project_code: first.json.code,
        title: "Storm",
        content: "Four words stand here.",
        version: 1,
      }),
    );
    expect(told.json).toMatchObject({ code: first.json.code, title: "Storm", version: 2, created: false });
    expect((await read(user, first.json.code)).json.project).toMatchObject({ word_count: 4, version: 2 });
    expect((await list(user)).json.total_projects).toBe(1);
    expect(await broken()).toEqual([]);
  });

  it("counts only what a change adds against the space", async () => {
    const user = await newPerson(0);
    const first = await save(draft(user, { content: "x".repeat(MEGABYTE - 10) }));
    const code = first.json.code as string;
    const bigger = await save(draft(user, { project_code: code, content: "x".repeat(MEGABYTE) }));
    expect(bigger.status).toBe(200);
    const tooBig = await save(draft(user, { project_code: code, content: "x".repeat(MEGABYTE + 1) }));
    expect(tooBig.json.details).toBe("You have 0 bytes left but this needs 1");
    expect((await save(draft(user, { project_code: code, content: "x" }))).status).toBe(200);
    expect((await stats(user)).json.storage_stats.used_bytes).toBe(1);
  });

  it("refuses an older version with what is stored, and changes nothing", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user))).json;
    await save(draft(user, { project_code: code, title: "Second" }));
    const told = await save(draft(user, { project_code: code, title: "Third", version: 1 }));
    expect(told.status).toBe(409);
    expect(told.json).toMatchObject({
      ...{ code: "version_conflict", version: 2, title: "Second", project_code: code },
      updated_at: expect.stringMatching(/Z$/),
    });
    expect((await read(user, code)).json.project).toMatchObject({ title: "Second", version: 2 });
  });

  it("lets the last write win where no version is named", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user))).json;
    await save(draft(user, { project_code: code, content: "second" }));
    expect((await save(draft(user, { project_code: code, content: "third" }))).json.version).toBe(3);
  });
});

describe("who may write", () => {
  it("is the app that made the project, the root key, and nobody else", async () => {
    const user = await newPerson(0);
    const [imagegene, other] = await Promise.all([keyOf("imagegene"), keyOf("other")]);
    const { code } = (await save(draft(user, { app_source: "imagegene" }), imagegene)).json;
    for (const told of [
      await change(code, { user_id: user, title: "Mine" }, other),
      await remove(user, code, other),
      await save(draft(user, { app_source: "other", project_code: code }), other),
    ]) {
      expect(told.status).toBe(403);
      expect(told.json.code).toBe("app_mismatch");
    }
    const reading = await callDoor(projectDoor.GET, {
      ...{ path: `/api/unified/project/${code}?user_id=${user}`, params: { code }, headers: other },
      key: null,
    });
    expect(reading.status).toBe(200);
    expect((await change(code, { user_id: user, title: "By root" })).status).toBe(200);
    expect((await remove(user, code, imagegene)).status).toBe(200);
  });

  it("is refused where a key names another app", async () => {
    const user = await newPerson(0);
    const told = await save(draft(user, { app_source: "penora" }), await keyOf("imagegene"));
    expect(told.json.code).toBe("app_mismatch");
  });

  it("is never somebody else's: another person's project does not exist", async () => {
    const [ada, eve] = [await newPerson(0), await newPerson(0)];
    const { code } = (await save(draft(ada))).json;
    for (const told of [
      await read(eve, code),
      await change(code, { user_id: eve, title: "Mine" }),
      await remove(eve, code),
      await save(draft(eve, { project_code: code })),
    ]) {
      expect(told.status).toBe(404);
      expect(told.json).toMatchObject({ code: "project_not_found", error: "Project not found" });
    }
    expect((await read(ada, code)).json.project.title).toBe("Sea");
  });
});

describe("PATCH project", () => {
  it("changes what is sent and nothing else, and shows the content only when asked", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user, { metadata: { a: 1 } }))).json;
    const renamed = await change(code, { user_id: user, title: "Tide" });
    expect(renamed.json.project).toMatchObject({ title: "Tide", content: null, version: 2, word_count: 3 });
    const shown = await change(code, { user_id: user, metadata: { b: 2 }, include_content: true });
    expect(shown.json.project).toMatchObject({
      content: "One two three.",
      metadata: { b: 2 },
      title: "Tide",
    });
    const rewritten = await change(code, { user_id: user, content: "Four.", include_content: true });
    expect(rewritten.json.project).toMatchObject({
      content: "Four.",
      word_count: 1,
      size_bytes: 5,
      version: 4,
    });
    expect(await broken()).toEqual([]);
  });

  it("gives a repeated key the whole first answer, also after the content has changed", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user))).json;
    const title = { "Idempotency-Key": randomUUID() };
    const content = { "Idempotency-Key": randomUUID() };
    const first = await change(code, { user_id: user, title: "Tide", include_content: true }, title);
    const second = await change(code, { user_id: user, content: "Two.", include_content: true }, content);
    await change(code, { user_id: user, content: "Something else." });
    expect((await change(code, { user_id: user, title: "Tide", include_content: true }, title)).json).toEqual(
      first.json,
    );
    expect(
      (await change(code, { user_id: user, content: "Two.", include_content: true }, content)).json,
    ).toEqual(second.json);
  });

  it("answers a key from its record also where the version would be refused by now", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user))).json;
    const headers = { "Idempotency-Key": randomUUID() };
    const first = await change(code, { user_id: user, title: "Tide", version: 1 }, headers);
    expect((await change(code, { user_id: user, title: "Tide", version: 1 }, headers)).json).toEqual(
      first.json,
    );
    expect((await change(code, { user_id: user, title: "Tide", version: 1 })).status).toBe(409);
  });

  it("keeps a picture a picture", async () => {
    const user = await newPerson(0);
    const { code } = (
      await save(draft(user, { project_type: "ai_image", content: "https://pictures.example/a.png" }))
    ).json;
    const told = await change(code, { user_id: user, content: "words" });
    expect(told.status).toBe(400);
    expect(told.json.details).toMatchObject({ field: "content" });
    expect((await change(code, { user_id: user, content: "https://pictures.example/b.png" })).status).toBe(
      200,
    );
    expect((await change(code, { user_id: user, title: "Only a name" })).status).toBe(200);
  });
});

describe("DELETE project", () => {
  it("gives the bytes back; the project is gone for reading, writing and deleting", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user, { content: "x".repeat(MEGABYTE) }))).json;
    const told = await remove(user, code);
    expect(told.json).toMatchObject({ deleted: true, storage: { used_bytes: 0, total_projects: 0 } });
    expect((await read(user, code)).status).toBe(404);
    expect((await change(code, { user_id: user, title: "x" })).status).toBe(404);
    expect((await remove(user, code)).status).toBe(404);
    expect((await list(user)).json.total_projects).toBe(0);
    expect((await save(draft(user, { content: "x".repeat(MEGABYTE) }))).status).toBe(200);
  });

  it("answers a repeated key as the first time", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user))).json;
    const headers = { "Idempotency-Key": randomUUID() };
    const first = await remove(user, code, headers);
    const again = await remove(user, code, headers);
    expect(again.json).toEqual(first.json);
    expect(again.headers.get("Idempotent-Replayed")).toBe("true");
  });

  it("keeps at most 5 MB in the bin, the newest", async () => {
    const user = await newPerson(0);
    const codes: string[] = [];
    for (let i = 0; i < 7; i++) {
      const { code } = (await save(draft(user, { content: "x".repeat(900_000) }))).json;
      codes.push(code as string);
      await remove(user, code);
    }
    const { rows } = await pool().query<{ code: string }>("SELECT code FROM projects WHERE user_id = $1", [
      user,
    ]);
    expect(rows.map((row) => row.code).sort()).toEqual(codes.slice(2).sort());
  });
});

describe("restoring", () => {
  const restore = (user: string, code: string) =>
    restoreProject({ user_id: user, code, caller: ROOT_CALLER });

  it("brings a project back as it was", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user))).json;
    const before = (await read(user, code)).json.project;
    await remove(user, code);
    expect((await restore(user, code)).result.project).toEqual({ ...before, content: null });
    expect((await read(user, code)).json.project).toEqual(before);
    expect(await broken()).toEqual([]);
  });

  it("is refused where there is no room, where nothing is in the bin, and after 30 days", async () => {
    const user = await newPerson(0);
    const { code } = (await save(draft(user))).json;
    await expect(restore(user, code)).rejects.toMatchObject({ code: "project_not_found" });
    await remove(user, code);
    const big = (await save(draft(user, { content: "x".repeat(MEGABYTE) }))).json.code;
    await expect(restore(user, code)).rejects.toMatchObject({
      code: "storage_limit_exceeded",
      details: "You have 0 bytes left but this needs 14",
    });
    await remove(user, big);
    await pool().query("UPDATE projects SET deleted_at = now() - interval '31 days' WHERE code = $1", [code]);
    await expect(restore(user, code)).rejects.toMatchObject({ code: "project_not_found" });
  });
});

describe("user-projects", () => {
  async function fill(user: string) {
    for (let i = 0; i < 3; i++) await save(draft(user, { title: `Text ${i}` }));
    await save(draft(user, { title: "A story", project_type: "story" }));
    const picture = { app_source: "imagegene", project_type: "ai_image", content: "https://p.example/a.png" };
    for (let i = 0; i < 2; i++) await save(draft(user, { title: `Picture ${i}`, ...picture }));
  }

  it("shows every app's projects, newest first, under all of the contract's names", async () => {
    const user = await newPerson(0);
    await fill(user);
    const { json } = await list(user);
    expect(json).toMatchObject({
      ...{ total_projects: 6, total_count: 6, penora_count: 4, imagegene_count: 2, user_id: user },
      ...{ next_cursor: null, storage: { total_projects: 6 } },
    });
    expect(json.storage_stats).toEqual(json.storage);
    expect(json.all_projects).toEqual(json.projects);
    expect(json.projects.map((project: { title: string }) => project.title)).toEqual([
      ...["Picture 1", "Picture 0", "A story", "Text 2", "Text 1", "Text 0"],
    ]);
    expect(json.penora_projects).toHaveLength(4);
    expect(json.imagegene_projects).toHaveLength(2);
    expect(json.imagegene_projects[0].content).toBeNull();
    expect(json.projects[0].content).toBe("https://p.example/a.png");
    expect(
      (await callDoor(projectsDoor, { path: `/api/unified/projects?user_id=${user}` })).json,
    ).toMatchObject({
      all_projects: json.all_projects,
    });
  });

  it.each([
    ["&app_filter=ImageGene", 2],
    ["&app=penora", 4],
    ["&app_filter=all", 6],
    ["&app_filter=", 6],
    ["&project_type=story", 1],
    ["&app_filter=imagegene&project_type=story", 0],
    ["&app_filter=unknown", 0],
  ])("filters with %s, and counts the whole list under the filters", async (query, count) => {
    const user = await newPerson(0);
    await fill(user);
    const { json } = await list(user, `${query}&limit=1`);
    expect(json.total_count).toBe(count);
    expect(json.penora_count + json.imagegene_count).toBe(count);
    expect(json.projects).toHaveLength(Math.min(1, count));
    expect(json.storage.total_projects).toBe(6);
  });

  it("pages without gap or repeat while projects are added", async () => {
    const user = await newPerson(0);
    await pool().query(
      `INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count, created_at)
       SELECT 'PAGE' || substr($2, 1, 8) || n, $1, n, 'x', 'penora', 'text', 1, 1, now() - interval '1 hour'
       FROM generate_series(1, 25) n`,
      [user, randomUUID().toUpperCase().replaceAll("-", "")],
    );
    await pool().query("UPDATE users SET project_count = 25, storage_used_bytes = 25 WHERE id = $1", [user]);
    const seen: string[] = [];
    let cursor: string | null = "";
    for (let pages = 0; cursor !== null; pages++) {
      expect(pages).toBeLessThan(10);
      const { json } = await list(user, `&limit=7${cursor && `&cursor=${q(cursor)}`}`);
      seen.push(...json.projects.map((project: { code: string }) => project.code));
      await save(draft(user));
      cursor = json.next_cursor;
    }
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
  });

  it("reads a limit over 200 as 200", async () => {
    const user = await newPerson(0);
    await pool().query(
      `INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count)
       SELECT 'MANY' || n, $1, 'T', 'x', 'penora', 'text', 1, 1 FROM generate_series(1, 230) n`,
      [user],
    );
    await pool().query("UPDATE users SET project_count = 230, storage_used_bytes = 230 WHERE id = $1", [
      user,
    ]);
    expect((await list(user, "&limit=100000")).json.projects).toHaveLength(200);
    expect((await list(user)).json.projects).toHaveLength(230);
  });

  it("leaves contents out of an answer past 4 MB, newest first, and says so", async () => {
    const user = await newPerson(0);
    await pool().query("UPDATE users SET storage_limit_bytes = 20000000 WHERE id = $1", [user]);
    for (let i = 0; i < 5; i++) await save(draft(user, { content: '"'.repeat(600_000) }));
    const told = await list(user);
    expect(JSON.stringify(told.json).length).toBeLessThan(4 * MEGABYTE);
    expect(told.json.content_omitted).toBe(true);
    expect(told.json.projects.map((project: { content: string | null }) => project.content !== null)).toEqual(
      [...[true, false, false, false, false]],
    );
    expect(told.json.projects[1]).toMatchObject({
      content: null,
      content_omitted: true,
      size_bytes: 600_000,
    });
    expect((await list(user, "&include_content=false")).json.content_omitted).toBeUndefined();
  });

  it("answers user_not_found for a person nobody made", async () => {
    for (const told of [await list("nobody-at-all"), await stats("nobody-at-all")]) {
      expect(told.json).toMatchObject({ code: "user_not_found" });
    }
  });
});

describe("storage-stats", () => {
  it("breaks the space down by app, the largest first", async () => {
    const user = await newPerson(0);
    await save(draft(user, { content: "x".repeat(MEGABYTE / 4) }));
    await save(draft(user, { content: "x".repeat(MEGABYTE / 2), app_source: "notes" }));
    const { json } = await stats(user);
    expect(json).toMatchObject({
      storage_stats: {
        used_mb: 0.75,
        limit_mb: 1,
        available_mb: 0.25,
        usage_percentage: 75,
        total_projects: 2,
      },
      breakdown: {
        penora_mb: 0.25,
        imagegene_mb: 0,
        total_projects: 2,
        penora_projects: 1,
        imagegene_projects: 0,
      },
      apps: [
        { app_source: "notes", size_mb: 0.5, projects: 1 },
        { app_source: "penora", size_mb: 0.25, projects: 1 },
      ],
    });
  });

  it("is all zeros for somebody with nothing", async () => {
    expect((await stats(await newPerson(0))).json).toMatchObject({
      storage_stats: { used_bytes: 0, total_projects: 0 },
      apps: [],
    });
  });
});
