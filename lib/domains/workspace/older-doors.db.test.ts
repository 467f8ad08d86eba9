import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { GET as findDoor } from "@/app/api/project/[code]/route";
import { GET as listDoor } from "@/app/api/user-projects/route";
import { database } from "@/lib/database/client";
import { END_ALL_SESSIONS } from "@/lib/domains/sessions/statements";
import { PEER_HEADER } from "@/lib/http/peer";
import { newKey, newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { signedIn } from "@/lib/testing/signed-in";
import { hubToken } from "@/lib/testing/tokens";
import { deleteProject } from "./delete-project";
import { saveProject } from "./save-project";

let user: string;
let stranger: string;
let code: string;

const save = async (userId: string, title: string, content: string, app = "penora") =>
  (
    await saveProject({
      user_id: userId,
      app_source: app,
      project_type: "story",
      title,
      content,
      caller: ROOT_CALLER,
    })
  ).result.code;

beforeEach(async () => {
  [user, stranger] = [await newPerson(5), await newPerson(5)];
  code = await save(user, "First", "Grüße 😀");
});

type How = { key?: string | null; headers?: Record<string, string> };
const list = (query = "", { key = null, headers = {} }: How = {}) =>
  callDoor(listDoor, { path: `/api/user-projects${query}`, key, headers });
const find = (of: string, query = "", { key = null, headers = {} }: How = {}) =>
  callDoor(findDoor, { path: `/api/project/${of}${query}`, key, headers, params: { code: of } });
const bearer = async (userId: string, claims: Record<string, unknown> = {}) => ({
  Authorization: `Bearer ${await hubToken({ user_id: userId, ...claims })}`,
});

describe("the older list of projects", () => {
  it("shows a person's projects of every app, newest first, in the older shape", async () => {
    const second = await save(user, "Second", "One two three.", "imagegene");
    await save(stranger, "Theirs", "x");
    const binned = await save(user, "Gone", "x");
    await deleteProject({ user_id: user, code: binned, caller: ROOT_CALLER });
    const { status, json } = await list("", { headers: await signedIn(user) });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      success: true,
      total_count: 2,
      api_version: "1.0",
      user_info: { user_id: user, username: "Test Person", email: "person@example.com" },
    });
    expect(json.projects).toMatchObject([
      { id: second, title: "Second", word_count: 3, type: "penora_project", app_source: "imagegene" },
      { id: code, title: "First", content: "Grüße 😀", size: 7, word_count: 1, type: "penora_project" },
    ]);
  });

  it("is an empty list for a person without projects, and 404 for nobody", async () => {
    expect((await list("", { headers: await signedIn(stranger) })).json).toMatchObject({
      projects: [],
      total_count: 0,
    });
    const { key } = await newKey(["workspace:read"]);
    expect((await list(`?user_id=${randomUUID()}`, { key })).json.code).toBe("user_not_found");
  });

  it("leaves contents out, and says so, where they would make the answer larger than 4 MB", async () => {
    // As JSON each of these bytes takes six.
    const fat = "\u0001".repeat(400_000);
    for (const title of ["a", "b"]) await save(stranger, title, fat);
    const { json } = await list("", { headers: await signedIn(stranger) });
    expect(json.projects.map((p: { content: string | null }) => p.content === null)).toEqual([false, true]);
    expect(json.projects[1]).toMatchObject({ content_omitted: true, size: 400_000 });
  });
});

describe("who may ask", () => {
  it("is a key that may read workspaces, for the person it names", async () => {
    const { key } = await newKey(["workspace:read"]);
    expect((await list(`?user_id=${user}`, { key })).json.total_count).toBe(1);
    expect((await find(code, `?user_id=${user}&api_key=${key}`)).json.project.id).toBe(code);
    expect((await find(code, `?user_id=${stranger}`, { key })).json.code).toBe("project_not_found");
    const nobody = await list("", { key });
    expect([nobody.status, nobody.json.error]).toEqual([400, "Missing required fields: user_id"]);
    const other = await newKey(["credits:read"]);
    expect((await list(`?user_id=${user}`, { key: other.key })).json.code).toBe("insufficient_scope");
    expect((await list(`?user_id=${user}`, { key: "pen_wrong" })).json.code).toBe("invalid_api_key");
  });

  it("is a person with a token in a header, for themselves only, and no session begins", async () => {
    const told = await list(`?user_id=${user}`, { headers: await bearer(user) });
    expect([told.status, told.json.total_count]).toEqual([200, 1]);
    expect(told.headers.get("set-cookie")).toBeNull();
    const other = { "X-Auth-Token": await hubToken({ user_id: user }) };
    expect((await find(code, "", { headers: other })).json.project.id).toBe(code);
    expect((await list(`?user_id=${stranger}`, { headers: other })).json.code).toBe("user_not_found");
    expect((await find(code, "", { headers: await bearer(stranger) })).json.code).toBe("project_not_found");
  });

  it("is nobody without one, with a bad token, or with one from before they signed out everywhere", async () => {
    const old = await bearer(user);
    const none = await list(`?user_id=${user}`);
    expect([none.status, none.json.code]).toEqual([401, "not_signed_in"]);
    expect(none.json.login_url).toMatch(/^https?:/);
    const forged = { Authorization: `Bearer ${await hubToken({ user_id: user }, { key: "x".repeat(40) })}` };
    expect((await list(`?user_id=${user}`, { headers: forged })).status).toBe(401);
    expect((await list(`?user_id=${user}`, { headers: await bearer(user, { exp: 1 }) })).status).toBe(401);
    expect((await list(`?user_id=${user}`, { headers: old })).status).toBe(200);
    await database.query(END_ALL_SESSIONS, [user]);
    expect((await list(`?user_id=${user}`, { headers: old })).status).toBe(401);
  });

  it("is whoever is signed in: a session goes before a token, and names nobody else", async () => {
    const session = await signedIn(user);
    const told = await list("", { headers: { ...session, ...(await bearer(stranger)) } });
    expect(told.json.user_info.user_id).toBe(user);
    expect((await list(`?user_id=${stranger}`, { headers: session })).json.code).toBe("user_not_found");
    const changed = await list("", { headers: { ...session, "X-Penora-User": stranger } });
    expect([changed.status, changed.json.code]).toEqual([409, "session_changed"]);
  });

  it("is limited by address where tokens are guessed", async () => {
    const headers = { ...(await bearer(user, { exp: 1 })), [PEER_HEADER]: "203.0.113.77" };
    const statuses = new Set<number>();
    for (let i = 0; i < 62; i++) statuses.add((await list("", { headers })).status);
    expect(statuses).toEqual(new Set([401, 429]));
  });
});
