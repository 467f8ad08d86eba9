import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/foundation/env";
import { readSettings } from "./settings";

let dir: string;
let home: string;

beforeEach(() => {
  home = process.cwd();
  dir = mkdtempSync(path.join(tmpdir(), "penora settings "));
  process.chdir(dir);
});

afterEach(() => {
  process.chdir(home);
  rmSync(dir, { recursive: true });
});

const read = (given: Record<string, string>, mode: "start" | "dev" = "start") =>
  readSettings(mode, given, dir);

describe("readSettings", () => {
  it("makes up everything where nothing is set, and the same again at the next start", () => {
    const first = read({});
    expect(first).toMatchObject({ ownDatabase: true, demo: true, secretsFile: path.join(dir, "env") });
    expect(parseEnv({ ...first.variables, DATABASE_URL: "postgresql://x/" })).toMatchObject({
      demo: true,
      port: 3000,
    });
    expect(read({}).variables).toEqual(first.variables);
    expect(statSync(path.join(dir, "env")).mode & 0o777).toBe(0o600);
  });

  it("lets what the user sets win over .env, and that over what was made up", () => {
    writeFileSync(".env", "PORT=4001\nSESSION_SECRET=from-the-file\nAI_API_KEY=\n");
    const { variables } = read({ PORT: "4002" });
    expect(variables).toMatchObject({ PORT: "4002", SESSION_SECRET: "from-the-file" });
    expect(variables).not.toHaveProperty("AI_API_KEY");
    expect(readFileSync("env", "utf8")).not.toContain(variables.SESSION_SECRET);
  });

  it.each([
    { DATABASE_URL: "postgresql://x/" },
    { APP_URL: "http://localhost:3000" },
    { SUKUSUKU_LOGIN_URL: "https://sukusuku.ai/login" },
  ])("leaves the demo off by itself where %o is set", (given) => {
    expect(read(given as unknown as Record<string, string>).demo).toBe(false);
  });

  it.each([
    { DATABASE_URL: "postgresql://x/" },
    { APP_URL: "https://penora.example" },
    { APP_URL: "https://penora.example", PENORA_DEMO: "true" },
  ])("makes up no secret where others come to: %o", (given) => {
    const { variables, secretsFile, ownDatabase } = read(given as unknown as Record<string, string>);
    expect(secretsFile).toBeNull();
    expect(ownDatabase).toBe(false);
    expect(() => parseEnv(variables)).toThrow(/SESSION_SECRET is missing/);
  });

  it("listens at the port that a local APP_URL names, unless PORT says otherwise", () => {
    expect(read({ APP_URL: "http://localhost:4040" }).variables.PORT).toBe("4040");
    expect(read({ APP_URL: "http://localhost:4040", PORT: "4041" }).variables.PORT).toBe("4041");
    expect(read({ APP_URL: "https://penora.example:8443" }).variables.PORT).toBe("3000");
  });
});
