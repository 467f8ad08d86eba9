import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import path from "node:path";
import { bundleDoors } from "@/lib/server/bundle-doors";
import { TEST_ENVIRONMENT } from "./environment";

export interface Answer {
  status: number;
  text: string;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the shape is what the test is about
  json: any;
  replayed: boolean;
  retryAfter: string | null;
}

export interface DoorServer {
  readonly url: string;
  readonly process: ChildProcess;
  post(path: string, body: object, idempotencyKey?: string): Promise<Answer>;
  /** With another key than the root key, where one is named. */
  get(path: string, apiKey?: string): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts `count` server processes on the database of this test. `environment` is laid over the tests' own. */
export async function startDoorServers(
  count: number,
  environment: Record<string, string> = {},
): Promise<DoorServer[]> {
  return Promise.all(Array.from({ length: count }, () => startDoorServer(environment)));
}

let bundled: Promise<string> | undefined;

/** Made once for a test file: a process that starts from one file starts many times faster than from the sources. */
async function bundle(): Promise<string> {
  const file = path.resolve(".penora", "test", `doors-${process.pid}.mjs`);
  await bundleDoors(process.cwd(), file, "./lib/testing/door-server");
  return file;
}

async function startDoorServer(environment: Record<string, string>): Promise<DoorServer> {
  const child = fork(await (bundled ??= bundle()), {
    execArgv: ["--conditions=react-server"],
    env: { ...process.env, ...TEST_ENVIRONMENT, DATABASE_URL: process.env.DATABASE_URL, ...environment },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [port] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(([code]) => {
      throw new Error(`the door server ended with ${String(code)}`);
    }),
  ])) as [number];
  const url = `http://127.0.0.1:${port}`;
  const agent = new Agent({ keepAlive: true, maxSockets: 200 });
  return {
    url,
    process: child,
    post: (path, body, key) => ask(agent, url + path, JSON.stringify(body), key),
    get: (path, apiKey) => ask(agent, url + path, undefined, undefined, apiKey),
    stop: async () => {
      agent.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

function ask(
  agent: Agent,
  url: string,
  body?: string,
  idempotencyKey?: string,
  apiKey: string = TEST_ENVIRONMENT.PENORA_API_KEY,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, {
      agent,
      method: body === undefined ? "GET" : "POST",
      headers: {
        "X-API-Key": apiKey,
        ...(body === undefined
          ? {}
          : { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) }),
        ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
      },
    });
    sent.once("error", reject);
    sent.once("response", (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.once("error", reject);
      reply.once("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({
          status: reply.statusCode ?? 0,
          text,
          json: text === "" ? null : (JSON.parse(text) as unknown),
          replayed: reply.headers["idempotent-replayed"] === "true",
          retryAfter: reply.headers["retry-after"] ?? null,
        });
      });
    });
    sent.end(body);
  });
}
