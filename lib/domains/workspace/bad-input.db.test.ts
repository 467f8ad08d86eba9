import { beforeAll, describe, expect, it } from "vitest";
import * as projectDoor from "@/app/api/unified/project/[code]/route";
import { POST as saveDoor } from "@/app/api/unified/save-project/route";
import { GET as statsDoor } from "@/app/api/unified/storage-stats/route";
import { GET as listDoor } from "@/app/api/unified/user-projects/route";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { callDoor } from "@/lib/testing/call-door";

const USER = "u-bad-input";
let code: string;

beforeAll(async () => {
  await newPerson(0, USER);
  const told = await callDoor(saveDoor, { path: "/api/unified/save-project", body: body() });
  code = told.json.code;
});

function body(changes: object = {}): object {
  return {
    ...{ user_id: USER, app_source: "penora", project_type: "text", title: "Sea", content: "One." },
    ...changes,
  };
}

/** All that a refused request could have changed. */
async function everything(): Promise<unknown> {
  const { rows } = await pool().query(
    `SELECT u.user_version, u.storage_used_bytes, u.project_count, p.* FROM users u
     LEFT JOIN projects p ON p.user_id = u.id WHERE u.id = $1 ORDER BY p.code`,
    [USER],
  );
  return rows;
}

const TEXT_FIELD_MISTAKES: [string, unknown][] = [
  ["a number", 7],
  ["a flag", true],
  ["a list", ["a"]],
  ["an object", { a: 1 }],
  ["NUL", "a\0b"],
  ["half a surrogate pair", "a\ud800b"],
];
const VERSION_MISTAKES: [string, unknown][] = [
  ["a fraction", 1.5],
  ["nothing", 0],
  ["below nothing", -1],
  ["past every version", 2_147_483_648],
  ["words", "1"],
];
const METADATA_MISTAKES: [string, unknown][] = [
  ["words", "a"],
  ["a list", [1]],
  ["more than 16 kB", { a: "x".repeat(17_000) }],
  ["NUL inside", { a: "\0" }],
];

const SAVE_MISTAKES: [string, unknown, number][] = [
  ...["user_id", "app_source", "project_type", "title", "content"].flatMap(
    (field): [string, unknown, number][] => [
      ...TEXT_FIELD_MISTAKES.filter(([, value]) => field !== "user_id" || value !== 7).map(
        ([name, value]): [string, unknown, number] => [`${field} is ${name}`, body({ [field]: value }), 400],
      ),
      [`${field} is missing`, body({ [field]: undefined }), 400],
      [`${field} is null`, body({ [field]: null }), 400],
      [`${field} is empty`, body({ [field]: "" }), 400],
    ],
  ),
  ["user_id has lost digits", JSON.stringify(body()).replace(`"${USER}"`, "123456789012345678901"), 400],
  ["user_id is a fraction", body({ user_id: 1.5 }), 400],
  ["user_id is too long", body({ user_id: "x".repeat(129) }), 400],
  ["app_source is too long", body({ app_source: "x".repeat(65) }), 400],
  ["app_source has a space", body({ app_source: "image gene" }), 400],
  ["project_type is too long", body({ project_type: "x".repeat(65) }), 400],
  ["a picture is words", body({ project_type: "ai_image", content: "a boat" }), 400],
  ["a picture is SVG", body({ project_type: "image", content: "data:image/svg+xml,<svg/>" }), 400],
  ["a picture is behind http", body({ project_type: "ai_art", content: "http://p.example/a.png" }), 400],
  ...VERSION_MISTAKES.map(([name, version]): [string, unknown, number] => [
    `version is ${name}`,
    body({ version }),
    400,
  ]),
  ...METADATA_MISTAKES.map(([name, metadata]): [string, unknown, number] => [
    `metadata is ${name}`,
    body({ metadata }),
    400,
  ]),
  ["project_code is a number", body({ project_code: 7 }), 400],
  ["project_code is no project's", body({ project_code: "NOSUCH" }), 404],
  ["the body is no JSON", "{", 400],
  ["the body is a list", "[]", 400],
  ["the body is 5 MB", body({ content: "x".repeat(5 * 1_048_576) }), 413],
  ["the content is past the space", body({ content: "x".repeat(1_048_577) }), 413],
];

