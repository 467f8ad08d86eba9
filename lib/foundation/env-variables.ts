import { z } from "zod";
import {
  commaList,
  hostOf,
  isBareOrigin,
  isLoopbackHost,
  originList,
  originOf,
  secretBytes,
} from "./env-values";

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

/** Whose value is a secret: what is wrong with one comes with the way to make another. */
export const SECRETS: readonly EnvName[] = [
  "SESSION_SECRET",
  "SUKUSUKU_JWT_SECRET",
  "PENORA_API_KEY",
  "PENORA_DEMO_SECRET",
];
