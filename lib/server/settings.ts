import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseEnv as parseFile } from "node:util";
import { isLoopbackHost } from "@/lib/foundation/env-values";

export type Variables = Record<string, string>;

export interface Settings {
  /** Everything that the server gets beside the environment that it inherits. */
  variables: Variables;
  /** Whether a PostgreSQL of this folder's own is wanted. */
  ownDatabase: boolean;
  demo: boolean;
  /** The file with the secrets that were made here, where any were. */
  secretsFile: string | null;
}

const GENERATED = ["SESSION_SECRET", "PENORA_API_KEY", "PENORA_DEMO_SECRET"];

/**
 * What Penora starts with: the environment, then `.env`, then what a first start made up. Secrets are made up only for
 * this machine: wherever other people come to, they must be named.
 */
export function readSettings(
  mode: "start" | "dev",
  given: Readonly<Record<string, string | undefined>>,
  dataDir: string,
): Settings {
  const chosen: Variables = { ...readFile(".env"), ...present(given) };
  const has = (name: string) => chosen[name] !== undefined;

  const local = !has("APP_URL") || isLoopbackHost(hostOf(chosen.APP_URL));
  const untouched =
    !has("DATABASE_URL") && !has("APP_URL") && !Object.keys(chosen).some((n) => n.startsWith("SUKUSUKU_"));
  if (!has("PENORA_DEMO") && untouched) chosen.PENORA_DEMO = "true";
  const demo = chosen.PENORA_DEMO === "true" || chosen.PENORA_DEMO === "1";
  const ownDatabase = !has("DATABASE_URL") && local;

  if (!has("PORT")) chosen.PORT = (local && portOf(chosen.APP_URL)) || "3000";
  let secretsFile: string | null = null;
  if (local && (ownDatabase || demo || mode === "dev") && GENERATED.some((name) => !has(name))) {
    secretsFile = path.join(dataDir, "env");
    for (const [name, value] of Object.entries(madeUpSecrets(secretsFile))) chosen[name] ??= value;
  }
  chosen.NODE_ENV = mode === "dev" ? "development" : "production";
  return { variables: chosen, ownDatabase, demo, secretsFile };
}

/** An empty value is none. */
function present(source: Readonly<Record<string, string | undefined>>): Variables {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim())) as Variables;
}

function readFile(file: string): Variables {
  return existsSync(file) ? present(parseFile(readFileSync(file, "utf8"))) : {};
}

/** Made once and kept; of two first starts at once, one makes them and both read them. */
function madeUpSecrets(file: string): Variables {
  if (!existsSync(file)) {
    const lines = GENERATED.map((name) => `${name}=${randomBytes(32).toString("base64url")}`);
    const part = `${file}.${process.pid}`;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(
      part,
      `# Made on the first start. Whoever reads this can act as Penora.\n${lines.join("\n")}\n`,
      {
        mode: 0o600,
      },
    );
    try {
      linkSync(part, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(part);
    }
  }
  return readFile(file);
}

function hostOf(url = ""): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function portOf(url = ""): string {
  return URL.canParse(url) ? new URL(url).port : "";
}
