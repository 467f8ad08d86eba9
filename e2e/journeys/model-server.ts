import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { SERVER_FILE } from "../../lib/server/bundle-doors";
import { type FakeModelServer, startFakeModelServer } from "../../lib/testing/fake-model-server";

export interface ServerWithModel {
  /** Its address. */
  readonly url: string;
  /** What it writes with: it answers as it is told. */
  readonly model: FakeModelServer;
  stop(): Promise<void>;
}

/** The built server once more, on the database of the journeys, with a model that a test has in its hands. */
export async function startServerWithModel(): Promise<ServerWithModel> {
  const model = await startFakeModelServer();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const names = {
    AI_MODEL_CREATIVE: "fake-normal",
    AI_MODEL_BALANCED: "fake-normal",
    AI_MODEL_FAST: "fake-normal",
  };
  const child = spawn(process.execPath, [SERVER_FILE], {
    env: {
      ...process.env,
      ...names,
      NODE_ENV: "production",
      PORT: String(port),
      APP_URL: url,
      AI_BASE_URL: model.url,
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error("the server ended at its start"))),
  ]);
  return { url, model, stop: () => stop(child, model) };
}

async function stop(child: ChildProcess, model: FakeModelServer): Promise<void> {
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
  await model.close();
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
