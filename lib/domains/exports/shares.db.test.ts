import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { DELETE as revokeDoor } from "@/app/api/me/projects/[code]/shares/[id]/route";
import * as shares from "@/app/api/me/projects/[code]/shares/route";
import { GET as pictureDoor } from "@/app/api/shares/[token]/pictures/[code]/route";
import { pool } from "@/lib/database/client";
import { deleteProject } from "@/lib/domains/workspace/delete-project";
import { saveProject, type SaveInput } from "@/lib/domains/workspace/save-project";
import { updateProject } from "@/lib/domains/workspace/update-project";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { signedIn } from "@/lib/testing/signed-in";
import { findSharedProject } from "./shared-project";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

const save = async (user: string, changes: Partial<SaveInput> = {}) => {
  const draft = {
    app_source: "penora",
    project_type: "text",
    title: "Sea",
    content: "One *two* <b>three</b>.",
  };
  return (await saveProject({ user_id: user, ...draft, caller: ROOT_CALLER, ...changes })).result.code;
};

async function person() {
  const user = await newPerson(0);
  const headers = await signedIn(user);
  const ask = (code: string, method = "GET", body?: object) =>
    callDoor(method === "GET" ? shares.GET : shares.POST, {
      ...{ path: `/api/me/projects/${code}/shares`, params: { code }, key: null, method, headers },
      ...(body === undefined ? {} : { body }),
    });
  const share = async (code: string, body = {}) => {
    const told = await ask(code, "POST", body);
    const { id, url } = told.json.share as { id: string; url: string };
    return { id, url, token: url.split("/").at(-1) ?? "" };
  };
  const revoke = (code: string, id: string, more = {}) =>
    callDoor(revokeDoor, {
      ...{ path: `/api/me/projects/${code}/shares/${id}`, params: { code, id }, key: null, method: "DELETE" },
      headers: { ...headers, ...more },
    });
  return { user, ask, share, revoke };
}

describe("a link that shares", () => {
  it("shows the text as it is now, safe, with its writer's name and nothing else of them", async () => {
    const { user, share } = await person();
    const code = await save(user);
    const { url, token } = await share(code);
    expect(url).toMatch(/^http:\/\/localhost:3000\/share\/[\w-]{32}$/);
    const shared = await findSharedProject(token);
    expect(shared?.markup).toBe("<p>One <em>two</em> &lt;b&gt;three&lt;/b&gt;.</p>");
    expect(shared).toMatchObject({ title: "Sea", words: 5, picture: null, label: null });
    expect(JSON.stringify(shared)).not.toContain("@");
    expect(JSON.stringify(shared)).not.toContain(user);
    await updateProject({ user_id: user, code, content: "New words.", caller: ROOT_CALLER });
    expect((await findSharedProject(token))?.markup).toBe("<p>New words.</p>");
  });

  it("finds nothing once it is revoked, past its time, or its project is deleted", async () => {
    const { user, share, revoke, ask } = await person();
    const code = await save(user);
    const [revoked, past, living] = [
      await share(code),
      await share(code, { expires_in_days: 1 }),
      await share(code),
    ];
    expect((await revoke(code, revoked.id)).json.revoked).toBe(true);
    await pool().query(
      "UPDATE project_shares SET created_at = now() - interval '2 days', expires_at = now() - interval '1 second' WHERE id = $1",
      [past.id],
    );
    expect((await ask(code)).json.shares.map(({ id }: { id: string }) => id)).toEqual([living.id]);
    for (const { token } of [revoked, past]) expect(await findSharedProject(token)).toBeNull();
    expect(await findSharedProject(living.token)).not.toBeNull();
    await deleteProject({ user_id: user, code, caller: ROOT_CALLER });
    expect(await findSharedProject(living.token)).toBeNull();
    for (const token of ["", "x".repeat(32), `${living.token}x`, "%"])
      expect(await findSharedProject(token)).toBeNull();
  });

  it("is revoked once under one key, and by nobody else", async () => {
    const [ada, eve] = [await person(), await person()];
    const code = await save(ada.user);
    const { id, token } = await ada.share(code);
    expect((await eve.revoke(code, id)).status).toBe(404);
    expect((await eve.ask(code)).status).toBe(404);
    expect((await eve.ask(code, "POST", {})).status).toBe(404);
    const key = { "Idempotency-Key": randomUUID() };
    const first = await ada.revoke(code, id, key);
    expect(first.status).toBe(200);
    expect((await ada.revoke(code, id, key)).json).toEqual(first.json);
    expect((await ada.revoke(code, id)).status).toBe(404);
    expect(await findSharedProject(token)).toBeNull();
  });

  it("is one of ten at most, however many are asked for at once", async () => {
    const { user, ask } = await person();
    const code = await save(user);
    const told = await Promise.all(Array.from({ length: 14 }, () => ask(code, "POST", {})));
    expect(told.filter(({ status }) => status === 200)).toHaveLength(10);
    expect(told.filter(({ json }) => json.code === "too_many_shares")).toHaveLength(4);
    expect((await ask(code)).json.shares).toHaveLength(10);
  });

  it("shows the pictures of its text, and no other picture of its owner", async () => {
    const { user, share, revoke } = await person();
    const picture = { project_type: "ai_image", app_source: "imagegene", content: PNG };
    const [inText, beside] = [await save(user, picture), await save(user, picture)];
    const code = await save(user, { content: `![Sea](penora:${inText})` });
    const { id, token } = await share(code);
    expect((await findSharedProject(token))?.markup).toContain(
      `src="/api/shares/${token}/pictures/${inText}"`,
    );
    const look = (one: string) =>
      pictureDoor(new Request(`http://localhost:3000/api/shares/${token}/pictures/${one}`), {
        params: Promise.resolve({ token, code: one }),
      });
    const shown = await look(inText);
    expect(shown.headers.get("Content-Type")).toBe("image/png");
    expect((await look(beside)).status).toBe(404);
    expect((await look(code)).status).toBe(404);
    await revoke(code, id);
    expect((await look(inText)).status).toBe(404);

    const alone = await share(beside);
    expect(await findSharedProject(alone.token)).toMatchObject({
      picture: `/api/shares/${alone.token}/pictures/${beside}`,
      markup: "",
    });
  });
});
