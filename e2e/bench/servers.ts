import { createHash, randomBytes } from "node:crypto";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { SignJWT } from "jose";
import { SCOPES } from "@/lib/contract/operation";
import { SERVER_FILE } from "@/lib/server/bundle-doors";
import { PERSON } from "./people";
import type { Stage } from "./stage";

const secret = () => randomBytes(32).toString("base64url");
const ROOT_KEY = secret();
const HUB_SECRET = secret();
const SESSION_SECRET = secret();
/** A key may ask 1,000 times a second: with so many apps none is held back. */
const APPS = 40;

export interface Penora {
  readonly port: number;
  readonly rootKey: string;
  readonly appKeys: readonly { app: string; key: string }[];
  /** A `Cookie` header of a person who is signed in. */
  readonly cookie: () => Promise<string>;
}

/** The production server, as `npm start` would run it, on a free port. */
export async function startPenora(stage: Stage, file = SERVER_FILE): Promise<Penora> {
  const port = await freePort();
  const appUrl = `http://127.0.0.1:${port}`;
  await stage.run(file, {
    DATABASE_URL: stage.databaseUrl,
    DIRECT_DATABASE_URL: "",
    SESSION_SECRET,
    SUKUSUKU_JWT_SECRET: HUB_SECRET,
    PENORA_API_KEY: ROOT_KEY,
    APP_URL: appUrl,
    HOST: "127.0.0.1",
    PORT: String(port),
    TRUST_PROXY: "0",
  });
  return { port, rootKey: ROOT_KEY, appKeys: await makeAppKeys(stage), cookie: () => signIn(appUrl) };
}

/** Node's own `http` and `pg` on the same database. */
export async function startBare(stage: Stage): Promise<number> {
  const file = path.join("e2e", "bench", "bare-server.ts");
  return (await stage.run(file, { DATABASE_URL: stage.databaseUrl }, ["--import", "tsx"])) as number;
}

async function makeAppKeys(stage: Stage): Promise<Penora["appKeys"]> {
  const keys = Array.from({ length: APPS }, (_, n) => ({
    app: `bench-${n}`,
    key: `pen_bench-${n}_${secret()}`,
  }));
  for (const { app, key } of keys) {
    const hash = createHash("sha256").update(key).digest("hex");
    await stage.database.query(
      "INSERT INTO api_keys (id, app_name, key_hash, scopes) VALUES ($1, $1, $2, $3) ON CONFLICT DO NOTHING",
      [app, hash, SCOPES.filter((scope) => scope !== "admin")],
    );
  }
  return keys;
}

/** Comes in as everybody does: with a token of the hub. */
async function signIn(appUrl: string): Promise<string> {
  const token = await new SignJWT({ user_id: `${PERSON}1`, email: "person1@example.com" })
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
