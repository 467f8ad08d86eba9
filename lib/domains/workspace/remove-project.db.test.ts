import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { broken } from "@/lib/testing/invariant";
import { deleteProject } from "./delete-project";
import { listBin } from "./list-bin";
import { emptyBin, removeProject } from "./remove-project";
import { restoreProject } from "./restore-project";
import { saveProject } from "./save-project";

const caller = ROOT_CALLER;
const repeated = () => ({
  ...caller,
  idempotency: { scope: "test", key: randomUUID(), requestHash: "same" },
});

async function saved(user: string, title = "Gone") {
  const draft = {
    user_id: user,
    app_source: "penora",
    project_type: "text",
    title,
    content: "x".repeat(100),
  };
  return (await saveProject({ ...draft, caller })).result.code;
}

async function binned(user: string, title?: string) {
  const code = await saved(user, title);
  await deleteProject({ user_id: user, code, caller });
  return code;
}

const rowsOf = async (code: string) =>
  (await pool().query("SELECT 1 FROM projects WHERE code = $1", [code])).rowCount;

describe("a project that is removed from the bin", () => {
  it("is gone for good, once, and leaves space and balance of the workspace as they are", async () => {
    const user = await newPerson(0);
    const code = await binned(user);
    const asked = { user_id: user, code, caller: repeated() };
    const first = await removeProject(asked);
    expect(first.result).toEqual({ removed: 1 });
    expect((await removeProject(asked)).result).toEqual({ removed: 1 });
    expect(await rowsOf(code)).toBe(0);
    expect((await listBin(user, null)).total).toBe(0);
    await expect(restoreProject({ user_id: user, code, caller })).rejects.toMatchObject({
      code: "project_not_found",
    });
    expect(await broken()).toEqual([]);
  });

  it("must lie in the bin of whoever asks", async () => {
    const user = await newPerson(0);
    const living = await saved(user);
    const theirs = await binned(await newPerson(0));
    for (const code of [living, theirs])
      await expect(removeProject({ user_id: user, code, caller })).rejects.toMatchObject({
        code: "project_not_found",
      });
    expect([await rowsOf(living), await rowsOf(theirs)]).toEqual([1, 1]);
  });
});

describe("a bin that is emptied", () => {
  it("keeps what came into it later, what lives, and what others threw away", async () => {
    const user = await newPerson(0);
    const [first, second] = [await binned(user), await binned(user)];
    const until = (await listBin(user, null)).projects[0]?.deletedAt as Date; // there are two
    const [living, theirs] = [await saved(user), await binned(await newPerson(0))];
    const later = await binned(user);
    await pool().query("UPDATE projects SET deleted_at = deleted_at + interval '1 second' WHERE code = $1", [
      later,
    ]);
    expect((await emptyBin({ user_id: user, until, caller })).result).toEqual({ removed: 2 });
    expect(await Promise.all([first, second, living, theirs, later].map(rowsOf))).toEqual([0, 0, 1, 1, 1]);
    expect((await emptyBin({ user_id: user, until, caller })).result).toEqual({ removed: 0 });
    expect(await broken()).toEqual([]);
  });
});
