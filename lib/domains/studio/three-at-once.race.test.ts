import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { type DoorServer, startDoorServers } from "@/lib/testing/door-servers";
import { type FakeModelServer, startFakeModelServer } from "@/lib/testing/fake-model-server";
import { purseOf, until } from "@/lib/testing/generations";
import { broken } from "@/lib/testing/invariant";
import { signedIn } from "@/lib/testing/signed-in";

let model: FakeModelServer;
let servers: DoorServer[] = [];

beforeAll(async () => {
  model = await startFakeModelServer();
});
afterAll(() => model.close());
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  model.reset();
  expect(await broken()).toEqual([]);
});

const TEXT = { prompt: "A lighthouse", pages: 2, model: "balanced" };
const TOOL = { ask: { tool: "write", text: "The lamp went out.", words: 100, variants: 2 } };

async function ask(server: DoorServer, user: string, path: string, body: object) {
  const headers = await signedIn(user);
  const reply = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: reply.status, json: (await reply.json()) as { generation_id?: string; code?: string } };
}

describe("three server processes, asked for texts and tools of one person all at once", () => {
  it("begin three of them, hold coins for these alone, and have room for the next when one has ended", async () => {
    servers = await startDoorServers(3, { AI_BASE_URL: model.url, AI_MODEL_BALANCED: "fake-normal" });
    model.handle(() => ({ silent: true }));
    for (let round = 0; round < 4; round++) {
      const user = await newPerson(100);
      const told = await Promise.all(
        Array.from({ length: 12 }, (_, at) => {
          const server = servers[at % 3] ?? expect.fail("there are three");
          return at % 2 === 0
            ? ask(server, user, "/api/me/generations", TEXT)
            : ask(server, user, "/api/me/tools", TOOL);
        }),
      );
      expectRefused(told);
      const begun = await writing(user);
      expect(begun).toHaveLength(3);
      expect(await purseOf(user)).toMatchObject({ credits: 94, held: 6 });

      const stop = (id: string) =>
        ask(servers[0] ?? expect.fail("there are three"), user, `/api/me/generations/${id}/stop`, {});
      await stop(begun[0] ?? "");
      await until(async () => (await writing(user)).length === 2);
      expectRefused(await Promise.all(servers.map((one) => ask(one, user, "/api/me/tools", TOOL))));
      const now = await writing(user);
      expect(now).toHaveLength(3);
      await Promise.all(now.map(stop));
      await until(async () => (await writing(user)).length === 0);
      expect(await purseOf(user)).toEqual({ credits: 100, held: 0, used: 0, captures: 0 });
    }
  });
});

async function writing(user: string): Promise<string[]> {
  const sql = "SELECT id FROM generations WHERE user_id = $1 AND status = 'writing'";
  const { rows } = await pool().query<{ id: string }>(sql, [user]);
  return rows.map(({ id }) => id);
}

/** All that were not begun were told why; a machine that is too busy to judge says that it is. */
function expectRefused(told: readonly { status: number; json: { code?: string } }[]): void {
  const refused = told.filter(({ status }) => status !== 200).map(({ json }) => json.code);
  for (const code of refused) expect(["too_many_generations", "unavailable"]).toContain(code);
}
