import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as ofVersion from "@/app/api/me/projects/[code]/versions/[number]/route";
import * as restoring from "@/app/api/me/projects/[code]/versions/[number]/restore/route";
import * as versions from "@/app/api/me/projects/[code]/versions/route";
import { MAX_VERSIONS } from "@/lib/contract/versions";
import { pool } from "@/lib/database/client";
import type { Caller } from "@/lib/foundation/caller";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";
import { signedIn } from "@/lib/testing/signed-in";
import { deleteProject, emptyOldBins } from "./delete-project";
import { findProject } from "./get-project";
import { restoreProject } from "./restore-project";
import { saveProject } from "./save-project";
import { updateProject } from "./update-project";
import { getVersion, keepConflict, listVersions, restoreVersion } from "./versions";

const LIMIT = 1_048_576;
/** The person's own editor. */
const EDITOR: Caller = { ...ROOT_CALLER, kind: "session", app: "penora", admin: false };
const IMAGEGENE: Caller = { ...ROOT_CALLER, app: "imagegene" };

async function text(content: string, more: object = {}) {
  const user = await newPerson(0);
  const draft = { app_source: "imagegene", project_type: "text", title: "Sea", content };
  const { code } = (await saveProject({ user_id: user, ...draft, caller: ROOT_CALLER, ...more })).result;
  const write = (next: string, caller: Caller = EDITOR) =>
    updateProject({ user_id: user, code, content: next, caller });
  const kept = async () => {
    const { versions: list } = await listVersions({ user_id: user, code });
    const contents = list.map(
      async ({ number }) => (await getVersion({ user_id: user, code, number })).version,
    );
    return (await Promise.all(contents)).map((version) => version.content);
  };
  /** As if the newest version had been kept so long ago. */
  const wait = (minutes: number) =>
    pool().query("UPDATE projects SET kept_at = kept_at - make_interval(mins => $2) WHERE code = $1", [
      code,
      minutes,
    ]);
  return { user, code, write, kept, wait };
}

