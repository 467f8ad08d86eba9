import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { inTransaction } from "@/lib/database/transaction";
import { AppError } from "@/lib/foundation/app-error";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { broken } from "@/lib/testing/invariant";
import { deleteProject, emptyOldBins } from "./delete-project";
import { emptyBin, removeProject } from "./remove-project";
import { restoreProject } from "./restore-project";
import { saveProject } from "./save-project";
import { updateProject } from "./update-project";

const LIMIT = 1_048_576;
let servers: DoorServer[];

beforeAll(async () => {
  servers = await startDoorServers(3);
});

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
});

const draft = (user: string, bytes: number, changes: object = {}) => ({
  ...{ user_id: user, app_source: "penora", project_type: "text", title: "Race", content: "x".repeat(bytes) },
  ...changes,
});

function storm(count: number, body: (i: number) => object, key?: string) {
  return Promise.all(
    Array.from({ length: count }, (_, i) => {
      const server = servers[i % servers.length] as DoorServer; // there are three
      return server.post("/api/unified/save-project", body(i), key);
    }),
  );
}

async function spaceOf(user: string) {
  const { rows } = await pool().query(
    "SELECT storage_used_bytes AS used, project_count AS projects, user_version AS version FROM users WHERE id = $1",
    [user],
  );
  return rows[0] as { used: number; projects: number; version: number };
}

