import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exampleOf, NOWHERE, type World } from "@/lib/contract/examples";
import type { Operation } from "@/lib/contract/operation";
import { OPERATIONS } from "@/lib/contract/operations";
import { changeNews, pool } from "@/lib/database/client";
import { erasePerson } from "@/lib/domains/accounts/erase-person";
import { deductCredits } from "@/lib/domains/credits/deduct-credits";
import { holdCredits, sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { endSession } from "@/lib/domains/sessions/end-session";
import { signInWithToken } from "@/lib/domains/sessions/sign-in";
import { reopenRunnersForTests, stopRunners } from "@/lib/domains/studio/runners";
import { configureStudio } from "@/lib/domains/studio/studio-settings";
import { deleteProject } from "@/lib/domains/workspace/delete-project";
import { saveProject } from "@/lib/domains/workspace/save-project";
import type { Door } from "@/lib/http/route";
import { type Match, Router } from "@/lib/server/router";
import { allDoors } from "@/lib/testing/all-doors";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { type FakeModelServer, startFakeModelServer } from "@/lib/testing/fake-model-server";
import { writeWith } from "@/lib/testing/generations";
import { signedIn } from "@/lib/testing/signed-in";
import { TEST_ENVIRONMENT } from "@/lib/testing/environment";
import { hubToken } from "@/lib/testing/tokens";

let model: FakeModelServer;
let router: Router;

beforeAll(async () => {
  model = await startFakeModelServer();
  writeWith(model);
  router = new Router(await allDoors());
});
afterAll(async () => {
  await stopRunners();
  reopenRunnersForTests();
  configureStudio();
  await model.close();
});

const caller = ROOT_CALLER;

async function newWorld(): Promise<World> {
  const user = await newPerson(500);
  const save = async () => {
    const project = {
      app_source: "penora",
      project_type: "story",
      title: "There before",
      content: "Some words.",
    };
    return (await saveProject({ user_id: user, ...project, caller })).result.code;
  };
  const [project, binned] = [await save(), await save()];
  await deleteProject({ user_id: user, code: binned, caller });
  const held = await holdCredits({ user_id: user, amount: 10, app_name: "penora", caller });
  const spent = await deductCredits({
    user_id: user,
    amount: 5,
    app_name: "penora",
    description: "There before",
    action: "deduct",
    caller,
  });
  return {
    ...NOWHERE,
    user,
    project,
    binned,
    transaction: spent.result.transaction_id,
    hold: held.result.hold_id,
  };
}

async function versions(ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await pool().query<{ id: string; user_version: number }>(
    "SELECT id, user_version FROM users WHERE id = ANY($1)",
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row.user_version]));
}

/** Whom `work` changed, and who was told of. */
async function around(ids: readonly string[], work: () => Promise<unknown>) {
  const heard = new Set<string>();
  const before = await versions(ids);
  const forget = changeNews().listen((people) => people.forEach((person) => heard.add(person)));
  try {
    await work();
  } finally {
    forget();
  }
  const after = await versions(ids);
  return { changed: ids.filter((id) => before.get(id) !== after.get(id)), heard };
}

async function askOver(operation: Operation, world: World, example: ReturnType<typeof exampleOf>) {
  const filled = operation.path.replace(/\{(\w+)\}/g, (_all, name: string) => example.params?.[name] ?? "");
  const match = router.find(filled) as Match; // every operation has its door: the contract's walk proves it
  const headers =
    operation.auth === "key" ? { "X-API-Key": TEST_ENVIRONMENT.PENORA_API_KEY } : await signedIn(world.user);
  const search = new URLSearchParams(example.query).toString();
  const request = new Request(`http://localhost:3000${filled}${search === "" ? "" : `?${search}`}`, {
    method: operation.method,
    headers: { "Content-Type": "application/json", ...headers },
    body: example.body === undefined ? null : JSON.stringify(example.body),
  });
  const reply = await (match.methods[operation.method] as Door)(request, {
    params: Promise.resolve(match.params as Record<string, string>),
  });
  await reply.text();
  await stopRunners();
  reopenRunnersForTests();
}

