import { createHash, randomBytes } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { SignJWT } from "jose";
import { until } from "../../prisma/local/processes";
import { SCOPES } from "@/lib/contract/operation";
import { SERVER_FILE } from "@/lib/server/bundle-doors";
import { commandFile } from "@/lib/server/run";
import { ACTIVE, PERSON } from "./people";
import { firstWord, type Stage } from "./stage";

const secret = () => randomBytes(32).toString("base64url");
const ROOT_KEY = secret();
const HUB_SECRET = secret();
const SESSION_SECRET = secret();
/** A key may ask 1,000 times a second: with so many apps none is held back. */
const APPS = 40;

export interface AppKey {
  readonly app: string;
  readonly key: string;
}

export interface Penora {
  readonly port: number;
  readonly rootKey: string;
  readonly appKeys: readonly AppKey[];
  /** Keys of other apps, whose requests nobody counts. */
  readonly unlimitedKeys: readonly AppKey[];
  /** A `Cookie` header of a person who is signed in. */
  readonly cookie: () => Promise<string>;
}

/** The production server, as `npm start` would run it, on a free port. */
export async function startPenora(stage: Stage, file = SERVER_FILE): Promise<Penora> {
  const port = await freePort();
  await firstWord(stage.start(file, [], environment(stage, port)));
  return {
    port,
    rootKey: ROOT_KEY,
    appKeys: await makeAppKeys(stage, "bench", true),
    unlimitedKeys: await makeAppKeys(stage, "free", false),
    cookie: () => signIn(urlOf(port)),
  };
}

/** The same build under Next's own server, which mounts the doors as Vercel does. Answers its port. */
export async function startNext(stage: Stage): Promise<number> {
  const port = await freePort();
  const args = ["start", "-H", "127.0.0.1", "-p", String(port)];
  stage.start(commandFile("next", "next"), args, environment(stage, port));
  const answers = () =>
    fetch(`${urlOf(port)}/api/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await until(answers, 30_000, 100))) throw new Error("next start does not answer");
  return port;
}

function environment(stage: Stage, port: number): Record<string, string> {
  return {
    DATABASE_URL: stage.databaseUrl,
    DIRECT_DATABASE_URL: "",
    SESSION_SECRET,
    SUKUSUKU_JWT_SECRET: HUB_SECRET,
    PENORA_API_KEY: ROOT_KEY,
    APP_URL: urlOf(port),
    HOST: "127.0.0.1",
    PORT: String(port),
    TRUST_PROXY: "0",
  };
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Node's own `http` and `pg` on the same database. */
export async function startBare(stage: Stage): Promise<number> {
  const file = path.join("e2e", "bench", "bare-server.ts");
  const child = stage.start(file, [], { DATABASE_URL: stage.databaseUrl }, ["--import", "tsx"]);
  return (await firstWord(child)) as number;
}

async function makeAppKeys(stage: Stage, name: string, limited: boolean): Promise<AppKey[]> {
  const keys = Array.from({ length: APPS }, (_, n) => ({
    app: `${name}-${n}`,
    key: `pen_${name}-${n}_${secret()}`,
  }));
  for (const { app, key } of keys) {
    const hash = createHash("sha256").update(key).digest("hex");
    await stage.database.query(
      "INSERT INTO api_keys (id, app_name, key_hash, scopes, rate_per_second, rate_burst) VALUES ($1, $1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
      [app, hash, SCOPES.filter((scope) => scope !== "admin"), ...(limited ? [1_000, 5_000] : [null, null])],
    );
  }
  return keys;
}

/** Comes in as everybody does: with a token of the hub. */
async function signIn(appUrl: string): Promise<string> {
  const token = await new SignJWT({ user_id: PERSON + ACTIVE, email: "person@example.com" })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt()
    .setExpirationTime("5m")
    .sign(new TextEncoder().encode(HUB_SECRET));
  const answer = await fetch(`${appUrl}/account?auth_token=${token}`, { redirect: "manual" });
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
  if (answer.status !== 303 || cookies.length === 0) throw new Error(`signing in answered ${answer.status}`);
  return cookies.filter((cookie) => !cookie.endsWith("=")).join("; ");
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
