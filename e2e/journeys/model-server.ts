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
  /** Ends it as a crash does. */
  kill(): Promise<void>;
  /** Starts it once more, at the same address, as whoever runs it would. */
  startAgain(): Promise<void>;
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
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    ...names,
    NODE_ENV: "production",
    PORT: String(port),
    APP_URL: url,
    AI_BASE_URL: model.url,
  };
  let child = await start(environment);
  return {
    url,
    model,
    kill: () => end(child, "SIGKILL"),
    async startAgain() {
      child = await start(environment);
    },
    async stop() {
      await end(child, "SIGTERM");
      await model.close();
    },
  };
}

async function start(environment: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const child = spawn(process.execPath, [SERVER_FILE], {
    env: environment,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error("the server ended at its start"))),
  ]);
  return child;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
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
