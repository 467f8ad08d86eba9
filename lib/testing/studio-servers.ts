import { once } from "node:events";
import { afterAll, afterEach, expect } from "vitest";
import { type DoorServer, startDoorServers } from "./door-servers";
import { startFakeModelServer } from "./fake-model-server";
import { broken } from "./invariant";
import { signedIn } from "./signed-in";

/**
 * The model server of a test file, and a way to start servers that write with it. After each test they are gone, and every
 * purse must agree with its ledger.
 */
export async function studioServers() {
  const model = await startFakeModelServer();
  const servers: DoorServer[] = [];
  afterAll(() => model.close());
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
    model.reset();
    expect(await broken()).toEqual([]);
  });
  return {
    model,
    start: async (count: number): Promise<DoorServer[]> => {
      servers.push(
        ...(await startDoorServers(count, { AI_BASE_URL: model.url, AI_MODEL_BALANCED: "fake-normal" })),
      );
      return servers;
    },
  };
}

interface Told {
  status: number;
  json: { generation_id: string; quoted_credits: number; code?: string };
}

/** Asks a server as a page of this person does. */
export async function ask(
  server: DoorServer,
  user: string,
  path: string,
  body: object = {},
  key?: string,
): Promise<Told> {
  const headers = { ...(await signedIn(user)), ...(key === undefined ? {} : { "Idempotency-Key": key }) };
  const reply = await fetch(server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  return { status: reply.status, json: (await reply.json()) as Told["json"] };
}

/** Ends a server as a crash does. */
export async function kill(server: DoorServer): Promise<void> {
  const gone = once(server.process, "exit");
  server.process.kill("SIGKILL");
  await gone;
}
