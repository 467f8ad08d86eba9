import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as restoreDoor } from "@/app/api/unified/project/[code]/restore/route";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";
import { deleteProject } from "./delete-project";
import { findProject } from "./get-project";
import { saveProject } from "./save-project";

const restore = (code: string, user: string, how: { key?: string; headers?: Record<string, string> } = {}) =>
  callDoor(restoreDoor, {
    path: `/api/unified/project/${code}/restore`,
    params: { code },
    body: { user_id: user },
    ...how,
  });

async function binned(bytes = 100) {
  const user = await newPerson(0);
  const { result } = await saveProject({
    ...{ user_id: user, app_source: "penora", project_type: "text", title: "Gone" },
    ...{ content: "x".repeat(bytes), caller: ROOT_CALLER },
  });
  await deleteProject({ user_id: user, code: result.code, caller: ROOT_CALLER });
  return { user, code: result.code };
}

describe("restore", () => {
  it("brings a project back as it was, once, and gives one key one answer", async () => {
    const { user, code } = await binned();
    const how = { headers: { "Idempotency-Key": randomUUID() } };
    const first = await restore(code, user, how);
    expect([first.status, first.json.project]).toMatchObject([200, { code, title: "Gone", size_bytes: 100 }]);
    expect((await restore(code, user, how)).json).toEqual(first.json);
    expect((await restore(code, user)).json.code).toBe("project_not_found");
    expect(await findProject(user, code)).toMatchObject({ title: "Gone" });
  });

  it("is 404 for another person and 403 for another app", async () => {
    const { user, code } = await binned();
    expect((await restore(code, await newPerson(0))).json.code).toBe("project_not_found");
    const { key } = await newKey(["workspace:write"]);
    expect((await restore(code, user, { key })).json.code).toBe("app_mismatch");
  });

  it("is refused where there is no room, and changes nothing", async () => {
    const { user, code } = await binned(600_000);
    const more = { user_id: user, app_source: "penora", project_type: "text", title: "New" };
    await saveProject({ ...more, content: "y".repeat(600_000), caller: ROOT_CALLER });
    const told = await restore(code, user);
    expect([told.status, told.json.code]).toEqual([413, "storage_limit_exceeded"]);
    expect(await broken()).toEqual([]);
  });
});
