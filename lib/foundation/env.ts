import { hkdfSync } from "node:crypto";
import { commaList, hostOf, isLoopbackHost, originOf } from "./env-values";
import { ENV_VARIABLES, type EnvName, SECRET_COMMAND, SECRETS } from "./env-variables";

type Source = Readonly<Record<string, string | undefined>>;

export interface Env {
  readonly production: boolean;
  readonly databaseUrl: string;
  /** `DIRECT_DATABASE_URL`, else `DATABASE_URL`: for migrations with their lock, and for LISTEN. */
  readonly directDatabaseUrl: string;
  readonly sessionSecret: string;
  /** The hub's keys, the one in use first; empty in a demo that knows no hub. */
  readonly sukusukuJwtSecrets: readonly string[];
  readonly sukusukuJwtIssuer: string | undefined;
  readonly sukusukuJwtAudience: string | undefined;
  readonly sukusukuLoginUrl: string;
  readonly sukusukuTopupUrl: string;
  readonly penoraApiKey: string;
  /** An origin without a trailing slash: `https://penora.example`. */
  readonly appUrl: string;
  readonly host: string;
  readonly port: number;
  readonly trustProxy: number;
  readonly corsOrigins: readonly string[];
  readonly demo: boolean;
  /** Signs the demo's tokens; null where the demo is off. */
  readonly demoSecret: string | null;
  /** Where more fonts for PDF lie; null where there are none. */
  readonly pdfFontDir: string | null;
  readonly aiBaseUrl: string | undefined;
  readonly aiApiKey: string | undefined;
  readonly aiModelCreative: string | undefined;
  readonly aiModelBalanced: string | undefined;
  readonly aiModelFast: string | undefined;
  readonly aiModelFallback: string | undefined;
}

/** Everything that is wrong with the environment, in one message that holds no value of it. */
export class EnvError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`Penora cannot start:\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
    this.name = "EnvError";
  }
}

/**
 * Reads the variables of `source`. An empty string counts as absent.
 * @throws EnvError naming every variable that is missing, weak or malformed.
 */
export function parseEnv(source: Source): Env {
  const production = source.NODE_ENV === "production";
  const given = Object.fromEntries(
    Object.keys(ENV_VARIABLES.shape).flatMap((name) => {
      const value = source[name]?.trim();
      return value ? [[name, value] as const] : [];
    }),
  ) as Partial<Record<EnvName, string>>;

  const parsed = ENV_VARIABLES.safeParse(given);
  const problems = [
    ...new Map(
      (parsed.error?.issues ?? []).map((i) => [i.path[0], sentence(i.path[0] as EnvName, i.message, given)]),
    ).values(),
    ...crossProblems(given, production),
  ];
  if (!parsed.success || problems.length > 0) throw new EnvError(problems);

  const v = parsed.data;
  const appUrl = v.APP_URL === undefined ? `http://localhost:${v.PORT}` : (originOf(v.APP_URL) as string);
  return {
    production,
    databaseUrl: v.DATABASE_URL,
    directDatabaseUrl: v.DIRECT_DATABASE_URL ?? v.DATABASE_URL,
    sessionSecret: v.SESSION_SECRET,
    sukusukuJwtSecrets: v.SUKUSUKU_JWT_SECRET ?? [],
    sukusukuJwtIssuer: v.SUKUSUKU_JWT_ISSUER,
    sukusukuJwtAudience: v.SUKUSUKU_JWT_AUDIENCE,
    sukusukuLoginUrl: v.SUKUSUKU_LOGIN_URL,
    sukusukuTopupUrl: v.SUKUSUKU_TOPUP_URL,
    penoraApiKey: v.PENORA_API_KEY,
    appUrl,
    host: v.HOST ?? (isLoopbackHost(hostOf(appUrl)) ? "127.0.0.1" : "0.0.0.0"),
    port: v.PORT,
    trustProxy: v.TRUST_PROXY,
    corsOrigins: v.CORS_ORIGINS ?? [],
    demo: v.PENORA_DEMO,
    demoSecret: v.PENORA_DEMO ? (v.PENORA_DEMO_SECRET ?? demoSecretFrom(v.SESSION_SECRET)) : null,
    pdfFontDir: v.PDF_FONT_DIR ?? null,
    aiBaseUrl: v.AI_BASE_URL?.replace(/\/+$/, ""),
    aiApiKey: v.AI_API_KEY,
    aiModelCreative: v.AI_MODEL_CREATIVE ?? v.AI_MODEL_BALANCED ?? v.AI_MODEL_FAST,
    aiModelBalanced: v.AI_MODEL_BALANCED ?? v.AI_MODEL_CREATIVE ?? v.AI_MODEL_FAST,
    aiModelFast: v.AI_MODEL_FAST ?? v.AI_MODEL_BALANCED ?? v.AI_MODEL_CREATIVE,
    aiModelFallback: v.AI_MODEL_FALLBACK,
  };
}

/** What no single variable can know of itself. */
function crossProblems(given: Partial<Record<EnvName, string>>, production: boolean): string[] {
  const problems: string[] = [];
  const demo = given.PENORA_DEMO === "true" || given.PENORA_DEMO === "1";
  if (demo && given.APP_URL && !isLoopbackHost(hostOf(given.APP_URL))) {
    problems.push(
      "PENORA_DEMO is for this machine only: the demo cannot run where APP_URL names another host.",
    );
  }
  if (production && !demo) {
    if (!given.APP_URL) problems.push(sentence("APP_URL", "is missing", given));
    if (!given.SUKUSUKU_JWT_SECRET) problems.push(sentence("SUKUSUKU_JWT_SECRET", "is missing", given));
  }
  const others = [given.SESSION_SECRET, given.PENORA_API_KEY, ...commaList(given.SUKUSUKU_JWT_SECRET ?? "")];
  if (given.PENORA_DEMO_SECRET && others.includes(given.PENORA_DEMO_SECRET)) {
    problems.push("PENORA_DEMO_SECRET must not be a key that is used for anything else.");
  }
  if (given.AI_BASE_URL && !given.AI_MODEL_CREATIVE && !given.AI_MODEL_BALANCED && !given.AI_MODEL_FAST) {
    problems.push("AI_MODEL_BALANCED is missing: AI_BASE_URL needs the name of at least one model.");
  }
  return problems;
}

function sentence(name: EnvName, message: string, given: Partial<Record<EnvName, string>>): string {
  const what = given[name] === undefined ? "is missing" : message;
  const field = ENV_VARIABLES.shape[name];
  const made = SECRETS.includes(name) ? ` Make one with: ${SECRET_COMMAND}` : "";
  return `${name} ${what}. ${field.description ?? ""}${made}`;
}

/** A key of its own: nothing that the session secret signs or opens is valid under it. */
function demoSecretFrom(sessionSecret: string): string {
  return Buffer.from(hkdfSync("sha256", sessionSecret, "penora", "demo hub signing key", 32)).toString(
    "base64url",
  );
}

let cached: Env | undefined;

/** The environment of this process, read on first use and kept. @throws EnvError */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** True on Vercel, which says so itself: a request ends there after some minutes, and a process rests between requests. */
export function platformEndsRequests(): boolean {
  return process.env.VERCEL === "1";
}

/** `production`, `development` or `test`: known before anything else is configured. */
export function nodeEnv(): string {
  return process.env.NODE_ENV ?? "development";
}

/** Makes the next `env()` read again. For tests that change a variable. */
export function resetEnvForTests(): void {
  cached = undefined;
}