const PATCH_MISTAKES: [string, unknown][] = [
  ["there is no user_id", { title: "x" }],
  ["nothing is to be changed", { user_id: USER }],
  ["only the version is named", { user_id: USER, version: 1 }],
  ["the title is empty", { user_id: USER, title: "" }],
  ["the content is empty", { user_id: USER, content: "" }],
  ...["title", "content"].flatMap((field) =>
    TEXT_FIELD_MISTAKES.map(([name, value]): [string, unknown] => [
      `${field} is ${name}`,
      { user_id: USER, [field]: value },
    ]),
  ),
  ...VERSION_MISTAKES.map(([name, version]): [string, unknown] => [
    `version is ${name}`,
    { user_id: USER, title: "x", version },
  ]),
  ...METADATA_MISTAKES.map(([name, metadata]): [string, unknown] => [
    `metadata is ${name}`,
    { user_id: USER, metadata },
  ]),
  ["include_content is a word", { user_id: USER, title: "x", include_content: "yes" }],
];

describe("what is wrong is refused, named, and changes nothing", () => {
  it.each(SAVE_MISTAKES)("save-project: %s", async (_name, sent, status) => {
    const before = await everything();
    const told = await callDoor(saveDoor, { path: "/api/unified/save-project", body: sent });
    expect(told.status).toBe(status);
    expect(told.json).toMatchObject({ success: false, request_id: expect.any(String) });
    if (status === 400 && typeof sent === "object") expect(told.json.details).not.toBeNull();
    expect(await everything()).toEqual(before);
  });

  it.each(PATCH_MISTAKES)("PATCH project: %s", async (_name, sent) => {
    const before = await everything();
    const told = await callDoor(projectDoor.PATCH, {
      ...{ path: `/api/unified/project/${code}`, params: { code }, method: "PATCH", body: sent },
    });
    expect(told.status).toBe(400);
    expect(told.json.code).toBe("invalid_request");
    expect(await everything()).toEqual(before);
  });

  it.each([
    ["no user", ""],
    ["a limit of nothing", `user_id=${USER}&limit=0`],
    ["a limit below nothing", `user_id=${USER}&limit=-1`],
    ["half a limit", `user_id=${USER}&limit=1.5`],
    ["a limit in words", `user_id=${USER}&limit=all`],
    ["a cursor of its own making", `user_id=${USER}&cursor=abc`],
    ["a cursor of the ledger", `user_id=${USER}&cursor=${Buffer.from("t1").toString("base64url")}`],
    ["an app with a space", `user_id=${USER}&app_filter=a%20b`],
    ["a flag that is none", `user_id=${USER}&include_content=maybe`],
    ["NUL in the type", `user_id=${USER}&project_type=a%00`],
  ])("user-projects: %s", async (_name, query) => {
    const told = await callDoor(listDoor, { path: `/api/unified/user-projects?${query}` });
    expect(told.status).toBe(400);
    expect(told.json.code).toBe("invalid_request");
  });

  it.each([
    ["DELETE", projectDoor.DELETE],
    ["GET", projectDoor.GET],
  ])("%s project: no user, and no such project", async (method, door) => {
    const before = await everything();
    const ask = (query: string, asked: string) =>
      callDoor(door, { path: `/api/unified/project/x${query}`, params: { code: asked }, method });
    expect((await ask("", code)).json.error).toBe("Missing required fields: user_id");
    expect((await ask(`?user_id=${USER}`, "NOSUCH")).json.code).toBe("project_not_found");
    expect((await ask(`?user_id=${USER}`, "'; DROP TABLE projects --")).json.code).toBe("project_not_found");
    expect((await ask(`?user_id=${USER}`, "x".repeat(129))).status).toBe(400);
    expect((await ask(`?user_id=nobody`, code)).json.code).toBe("project_not_found");
    expect(await everything()).toEqual(before);
  });

  it("every door: no key, and a wrong one", async () => {
    const before = await everything();
    const asks = [
      (key: string | null) => callDoor(saveDoor, { path: "/api/unified/save-project", body: body(), key }),
      (key: string | null) => callDoor(listDoor, { path: `/api/unified/user-projects?user_id=${USER}`, key }),
      (key: string | null) =>
        callDoor(statsDoor, { path: `/api/unified/storage-stats?user_id=${USER}`, key }),
      ...(["GET", "PATCH", "DELETE"] as const).map((method) => (key: string | null) => {
        const path = `/api/unified/project/${code}?user_id=${USER}`;
        const sent = method === "PATCH" ? { body: { user_id: USER, title: "x" } } : {};
        return callDoor(projectDoor[method], { path, params: { code }, method, key, ...sent });
      }),
    ];
    for (const ask of asks) {
      for (const key of [null, "not-a-key"]) expect((await ask(key)).json.code).toBe("invalid_api_key");
    }
    expect(await everything()).toEqual(before);
  });
});
