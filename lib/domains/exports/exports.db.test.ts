import { randomUUID } from "node:crypto";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { GET as openDoor } from "@/app/api/export-links/open/route";
import { POST as workspaceLinkDoor } from "@/app/api/me/export-links/route";
import { GET as workspaceDoor } from "@/app/api/me/export/route";
import { GET as formatsDoor } from "@/app/api/me/projects/[code]/export-formats/route";
import { POST as linkDoor } from "@/app/api/me/projects/[code]/export-links/route";
import { GET as exportDoor } from "@/app/api/me/projects/[code]/export/route";
import { GET as pictureDoor } from "@/app/api/me/projects/[code]/picture/route";
import { DELETE as deleteDoor } from "@/app/api/me/projects/[code]/route";
import { endSession } from "@/lib/domains/sessions/end-session";
import { readSession } from "@/lib/domains/sessions/read-session";
import { saveProject, type SaveInput } from "@/lib/domains/workspace/save-project";
import { updateProject } from "@/lib/domains/workspace/update-project";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";
import { signedIn } from "@/lib/testing/signed-in";

const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

const save = async (user: string, changes: Partial<SaveInput> = {}) => {
  const draft = { app_source: "penora", project_type: "text", title: "Sea", content: "One *two* three." };
  return (await saveProject({ user_id: user, ...draft, caller: ROOT_CALLER, ...changes })).result.code;
};

async function person() {
  const user = await newPerson(0);
  const headers = await signedIn(user);
  const session = (await readSession(headers.cookie ?? headers.Cookie ?? null))?.sessionId ?? "";
  const file = (door: typeof exportDoor, path: string, code = "", more = headers) =>
    door(new Request(`http://localhost:3000${path}`, { headers: more }), {
      params: Promise.resolve({ code }),
    });
  const take = (code: string, format: string) =>
    file(exportDoor, `/api/me/projects/${code}/export?format=${format}`, code);
  const link = async (code: string, format: string) =>
    callDoor(linkDoor, {
      ...{ path: `/api/me/projects/${code}/export-links`, params: { code }, key: null, method: "POST" },
      ...{ body: { format }, headers },
    });
  return { user, headers, session, file, take, link };
}

/** Opens a link as a browser without any cookie does. */
const open = (url: string) => openDoor(new Request(url), { params: Promise.resolve({}) });

