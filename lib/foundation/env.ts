import { hkdfSync } from "node:crypto";
import { z } from "zod";
import { isLoopbackHost, originList, originOf, secretBytes } from "./env-values";

/** Shown with every secret that is missing or weak. */
export const SECRET_COMMAND = `node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`;

const MIN_SECRET_BYTES = 32;

const secret = z.string().refine((value) => secretBytes(value) >= MIN_SECRET_BYTES, {
  message: `is shorter than ${MIN_SECRET_BYTES} bytes`,
});
const postgresUrl = z.string().refine((value) => /^postgres(ql)?:\/\/./.test(value) && URL.canParse(value), {
  message: "is not a postgresql:// URL",
});
const webUrl = z.string().refine((value) => originOf(value) !== null, { message: "is not an http(s) URL" });
const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .refine((value) => /^\d{1,5}$/.test(value) && Number(value) >= min && Number(value) <= max, {
      message: `is not a whole number from ${min} to ${max}`,
    })
    .transform(Number);

/** Every variable that Penora reads, with the sentence that `.env.example` repeats. */
export const ENV_VARIABLES = z.object({
  DATABASE_URL: postgresUrl.describe(
    "PostgreSQL 14 or newer, as a postgresql:// URL; without it `npm start` keeps a server of its own under .penora/.",
  ),
  DIRECT_DATABASE_URL: postgresUrl
    .optional()
    .describe(
      "The same database without a transaction pooler in between, for migrations and for hearing of changes.",
    ),
  SESSION_SECRET: secret.describe("Encrypts session cookies; at least 32 bytes."),
  SUKUSUKU_JWT_SECRET: z
    .string()
    .transform(commaList)
    .refine((keys) => keys.length === 1 || keys.length === 2, { message: "holds more than two keys" })
    .refine((keys) => keys.every((key) => secretBytes(key) >= MIN_SECRET_BYTES), {
      message: `holds a key shorter than ${MIN_SECRET_BYTES} bytes`,
    })
    .optional()
    .describe(
      "The key with which sukusuku.ai signs sign-in tokens (HS256), at least 32 bytes; two, separated by a comma, while one is being rotated.",
    ),
  SUKUSUKU_JWT_ISSUER: z
    .string()
    .optional()
    .describe("When set, the `iss` that every sign-in token must carry."),
  SUKUSUKU_JWT_AUDIENCE: z
    .string()
    .optional()
    .describe("When set, the `aud` that every sign-in token must carry."),
  SUKUSUKU_LOGIN_URL: webUrl
    .default("https://sukusuku.ai/login")
    .describe("Where a guest is sent to sign in; default https://sukusuku.ai/login."),
  SUKUSUKU_TOPUP_URL: webUrl
    .default("https://sukusuku.ai/topup")
    .describe("Where a person whose coins are spent can get more; default https://sukusuku.ai/topup."),
  PENORA_API_KEY: secret
    .refine((value) => !value.includes("."), {
      message: "contains a dot, which would make it look like a token",
    })
    .describe("The root key of the unified API, with all scopes; at least 32 bytes, no dot."),
  APP_URL: z
    .string()
    .refine((value) => originOf(value) !== null, { message: "is not an http(s) URL" })
    .refine((value) => !/^http:/i.test(value) || isLoopbackHost(hostOf(value)), {
      message: "must begin with https:// (a Secure cookie would never come back over http)",
    })
    .refine((value) => isBareOrigin(value), {
      message: "must be an origin only, without path, query or user",
    })
    .optional()
    .describe(
      "The address under which people reach Penora, like https://penora.example; https unless it is this machine.",
    ),
  HOST: z
    .string()
    .optional()
    .describe(
      "The address to listen on; default this machine only, or every interface where APP_URL names another host.",
    ),
  PORT: wholeNumber(0, 65_535).default(3000).describe("The port to listen on; default 3000."),
  TRUST_PROXY: wholeNumber(0, 10)
    .default(0)
    .describe(
      "How many proxies of your own stand in front, so that X-Forwarded-For can be believed that far; default 0.",
    ),
  CORS_ORIGINS: z
    .string()
    .transform((value) => originList(commaList(value)))
    .refine((origins) => origins !== null, {
      message: "is not a comma-separated list of origins (`*` is not allowed)",
    })
    .optional()
    .describe(
      "Comma-separated origins whose pages may call the unified API with a browser token or a key; default none, never `*`.",
    ),
  PENORA_DEMO: z
    .enum(["true", "false", "1", "0"], { message: "is neither true nor false" })
    .transform((value) => value === "true" || value === "1")
    .default(false)
    .describe("true plays the neighbours under /demo; only where APP_URL is absent or this machine."),
  PENORA_DEMO_SECRET: secret
    .optional()
    .describe(
      "Signs the demo's tokens and is valid for nothing else; at least 32 bytes, derived when absent.",
    ),
  PDF_FONT_DIR: z
    .string()
    .optional()
    .describe(
      "A folder with TrueType or OpenType fonts for PDF, for scripts beside Latin, Cyrillic and Greek; without it these are named before.",
    ),
  AI_BASE_URL: webUrl
    .optional()
    .describe(
      "An OpenAI-compatible model server, like https://api.example/v1; without it the demo writes by rules, and elsewhere there is no writing.",
    ),
  AI_API_KEY: z.string().optional().describe("The key for AI_BASE_URL, where that server wants one."),
  AI_MODEL_CREATIVE: z
    .string()
    .optional()
    .describe(
      "The model for the creative quality, after a comma its stand-in; default one of the other two.",
    ),
  AI_MODEL_BALANCED: z
    .string()
    .optional()
    .describe(
      "The model for the balanced quality, after a comma its stand-in; default one of the other two.",
    ),
  AI_MODEL_FAST: z
    .string()
    .optional()
    .describe("The model for the fast quality, after a comma its stand-in; default one of the other two."),
  AI_MODEL_FALLBACK: z
    .string()
    .optional()
    .describe("The model that is asked when another one fails before its first word; default none."),
});

export type EnvName = keyof typeof ENV_VARIABLES.shape;
type Source = Readonly<Record<string, string | undefined>>;

const SECRETS: readonly EnvName[] = [
  "SESSION_SECRET",
  "SUKUSUKU_JWT_SECRET",
  "PENORA_API_KEY",
  "PENORA_DEMO_SECRET",
];

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

function commaList(value: string): string[] {
  return value
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : "";
}

function isBareOrigin(value: string): boolean {
  if (!URL.canParse(value)) return true;
  const url = new URL(value);
  return url.pathname === "/" && !url.search && !url.hash && !url.username && !url.password;
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
