import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import * as mine from "@/app/api/me/projects/[code]/route";
import { POST as restoreDoor } from "@/app/api/me/projects/[code]/restore/route";
import { GET as listDoor } from "@/app/api/me/projects/route";
import type { Door } from "@/lib/http/route";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { broken } from "@/lib/testing/invariant";
import { signedIn } from "@/lib/testing/signed-in";
import { saveProject, type SaveInput } from "./save-project";

const save = async (user: string, changes: Partial<SaveInput> = {}) => {
  const draft = { app_source: "imagegene", project_type: "text", title: "Sea", content: "One two three." };
  return (await saveProject({ user_id: user, ...draft, caller: ROOT_CALLER, ...changes })).result.code;
};

async function person() {
  const user = await newPerson(0);
  const headers = await signedIn(user);
  const ask = (door: Door, code: string, options: { method?: string; body?: object; more?: object } = {}) =>
    callDoor(door, {
      ...{ path: `/api/me/projects/${code}`, params: { code }, key: null, method: options.method ?? "GET" },
      ...(options.body === undefined ? {} : { body: options.body }),
      headers: { ...headers, ...options.more },
    });
  const list = (query = "") => callDoor(listDoor, { path: `/api/me/projects${query}`, key: null, headers });
  return { user, headers, ask, list };
}

describe("my projects", () => {
  it("are those of every app, and mine to rename, delete and bring back", async () => {
    const { user, ask, list } = await person();
    const code = await save(user);
    expect((await list()).json).toMatchObject({ total_projects: 1, projects: [{ code, content: null }] });
    const renamed = await ask(mine.PATCH, code, { method: "PATCH", body: { title: "Tide" } });
    expect(renamed.json.project).toMatchObject({ title: "Tide", app_source: "imagegene", version: 2 });
    const key = { "Idempotency-Key": randomUUID() };
    const deleted = await ask(mine.DELETE, code, { method: "DELETE", more: key });
    expect(deleted.json).toMatchObject({ deleted: true, storage: { used_bytes: 0 } });
    expect((await ask(mine.DELETE, code, { method: "DELETE", more: key })).json).toEqual(deleted.json);
    expect((await ask(mine.GET, code)).status).toBe(404);
    expect((await ask(restoreDoor, code, { method: "POST", body: {} })).json.project).toMatchObject({ code });
    expect((await ask(mine.GET, code)).json.project).toMatchObject({
      title: "Tide",
      content: "One two three.",
    });
    expect(await broken()).toEqual([]);
  });

  it("can be searched by words of their titles and texts, which are no pattern", async () => {
    const { user, list } = await person();
    for (const title of ["Ship at sea", "50% of a SHIP", "Harbour"]) await save(user, { title });
    await save(user, { title: "Tide", content: "No Lantern anywhere." });
    const titles = async (search: string) =>
      (await list(`?search=${encodeURIComponent(search)}`)).json.projects.map(
        (project: { title: string }) => project.title,
      );
    expect(await titles("ship")).toEqual(["50% of a SHIP", "Ship at sea"]);
    expect(await titles("%")).toEqual(["50% of a SHIP"]);
    expect(await titles("_")).toEqual([]);
    expect(await titles("no lantern")).toEqual(["Tide"]);
  });

  it("are nobody else's", async () => {
    const [ada, eve] = [await person(), await person()];
    const code = await save(ada.user);
    for (const told of [
      await eve.ask(mine.GET, code),
      await eve.ask(mine.PATCH, code, { method: "PATCH", body: { title: "Mine" } }),
      await eve.ask(mine.DELETE, code, { method: "DELETE" }),
    ]) {
      expect(told.json).toMatchObject({ code: "project_not_found" });
    }
    expect((await eve.list()).json.total_projects).toBe(0);
  });

  it("are closed to guests, to keys, to other sites, and to a page made for somebody else", async () => {
    const { user, ask } = await person();
    const code = await save(user);
    const asked = { path: `/api/me/projects/${code}`, params: { code } };
    expect((await callDoor(mine.GET, { ...asked, key: null })).json.code).toBe("not_signed_in");
    expect((await callDoor(mine.GET, asked)).json.code).toBe("not_signed_in");
    const body = { title: "Mine" };
    const elsewhere = { Origin: "https://elsewhere.example" };
    expect((await ask(mine.PATCH, code, { method: "PATCH", body, more: elsewhere })).json.code).toBe(
      "cross_site",
    );
    const stranger = { "X-Penora-User": "somebody-else" };
    const told = await ask(mine.PATCH, code, { method: "PATCH", body, more: stranger });
    expect(told.json).toMatchObject({ code: "session_changed", user_id: user });
    expect((await ask(mine.GET, code)).json.project.title).toBe("Sea");
  });

  it("tell of a change in another tab instead of losing it", async () => {
    const { user, ask } = await person();
    const code = await save(user);
    const rename = (title: string) => ask(mine.PATCH, code, { method: "PATCH", body: { title, version: 1 } });
    expect((await rename("First")).status).toBe(200);
    expect((await rename("Second")).json).toMatchObject({
      code: "version_conflict",
      title: "First",
      version: 2,
    });
  });
});
