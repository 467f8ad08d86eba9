import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EnvError, parseEnv } from "./env";
import { ENV_VARIABLES, SECRET_COMMAND } from "./env-variables";

const KEY = "k".repeat(32);
const complete = {
  NODE_ENV: "production",
  DATABASE_URL: "postgresql://penora:pw@db.example:5432/penora",
  SESSION_SECRET: "s".repeat(32),
  APP_URL: "https://penora.example",
  PENORA_API_KEY: KEY,
  SUKUSUKU_JWT_SECRET: "h".repeat(32),
};

function problemsOf(source: Record<string, string | undefined>): string[] {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return [...error.problems];
    throw error;
  }
  return [];
}

describe("parseEnv", () => {
  it("starts production with the five required variables and fills in the rest", () => {
    const env = parseEnv(complete);
    expect(env).toMatchObject({
      production: true,
      directDatabaseUrl: complete.DATABASE_URL,
      appUrl: "https://penora.example",
      host: "0.0.0.0",
      port: 3000,
      trustProxy: 0,
      corsOrigins: [],
      demo: false,
      demoSecret: null,
      sukusukuLoginUrl: "https://sukusuku.ai/login",
    });
  });

  it.each(["DATABASE_URL", "SESSION_SECRET", "APP_URL", "PENORA_API_KEY", "SUKUSUKU_JWT_SECRET"])(
    "refuses production without %s, and an empty value is none",
    (name) => {
      expect(problemsOf({ ...complete, [name]: undefined })).toEqual([
        expect.stringMatching(new RegExp(`^${name} is missing`)),
      ]);
      expect(problemsOf({ ...complete, [name]: " " })).toEqual([
        expect.stringMatching(new RegExp(`^${name} is missing`)),
      ]);
    },
  );

  it.each(["SESSION_SECRET", "PENORA_API_KEY", "SUKUSUKU_JWT_SECRET", "PENORA_DEMO_SECRET"])(
    "refuses a weak %s, names the command that makes one and never repeats the value",
    (name) => {
      const [problem, ...more] = problemsOf({ ...complete, [name]: "hunter2-is-not-32-bytes" });
      expect(problem).toMatch(new RegExp(`^${name} `));
      expect(problem).toContain(SECRET_COMMAND);
      expect(problem).not.toContain("hunter2");
      expect(more).toEqual([]);
    },
  );

  it("names everything that is wrong at once", () => {
    expect(
      problemsOf({ NODE_ENV: "production", PORT: "seventy" })
        .map((p) => p.split(" ")[0])
        .sort(),
    ).toEqual(["APP_URL", "DATABASE_URL", "PENORA_API_KEY", "PORT", "SESSION_SECRET", "SUKUSUKU_JWT_SECRET"]);
  });

  it("takes one or two keys of the hub, each long enough", () => {
    const [a, b] = ["a".repeat(32), "b".repeat(40)];
    expect(parseEnv({ ...complete, SUKUSUKU_JWT_SECRET: `${a}, ${b}` }).sukusukuJwtSecrets).toEqual([a, b]);
    expect(problemsOf({ ...complete, SUKUSUKU_JWT_SECRET: `${a},short` })).toHaveLength(1);
    expect(problemsOf({ ...complete, SUKUSUKU_JWT_SECRET: `${a},${b},${a}` })).toHaveLength(1);
  });

  it("refuses a root key that could be taken for a token", () => {
    expect(problemsOf({ ...complete, PENORA_API_KEY: `${KEY}.x` })[0]).toContain("dot");
  });

  it.each([
    ["http://penora.example", "https"],
    ["http://127.0.0.1.example", "https"],
    ["ftp://penora.example", "http"],
    ["https://penora.example/app", "origin"],
    ["https://user:pw@penora.example", "origin"],
    ["penora.example", "URL"],
  ])("refuses %s as APP_URL", (APP_URL, word) => {
    expect(problemsOf({ ...complete, APP_URL })[0]).toContain(word);
  });

  it.each([
    ["HTTPS://Penora.Example:443/", "https://penora.example", "0.0.0.0"],
    ["http://localhost:3000/", "http://localhost:3000", "127.0.0.1"],
    ["http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1"],
    ["http://[::1]:8080", "http://[::1]:8080", "127.0.0.1"],
  ])("reads %s as the origin %s and listens on %s", (APP_URL, appUrl, host) => {
    expect(parseEnv({ ...complete, APP_URL })).toMatchObject({ appUrl, host });
  });

  it("listens where HOST says", () => {
    expect(parseEnv({ ...complete, HOST: "10.0.0.5" }).host).toBe("10.0.0.5");
  });

  it("refuses the demo where APP_URL names another host", () => {
    expect(problemsOf({ ...complete, PENORA_DEMO: "true" })[0]).toContain("PENORA_DEMO");
  });

  it("needs neither APP_URL nor the hub's key in a demo, whose key opens nothing else", () => {
    const demo = {
      ...complete,
      APP_URL: undefined,
      SUKUSUKU_JWT_SECRET: undefined,
      PENORA_DEMO: "true",
      PORT: "4000",
    };
    const env = parseEnv(demo);
    expect(env).toMatchObject({ demo: true, appUrl: "http://localhost:4000", sukusukuJwtSecrets: [] });
    expect(env.demoSecret).toHaveLength(43);
    expect(env.demoSecret).not.toBe(env.sessionSecret);
    expect(parseEnv(demo).demoSecret).toBe(env.demoSecret);
    expect(problemsOf({ ...demo, PENORA_DEMO_SECRET: complete.SESSION_SECRET })).toHaveLength(1);
  });

  it("takes exact origins for CORS and never a star", () => {
    expect(
      parseEnv({ ...complete, CORS_ORIGINS: "https://a.example, https://B.example/" }).corsOrigins,
    ).toEqual(["https://a.example", "https://b.example"]);
    for (const CORS_ORIGINS of ["*", "https://a.example,*", "https://*.example/x", "a.example"]) {
      expect(problemsOf({ ...complete, CORS_ORIGINS })).toHaveLength(1);
    }
  });

  it("asks for a model where a model server is named, and lets one stand for all", () => {
    const withServer = { ...complete, AI_BASE_URL: "https://models.example/v1/" };
    expect(problemsOf(withServer)[0]).toContain("AI_MODEL_BALANCED");
    expect(parseEnv({ ...withServer, AI_MODEL_FAST: "m" })).toMatchObject({
      aiBaseUrl: "https://models.example/v1",
      aiModelCreative: "m",
      aiModelBalanced: "m",
      aiModelFast: "m",
    });
  });
});

describe(".env.example", () => {
  it("names every variable, each under its sentence, and nothing else", () => {
    const text = readFileSync(".env.example", "utf8");
    const documented = [...text.matchAll(/^# (.+)\n# ([A-Z0-9_]+)=/gm)].map(([, doc, name]) => [name, doc]);
    const read = Object.entries(ENV_VARIABLES.shape).map(([name, field]) => [name, field.description]);
    expect(documented).toEqual(read);
  });
});

describe("README.md", () => {
  it("has every variable in its table, with the same sentence", () => {
    const text = readFileSync("README.md", "utf8");
    const table = [...text.matchAll(/^\| `([A-Z0-9_]+)` *\| (.+?) *\|$/gm)].map(([, name, doc]) => [
      name,
      doc,
    ]);
    expect(table).toEqual(
      Object.entries(ENV_VARIABLES.shape).map(([name, field]) => [name, field.description]),
    );
  });
});
