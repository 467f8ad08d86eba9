import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { type Scope, SCOPES } from "@/lib/contract/operation";

/** The server's own root key: whoever starts the server and these tests gives both the same environment. */
export function rootKey(): string {
  const key = process.env.PENORA_API_KEY;
  if (!key) throw new Error("PENORA_API_KEY and DATABASE_URL must be those of the server that is walked.");
  return key;
}

/** Makes a key for a new app as an operator does: with `npm run keys`, on the server's database. */
export async function makeKey(scopes: readonly Scope[]): Promise<{ key: string; app: string }> {
  const app = `walk-${randomUUID()}`;
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      ...["--conditions=react-server", "--import", "tsx", "lib/server/operator.ts", "keys"],
      ...["create", "--app", app, "--scopes", scopes.join(",")],
    ],
    { env: process.env },
  );
  const key = stdout.split("\n").find((line) => line.startsWith(`pen_${app}_`));
  if (key === undefined) throw new Error(`No key was shown: ${stdout}`);
  return { key, app };
}

const allBut = new Map<string, ReturnType<typeof makeKey>>();

/** A key of an app that may do everything but this; never admin. Made once in a run. */
export function keyWithout(scope: Scope): ReturnType<typeof makeKey> {
  let made = allBut.get(scope);
  if (made === undefined) {
    made = makeKey(SCOPES.filter((one) => one !== scope && one !== "admin"));
    allBut.set(scope, made);
  }
  return made;
}