describe("a version", () => {
  it("is kept before the first words are written over, and then once in ten minutes", async () => {
    const { write, kept, wait } = await text("one two");
    await write("one 2");
    await write("one 3");
    expect(await kept()).toEqual(["one two"]);
    await wait(9);
    await write("one 4");
    expect(await kept()).toEqual(["one two"]);
    await wait(1);
    await write("one 5");
    expect(await kept()).toEqual(["one 4", "one two"]);
    expect(await broken()).toEqual([]);
  });

  it("is not kept of a text that only grew, was only renamed, or is a picture", async () => {
    const { user, code, write, kept } = await text("one");
    await write("one");
    await write("one two");
    await write("one two three");
    await updateProject({ user_id: user, code, title: "Tide", metadata: { a: 1 }, caller: EDITOR });
    expect(await kept()).toEqual([]);
    const picture = await text("https://example.com/a.png", { project_type: "ai_image" });
    await picture.write("https://example.com/b.png");
    expect(await picture.kept()).toEqual([]);
  });

  it("is kept whenever another app writes than before, and whenever more than half goes at once", async () => {
    const { user, code, write, kept } = await text("the first text");
    await write("my own text");
    await write("the app's text", IMAGEGENE);
    await write("my text again");
    expect(await kept()).toEqual(["the app's text", "my own text", "the first text"]);
    await write("my text again, and longer");
    await write("gone");
    expect(await kept()).toContain("my text again, and longer");
    const { versions: list } = await listVersions({ user_id: user, code });
    expect(list.map((one) => [one.reason, one.before_app])).toEqual([
      ["checkpoint", "penora"],
      ["checkpoint", "penora"],
      ["checkpoint", "imagegene"],
      ["checkpoint", "penora"],
    ]);
    expect(list[0]).toMatchObject({ number: 4, title: "Sea", size_bytes: 25, word_count: 5 });
  });

  it("is not kept by a write that is refused", async () => {
    const { user, code, write, kept } = await text("one two");
    await expect(write("x".repeat(LIMIT + 1))).rejects.toMatchObject({ code: "storage_limit_exceeded" });
    const stale = { user_id: user, code, content: "other", version: 7, caller: EDITOR };
    await expect(updateProject(stale)).rejects.toMatchObject({ code: "version_conflict" });
    expect(await kept()).toEqual([]);
  });

  it("goes with the oldest where a text has more than 20, and numbers are never given twice", async () => {
    const { user, code, write, kept, wait } = await text("text 0");
    for (let nth = 1; nth <= MAX_VERSIONS + 3; nth++) {
      await write(`text ${nth}`);
      await wait(10);
    }
    expect(await kept()).toEqual(
      Array.from({ length: MAX_VERSIONS }, (_, i) => `text ${MAX_VERSIONS + 2 - i}`),
    );
    expect((await listVersions({ user_id: user, code })).versions.at(-1)?.number).toBe(4);
    expect(await broken()).toEqual([]);
  });

  it("shares 5 MB with the bin: the oldest of both go first", async () => {
    const user = await newPerson(0);
    const save = async (content: string) =>
      (
        await saveProject({
          ...{
            user_id: user,
            app_source: "penora",
            project_type: "text",
            title: "T",
            content,
            caller: EDITOR,
          },
        })
      ).result.code;
    const binned: string[] = [];
    for (let nth = 0; nth < 3; nth++) {
      const code = await save("b".repeat(LIMIT - 10));
      await deleteProject({ user_id: user, code, caller: EDITOR });
      binned.push(code);
    }
    const code = await save("0".repeat(LIMIT - 10));
    for (let nth = 1; nth <= 3; nth++) {
      await updateProject({ user_id: user, code, content: `${nth}`.repeat(LIMIT - 10), caller: EDITOR });
      await pool().query("UPDATE projects SET kept_at = NULL WHERE code = $1", [code]);
    }
    expect((await listVersions({ user_id: user, code })).versions.map(({ number }) => number)).toEqual([
      3, 2, 1,
    ]);
    const left = await pool().query(
      "SELECT code FROM projects WHERE user_id = $1 AND deleted_at IS NOT NULL",
      [user],
    );
    expect(left.rows.map((row: { code: string }) => row.code).sort()).toEqual(binned.slice(1).sort());
    expect(await broken()).toEqual([]);
  });

  it("goes into the bin and comes back with its text, and goes for good with it", async () => {
    const { user, code, write, kept } = await text("one two");
    await write("one 2");
    await deleteProject({ user_id: user, code, caller: EDITOR });
    await expect(listVersions({ user_id: user, code })).rejects.toMatchObject({ code: "project_not_found" });
    await expect(getVersion({ user_id: user, code, number: 1 })).rejects.toMatchObject({
      code: "project_not_found",
    });
    await restoreProject({ user_id: user, code, caller: EDITOR });
    expect(await kept()).toEqual(["one two"]);
    await deleteProject({ user_id: user, code, caller: EDITOR });
    await pool().query("UPDATE projects SET deleted_at = now() - interval '31 days' WHERE code = $1", [code]);
    await emptyOldBins();
    expect(
      (await pool().query("SELECT 1 FROM project_versions WHERE project_code = $1", [code])).rows,
    ).toEqual([]);
  });
});

