import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { noteServer } from "./port";

const root = process.cwd();
let dir: string;

/** A folder of its own: the launcher keeps everything under the one that it is started in. */
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), "penora-launch-"));
  symlinkSync(path.join(root, "node_modules"), path.join(dir, "node_modules"));
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** `npm start` in that folder, with no variables but these. */
async function launch(variables: Record<string, string>, mode = "start") {
  const child = spawn(
    process.execPath,
    ["--conditions=react-server", "--import", "tsx", path.join(root, "lib", "server", "launch.ts"), mode],
    {
      cwd: dir,
      env: {
        NODE_ENV: "test",
        PATH: process.env.PATH,
        HOME: dir,
        TSX_TSCONFIG_PATH: path.join(root, "tsconfig.json"),
        ...variables,
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, out, err };
}

/** Listens on a port, and answers it while `work` runs. */
async function withTakenPort<T>(work: (port: number) => Promise<T>): Promise<T> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await work((server.address() as AddressInfo).port);
  } finally {
    server.close();
  }
}

describe("npm start", () => {
  it("ends with 1 where its port is taken, before it builds anything, and names the port and the variable", () =>
    withTakenPort(async (port) => {
      const { code, out, err } = await launch({ PORT: String(port) });
      expect(code).toBe(1);
      expect(err).toContain(`Port ${port} is taken by another program.`);
      expect(err).toContain(`PORT=${port + 1} npm start`);
      expect(err).not.toMatch(/^ +at /m);
      expect(out).toBe("");
    }));

  it("says where Penora itself runs there already", () =>
    withTakenPort(async (port) => {
      const data = path.join(dir, ".penora");
      mkdirSync(data);
      const forget = noteServer(data, port);
      const { code, err } = await launch({ PORT: String(port) });
      forget();
      expect(code).toBe(1);
      expect(err).toContain(`Penora runs already, at port ${port} (process ${process.pid}).`);
    }));

  it.each<[string, Record<string, string>, RegExp]>([
    ["a port that is none", { PORT: "eighty" }, /PORT/],
    ["an address that this machine has not", { HOST: "203.0.113.7" }, /HOST=203\.0\.113\.7/],
    ["a weak secret", { SESSION_SECRET: "short" }, /SESSION_SECRET[\s\S]*node -e/],
    ["a public address without secrets", { APP_URL: "https://penora.example" }, /SESSION_SECRET/],
  ])("ends with 1 for %s, and says which variable", async (_what, variables, said) => {
    const { code, err } = await launch({ PORT: "0", ...variables });
    expect(code).toBe(1);
    expect(err).toMatch(said);
    expect(err).not.toMatch(/^ +at /m);
  });

  it("knows no third way to start", async () => {
    expect(await launch({}, "begin")).toMatchObject({
      code: 1,
      err: expect.stringContaining("start|dev") as unknown,
    });
  });
});