/** The code of a refusal; any other error fails the test. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

describe("many at once, from three server processes", () => {
  it("admits one of two saves that race for the last 100 kB, 20 times", async () => {
    for (let round = 0; round < 20; round++) {
      const user = await newPerson(0);
      const rest = 100 * 1024;
      await saveProject({ ...draft(user, LIMIT - rest), caller: ROOT_CALLER });
      const told = await storm(2, (i) => draft(user, rest - i));
      expect(told.map((one) => one.status).sort()).toEqual([200, 413]);
      const refused = told.find((one) => one.status === 413);
      expect(refused?.json).toMatchObject({ code: "storage_limit_exceeded", storage: { total_projects: 2 } });
      expect(await spaceOf(user)).toMatchObject({ projects: 2, version: 3 });
    }
    expect(await broken()).toEqual([]);
  });

  it("admits exactly as many saves as fit, each with a code of its own", async () => {
    const user = await newPerson(0);
    const told = await storm(60, () => draft(user, 50_000));
    const admitted = told.filter((one) => one.status === 200);
    expect(admitted).toHaveLength(20);
    expect(new Set(admitted.map((one) => one.json.code)).size).toBe(20);
    expect(told.every((one) => one.status === 200 || one.json.code === "storage_limit_exceeded")).toBe(true);
    expect(await spaceOf(user)).toEqual({ used: 1_000_000, projects: 20, version: 21 });
    expect(await broken()).toEqual([]);
  });

  it("saves once for 30 equal keys, and gives all of them one answer", async () => {
    const user = await newPerson(0);
    const told = await storm(30, () => draft(user, LIMIT), randomUUID());
    expect(told.every((one) => one.status === 200)).toBe(true);
    expect(new Set(told.map((one) => one.text)).size).toBe(1);
    expect(told.filter((one) => !one.replayed)).toHaveLength(1);
    expect(await spaceOf(user)).toEqual({ used: LIMIT, projects: 1, version: 2 });
  });

  it("lets one of many changes to a version through, and grows the version by one", async () => {
    const user = await newPerson(0);
    const { code } = (await saveProject({ ...draft(user, 100), caller: ROOT_CALLER })).result;
    const told = await storm(30, (i) => draft(user, 200 + i, { project_code: code, version: 1 }));
    expect(told.filter((one) => one.status === 200)).toHaveLength(1);
    const refused = told.filter((one) => one.status !== 200);
    expect(refused.every((one) => one.json.code === "version_conflict" && one.json.version === 2)).toBe(true);
    expect(await broken()).toEqual([]);
  });

  it("counts every byte of changes that name no version", async () => {
    const user = await newPerson(0);
    const { code } = (await saveProject({ ...draft(user, 100), caller: ROOT_CALLER })).result;
    const told = await storm(40, (i) => draft(user, 1_000 + i * 37, { project_code: code }));
    expect(told.every((one) => one.status === 200)).toBe(true);
    expect(new Set(told.map((one) => one.json.version)).size).toBe(40);
    expect(await broken()).toEqual([]);
  });
});

describe("commands that meet", () => {
  it("a delete, a change, a restore and the emptying of bins never wait in a circle, and the bytes add up", async () => {
    for (let round = 0; round < 15; round++) {
      const user = await newPerson(0);
      const saved = await Promise.all(
        Array.from({ length: 4 }, () => saveProject({ ...draft(user, 200_000), caller: ROOT_CALLER })),
      );
      const codes = saved.map((one) => one.result.code);
      const caller = ROOT_CALLER;
      const all = codes.flatMap((code) => [
        outcome(deleteProject({ user_id: user, code, caller })),
        outcome(updateProject({ user_id: user, code, content: "y".repeat(250_000), caller })),
        outcome(restoreProject({ user_id: user, code, caller })),
        outcome(deleteProject({ user_id: user, code, caller })),
        outcome(emptyOldBins()),
        outcome(removeProject({ user_id: user, code, caller })),
        outcome(emptyBin({ user_id: user, until: new Date(), caller })),
      ]);
      const known = ["done", "project_not_found", "storage_limit_exceeded"];
      expect((await Promise.all(all)).filter((one) => !known.includes(one))).toEqual([]);
    }
    expect(await broken()).toEqual([]);
  });

  it("of two deletions one has the effect, and the bytes come back once", async () => {
    const user = await newPerson(0);
    const { code } = (await saveProject({ ...draft(user, 1_000), caller: ROOT_CALLER })).result;
    const told = await Promise.all(
      Array.from({ length: 8 }, () => outcome(deleteProject({ user_id: user, code, caller: ROOT_CALLER }))),
    );
    expect(told.filter((one) => one === "done")).toHaveLength(1);
    expect(await spaceOf(user)).toMatchObject({ used: 0, projects: 0 });
  });

  it("of a removal and a restore one has the effect: no byte is counted for what is gone, 40 times", async () => {
    for (let round = 0; round < 40; round++) {
      const user = await newPerson(0);
      const { code } = (await saveProject({ ...draft(user, 1_000), caller: ROOT_CALLER })).result;
      await deleteProject({ user_id: user, code, caller: ROOT_CALLER });
      const asked = { user_id: user, code, caller: ROOT_CALLER };
      const [restored, ...gone] = await Promise.all([
        outcome(restoreProject(asked)),
        outcome(removeProject(asked)),
        outcome(removeProject(asked)),
      ]);
      const back = restored === "done";
      expect([back, ...gone.map((one) => one === "done")].filter(Boolean)).toHaveLength(1);
      expect(await spaceOf(user)).toMatchObject(
        back ? { used: 1_000, projects: 1 } : { used: 0, projects: 0 },
      );
    }
    expect(await broken()).toEqual([]);
  });

  it("deletions at once leave at most 5 MB in the bin", async () => {
    const user = await newPerson(0);
    await pool().query("UPDATE users SET storage_limit_bytes = 20000000 WHERE id = $1", [user]);
    const saved = await Promise.all(
      Array.from({ length: 12 }, () => saveProject({ ...draft(user, 900_000), caller: ROOT_CALLER })),
    );
    await Promise.all(
      saved.map((one) => deleteProject({ user_id: user, code: one.result.code, caller: ROOT_CALLER })),
    );
    const { rows } = await pool().query(
      "SELECT count(*) AS n FROM projects WHERE user_id = $1 AND deleted_at IS NOT NULL",
      [user],
    );
    expect(rows).toEqual([{ n: 5 }]);
  });

  it("two sweeps empty every old bin once, and nothing that is younger or alive", async () => {
    const user = await newPerson(0);
    const save = async () => (await saveProject({ ...draft(user, 10), caller: ROOT_CALLER })).result.code;
    const [alive, young] = [await save(), await save()];
    await deleteProject({ user_id: user, code: young, caller: ROOT_CALLER });
    await pool().query(
      `INSERT INTO projects (code, user_id, title, content, app_source, project_type, size_bytes, word_count, deleted_at)
       SELECT 'OLD' || n, $1, 'T', 'x', 'penora', 'text', 1, 1, now() - interval '30 days 1 minute'
       FROM generate_series(1, 1300) n`,
      [user],
    );
    const removed = await Promise.all([emptyOldBins(), emptyOldBins(), emptyOldBins()]);
    const last = await emptyOldBins();
    expect(removed.reduce((sum, n) => sum + n, last)).toBe(1300);
    const { rows } = await pool().query<{ code: string }>("SELECT code FROM projects WHERE user_id = $1", [
      user,
    ]);
    expect(rows.map((row) => row.code).sort()).toEqual([alive, young].sort());
  });
});

describe("a save in somebody's transaction", () => {
  it("happens with it or not at all", async () => {
    const user = await newPerson(0);
    const input = { ...draft(user, 100), caller: ROOT_CALLER };
    await expect(
      inTransaction(async (connection) => {
        await saveProject(input, connection);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(await spaceOf(user)).toEqual({ used: 0, projects: 0, version: 1 });
    await inTransaction((connection) => saveProject(input, connection));
    expect(await spaceOf(user)).toEqual({ used: 100, projects: 1, version: 2 });
  });

  it("that is refused leaves the transaction usable", async () => {
    const user = await newPerson(0);
    await inTransaction(async (connection) => {
      expect(await outcome(saveProject({ ...draft(user, LIMIT + 1), caller: ROOT_CALLER }, connection))).toBe(
        "storage_limit_exceeded",
      );
      await saveProject({ ...draft(user, 7), caller: ROOT_CALLER }, connection);
    });
    expect(await spaceOf(user)).toEqual({ used: 7, projects: 1, version: 2 });
  });
});