describe("a project as a file", () => {
  it("bears its title's own letters, and is never shown by the browser itself", async () => {
    const { user, take } = await person();
    const code = await save(user, { title: "Über <Meer>", content: "Eins.\n\n<b>Zwei</b>" });
    const txt = await take(code, "txt");
    expect(txt.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(txt.headers.get("Content-Disposition")).toBe(
      `attachment; filename="_ber Meer.txt"; filename*=UTF-8''%C3%9Cber%20Meer.txt`,
    );
    expect(txt.headers.get("Content-Security-Policy")).toContain("sandbox");
    expect(txt.headers.get("Cache-Control")).toBe("no-store");
    expect(await txt.text()).toContain("Eins.\n\n<b>Zwei</b>\n");
    for (const [format, type] of [
      ["pdf", "application/pdf"],
      ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
      ["epub", "application/epub+zip"],
      ["html", "text/html; charset=utf-8"],
      ["md", "text/markdown; charset=utf-8"],
      ["zip", "application/zip"],
    ] as const) {
      const reply = await take(code, format);
      expect([reply.status, reply.headers.get("Content-Type")]).toEqual([200, type]);
      expect((await reply.arrayBuffer()).byteLength).toBeGreaterThan(20);
    }
    expect((await take(code, "exe")).status).toBe(400);
  });

  it("is nobody else's, and not there once it is deleted", async () => {
    const [ada, eve] = [await person(), await person()];
    const code = await save(ada.user);
    expect((await eve.take(code, "md")).status).toBe(404);
    expect((await eve.link(code, "md")).json.code).toBe("project_not_found");
    await callDoor(deleteDoor, {
      ...{ path: `/api/me/projects/${code}`, params: { code }, key: null, method: "DELETE" },
      headers: ada.headers,
    });
    expect((await ada.take(code, "md")).status).toBe(404);
  });

  it("holds the pictures of its owner that it refers to, and no one else's", async () => {
    const [ada, eve] = [await person(), await person()];
    const picture = { project_type: "ai_image", app_source: "imagegene", content: PNG };
    const [mine, hers] = [await save(ada.user, picture), await save(eve.user, picture)];
    const code = await save(ada.user, { content: `![My](penora:${mine})\n\n![Hers](penora:${hers})` });
    const html = await (await ada.take(code, "html")).text();
    expect(html.match(new RegExp(`data:image/png;base64,`, "g"))).toHaveLength(1);
    expect(html).toContain("[Picture: Hers]");
    expect((await ada.file(pictureDoor, "/", hers)).status).toBe(404);
    const shown = await ada.file(pictureDoor, "/", mine);
    expect(shown.headers.get("Content-Type")).toBe("image/png");
    expect(Buffer.from(await shown.arrayBuffer()).toString("base64")).toBe(PNG);
    expect((await ada.file(pictureDoor, "/", code)).status).toBe(404);
  });

  it("of a picture is its bytes; of one that lies elsewhere a redirect that we don't follow", async () => {
    const { user, take, file } = await person();
    const stored = await save(user, { project_type: "ai_image", content: PNG });
    const reply = await take(stored, "picture");
    expect(reply.headers.get("Content-Type")).toBe("image/png");
    expect(Buffer.from(await reply.arrayBuffer()).toString("base64")).toBe(PNG);
    const far = await save(user, { project_type: "ai_image", content: "https://pictures.example/a.png" });
    expect((await take(far, "picture")).status).toBe(400);
    expect(await (await take(far, "txt")).text()).toContain("https://pictures.example/a.png");
    const shown = await file(pictureDoor, "/", far);
    expect([shown.status, shown.headers.get("Location")]).toEqual([307, "https://pictures.example/a.png"]);
  });

  it("says before in which formats it can't be had, and then refuses with the same words", async () => {
    const { user, headers, take, link } = await person();
    const code = await save(user, { content: "中文" });
    const told = await callDoor(formatsDoor, {
      ...{ path: `/api/me/projects/${code}/export-formats`, params: { code }, key: null },
      headers,
    });
    const pdf = told.json.formats.find((one: { format: string }) => one.format === "pdf");
    const reason = "PDF can’t draw Chinese (Han): 中, 文. The other formats can.";
    expect(pdf).toEqual({ format: "pdf", available: false, reason });
    expect((await link(code, "pdf")).json).toMatchObject({ code: "not_drawable", error: reason });
    expect((await take(code, "pdf")).status).toBe(422);
    expect((await take(code, "docx")).status).toBe(200);
  });
});

describe("a link of five minutes", () => {
  it("gives the file to a browser that sends no cookie", async () => {
    const { user, link } = await person();
    const { json } = await link(await save(user), "md");
    const left = Date.parse(json.expires_at) - Date.now();
    expect(left).toBeGreaterThan(200_000);
    expect(left).toBeLessThanOrEqual(300_000);
    expect(json.url).not.toContain(user);
    const reply = await open(json.url);
    expect(await reply.text()).toContain("One *two* three.");
    expect(reply.headers.get("Cache-Control")).toBe("no-store");
  });

  it("is good for nothing else: changed in any place it is none", async () => {
    const { user, link } = await person();
    const url = new URL((await link(await save(user), "md")).json.url as string);
    const token = url.searchParams.get("link_token") ?? "";
    const [body = "", signature = ""] = token.split(".");
    const other = (await link(await save(user, { title: "Other" }), "txt")).json.url as string;
    const otherBody = new URL(other).searchParams.get("link_token")?.split(".")[0] ?? "";
    for (const wrong of [
      ...[
        `${otherBody}.${signature}`,
        `${body}.`,
        `${body}`,
        `.${signature}`,
        `${token}.x`,
        `${body}x.${signature}`,
      ],
      `${body}.${signature.slice(0, -2)}AA`,
    ]) {
      url.searchParams.set("link_token", wrong);
      expect([wrong, (await open(url.href)).status]).toEqual([wrong, 404]);
    }
  });

  it("ends with the session that asked for it, and when the text changes", async () => {
    const { user, session, link } = await person();
    const code = await save(user);
    const before = (await link(code, "md")).json.url as string;
    await updateProject({ user_id: user, code, content: "Other words.", caller: { ...ROOT_CALLER } });
    expect((await open(before)).status).toBe(409);
    const after = (await link(code, "md")).json.url as string;
    expect((await open(after)).status).toBe(200);
    await endSession({ userId: user, sessionId: session }, true);
    expect((await open(after)).status).toBe(404);
  });
});

describe("the whole workspace", () => {
  it("is one ZIP, each text in the format, each picture as it is, no name twice", async () => {
    const { user, file, headers } = await person();
    const first = await save(user, { title: "Sea", content: "First." });
    const second = await save(user, { title: "SEA", content: "Second." });
    const picture = await save(user, { title: "Blue", project_type: "ai_image", content: PNG });
    const han = await save(user, { title: "Han", content: "中文" });
    const all = await file(workspaceDoor, "/api/me/export?format=pdf");
    expect(all.headers.get("Content-Disposition")).toMatch(/filename="Penora \d{4}-\d\d-\d\d \(pdf\)\.zip"/);
    const files = unzipSync(new Uint8Array(await all.arrayBuffer()));
    expect(Object.keys(files).sort()).toEqual(
      ["Blue.png", "Not in here.txt", "SEA.pdf", `Sea (${first}).pdf`].sort(),
    );
    expect(Buffer.from(files["Not in here.txt"] ?? []).toString()).toContain(`Han (${han}): PDF can’t draw`);
    expect(Buffer.from(files["Blue.png"] ?? []).toString("base64")).toBe(PNG);

    const two = await callDoor(workspaceLinkDoor, {
      ...{ path: "/api/me/export-links", key: null, method: "POST", headers },
      body: { format: "txt", codes: [second, picture] },
    });
    const named = unzipSync(new Uint8Array(await (await open(two.json.url as string)).arrayBuffer()));
    expect(Object.keys(named).sort()).toEqual(["Blue.png", "SEA.txt"]);
    expect(
      (await file(workspaceDoor, `/api/me/export?format=txt&codes=${randomUUID().slice(0, 6).toUpperCase()}`))
        .status,
    ).toBe(404);
  });

  it("of somebody who has none is not there, and holds nobody else's", async () => {
    const [ada, eve] = [await person(), await person()];
    const code = await save(ada.user);
    expect((await eve.file(workspaceDoor, "/api/me/export?format=txt")).status).toBe(404);
    expect((await eve.file(workspaceDoor, `/api/me/export?format=txt&codes=${code}`)).status).toBe(404);
  });
});