describe("restoring a version", () => {
  it("makes it the text again, keeps what it replaces, and can itself be undone", async () => {
    const { user, code, write, kept } = await text("one two three");
    await write("other words");
    const restored = await restoreVersion({ user_id: user, code, number: 1, version: 2, caller: EDITOR });
    expect(restored.result.project).toMatchObject({
      version: 3,
      word_count: 3,
      size_bytes: 13,
      title: "Sea",
    });
    expect((await findProject(user, code))?.content).toBe("one two three");
    expect(await kept()).toEqual(["other words", "one two three"]);
    await restoreVersion({ user_id: user, code, number: 2, caller: EDITOR });
    expect((await findProject(user, code))?.content).toBe("other words");
    expect(await broken()).toEqual([]);
  });

  it("happens once for a key, also where the version is gone by then", async () => {
    const { user, code, write } = await text("one two three");
    await write("other words");
    const caller = { ...EDITOR, idempotency: { scope: `user:${user}`, key: randomUUID(), requestHash: "h" } };
    const first = await restoreVersion({ user_id: user, code, number: 1, caller });
    await pool().query("DELETE FROM project_versions WHERE project_code = $1", [code]);
    const again = await restoreVersion({ user_id: user, code, number: 1, caller });
    expect(again.replayed).toBe(true);
    expect(again.result).toEqual(first.result);
    expect((await findProject(user, code))?.version).toBe(3);
  });

  it("is refused where it is gone, where the text is another by now, and where there is no room", async () => {
    const { user, code, write } = await text("x".repeat(600_000));
    await write("small");
    const restore = (more: object) =>
      restoreVersion({ user_id: user, code, number: 1, caller: EDITOR, ...more });
    await expect(restore({ number: 9 })).rejects.toMatchObject({ code: "not_found" });
    await expect(restore({ version: 1 })).rejects.toMatchObject({ code: "version_conflict" });
    await expect(restore({ user_id: await newPerson(0) })).rejects.toMatchObject({
      code: "project_not_found",
    });
    const filler = { app_source: "penora", project_type: "text", title: "F", content: "f".repeat(500_000) };
    await saveProject({ user_id: user, ...filler, caller: EDITOR });
    await expect(restore({})).rejects.toMatchObject({ code: "storage_limit_exceeded" });
    expect((await findProject(user, code))?.content).toBe("small");
    expect(await broken()).toEqual([]);
  });
});

describe("a conflict", () => {
  it("keeps what is stored and the text that met it, each once", async () => {
    const { user, code, kept } = await text("theirs");
    const keep = (content: string) => keepConflict({ user_id: user, code, content, caller: EDITOR });
    expect((await keep("mine")).result).toEqual({ kept: 2 });
    expect((await keep("mine")).result).toEqual({ kept: 0 });
    expect((await keep("mine, longer")).result).toEqual({ kept: 1 });
    expect((await keep("theirs")).result).toEqual({ kept: 0 });
    expect(await kept()).toEqual(["mine, longer", "mine", "theirs"]);
    expect(await findProject(user, code)).toMatchObject({ content: "theirs", version: 1 });
    await expect(
      keepConflict({ user_id: user, code: "NOSUCH", content: "x", caller: EDITOR }),
    ).rejects.toMatchObject({
      code: "project_not_found",
    });
  });
});

describe("the doors of versions", () => {
  it("list, show and restore for the owner, and know nothing for anybody else", async () => {
    const { user, code, write } = await text("one two three");
    await write("other words");
    const path = `/api/me/projects/${code}/versions`;
    const ask = async (who: string) => {
      const headers = await signedIn(who);
      return {
        list: await callDoor(versions.GET, { path, key: null, headers, params: { code } }),
        one: await callDoor(ofVersion.GET, {
          ...{ path: `${path}/1`, key: null, headers, params: { code, number: "1" } },
        }),
        keep: await callDoor(versions.POST, {
          path,
          key: null,
          headers,
          params: { code },
          body: { content: "my side" },
        }),
        restore: await callDoor(restoring.POST, {
          ...{
            path: `${path}/1/restore`,
            key: null,
            headers,
            params: { code, number: "1" },
            body: { version: 2 },
          },
        }),
      };
    };
    const stranger = await ask(await newPerson(0));
    for (const told of Object.values(stranger))
      expect(told.json).toMatchObject({ code: "project_not_found" });
    const mine = await ask(user);
    expect(mine.list.json.versions).toMatchObject([
      { number: 1, reason: "checkpoint", before_app: "penora" },
    ]);
    expect(mine.list.json.versions[0]).not.toHaveProperty("content");
    expect(mine.one.json.version).toMatchObject({ number: 1, content: "one two three" });
    expect(mine.keep.json).toMatchObject({ kept: 2 });
    expect(mine.restore.json.project).toMatchObject({ code, version: 3, content: null });
  });
});