/** What is known to change somebody: so that the walk can't pass by changing nothing. */
const CHANGES = [
  "deductCredits",
  "holdCredits",
  "captureHold",
  "releaseHold",
  "refundCredits",
  "addCredits",
  "addCreditsLegacy",
  "createUser",
  "giveBonusCredits",
  "saveProject",
  "updateProject",
  "deleteProject",
  "restoreProject",
  "startGeneration",
  "createMyProject",
  "updateMyProject",
  "deleteMyProject",
];

describe("whoever follows a person is told", () => {
  for (const operation of OPERATIONS.filter(({ method }) => method !== "GET")) {
    it(`when ${operation.method} ${operation.path} changes them`, async () => {
      const world = await newWorld();
      const example = exampleOf(operation.id, world);
      const named = example.body?.user_id;
      const ids = [...new Set([world.user, typeof named === "string" ? named : world.user])];
      const { changed, heard } = await around(ids, () => askOver(operation, world, example));
      expect([...heard]).toEqual(expect.arrayContaining(changed));
      if (CHANGES.includes(operation.id)) expect(changed).not.toEqual([]);
    });
  }

  it("when a token of the hub brings another name", async () => {
    const user_id = `u-${randomUUID()}`;
    for (const username of ["Una", "Una Maria"]) {
      const { changed, heard } = await around([user_id], async () =>
        signInWithToken(await hubToken({ user_id, username }), null),
      );
      expect(changed).toEqual([user_id]);
      expect([...heard]).toContain(user_id);
    }
  });

  it("when the sweep takes back what they had set aside", async () => {
    const user = await newPerson(20);
    await holdCredits({ user_id: user, amount: 5, app_name: "penora", caller });
    await pool().query("UPDATE holds SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
      user,
    ]);
    const { changed, heard } = await around([user], sweepExpiredHolds);
    expect([changed, [...heard]]).toEqual([[user], [user]]);
  });

  it("when a request takes back what was past its time", async () => {
    const user = await newPerson(20);
    await holdCredits({ user_id: user, amount: 15, app_name: "penora", caller });
    await pool().query("UPDATE holds SET expires_at = now() - interval '1 second' WHERE user_id = $1", [
      user,
    ]);
    const { changed, heard } = await around([user], () =>
      holdCredits({ user_id: user, amount: 16, app_name: "penora", caller }),
    );
    expect([changed, [...heard]]).toEqual([[user], [user]]);
  });

  it("when they are erased, and when a session of theirs ends", async () => {
    const user = await newPerson(20);
    const { sessionId } = await sessionFor(user);
    for (const end of [
      () => endSession({ userId: user, sessionId }, false),
      () => endSession({ userId: user, sessionId }, true),
      () => erasePerson(user),
    ]) {
      expect([...(await around([user], end)).heard]).toEqual([user]);
    }
  });

  it("when their session is replaced by another person's", async () => {
    const user = await newPerson(20);
    const { sessionId } = await sessionFor(user);
    const { heard } = await around([user], async () =>
      signInWithToken(await hubToken({ user_id: `u-${randomUUID()}` }), sessionId),
    );
    expect([...heard]).toContain(user);
  });

  it("never of what was refused or undone", async () => {
    const user = await newPerson(1);
    const refused = () =>
      deductCredits({ user_id: user, amount: 2, app_name: "penora", description: "", action: "x", caller });
    const { changed, heard } = await around([user], () => expect(refused()).rejects.toThrow("Insufficient"));
    expect([changed, [...heard]]).toEqual([[], []]);
  });
});

async function sessionFor(userId: string): Promise<{ sessionId: string }> {
  const sessionId = randomUUID();
  await pool().query("INSERT INTO sessions (id, user_id) VALUES ($1, $2)", [sessionId, userId]);
  return { sessionId };
}
