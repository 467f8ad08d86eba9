import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleExportWorker } from "@/lib/server/bundle-doors";
import { renderFile, type RenderJob } from "./render-file";
import { RenderPool } from "./render-pool";

// Below the project's folder, so that packages are found from there.
const DIR = path.resolve("node_modules", ".cache", `penora-pool-${process.pid}`);
const REAL = path.join(DIR, "export-worker.mjs");
const FAKE = path.join(DIR, "fake.mjs");

/** A thread that does what the name of its file says. */
const FAKE_THREAD = `
import { parentPort } from "node:worker_threads";
parentPort.on("message", ({ name }) => {
  if (name === "die") process.exit(1);
  if (name === "throw") throw new Error("broken");
  if (name !== "hang") parentPort.postMessage({ done: { kind: "file", bytes: new TextEncoder().encode(name) } });
});`;

function job(content: string, changes: Partial<RenderJob> = {}): RenderJob {
  const facts = { code: "JHSHDU", title: "Sea", projectType: "story", author: "Ada", label: null };
  const manuscript = {
    ...facts,
    language: null,
    changedAt: "2026-01-02T03:04:05.678Z",
    pictures: {},
    content,
  };
  return { manuscript, format: "epub", name: "Sea", fontDir: null, ...changes };
}

beforeAll(async () => {
  mkdirSync(DIR, { recursive: true });
  writeFileSync(FAKE, FAKE_THREAD);
  await bundleExportWorker(path.resolve("."), REAL);
}, 60_000);
afterAll(() => rmSync(DIR, { recursive: true, force: true }));

describe("a file made in a thread", { timeout: 60_000 }, () => {
  it("is the same as one made here, also as PDF with our fonts", async () => {
    const pool = new RenderPool(REAL, 1);
    for (const format of ["epub", "txt", "html", "md"] as const) {
      const asked = job("## One\n\nWords *and* more.", { format });
      expect(await pool.render("ada", asked)).toEqual(await renderFile(asked));
    }
    expect((await pool.render("ada", job("Лодка", { format: "pdf" }))).kind).toBe("file");
    await pool.close();
  });

  it("lets everything else of this process go on meanwhile", async () => {
    const pool = new RenderPool(REAL, 1);
    const file = pool.render(
      "ada",
      job("Some words of a *long* book.\n\n".repeat(10_000), { format: "docx" }),
    );
    let turns = 0;
    let pending = true;
    const turn = () => {
      turns += 1;
      if (pending) setImmediate(turn);
    };
    turn();
    expect((await file).kind).toBe("file");
    pending = false;
    expect(turns).toBeGreaterThan(100);
    await pool.close();
  });
});

describe("a thread that fails", { timeout: 60_000 }, () => {
  it.each(["die", "throw", "hang"])(
    "by %s fails its own file alone, and another takes its place",
    async (name) => {
      const pool = new RenderPool(FAKE, 1, 5_000);
      const [failed, other] = await Promise.allSettled([
        pool.render("ada", job("", { name })),
        pool.render("eve", job("", { name: "well" })),
      ]);
      expect(failed.status).toBe("rejected");
      expect(other).toMatchObject({ status: "fulfilled", value: { kind: "file" } });
      await pool.close();
    },
  );

  it("is not waited for by more than sixty", async () => {
    const pool = new RenderPool(FAKE, 1, 5_000);
    const hung = pool.render("ada", job("", { name: "hang" })).catch((error: unknown) => error);
    const all = Array.from({ length: 61 }, () =>
      pool.render("eve", job("", { name: "x" })).then(
        () => "made",
        (error: { code?: string }) => error.code,
      ),
    );
    const told = await Promise.all(all);
    expect(told.filter((one) => one === "unavailable")).toHaveLength(1);
    expect(told.filter((one) => one === "made")).toHaveLength(60);
    expect(await hung).toMatchObject({ code: "unavailable" });
    await pool.close();
  });
});

it(
  "one person's files are made one at a time, so that another's need not wait for all of them",
  { timeout: 60_000 },
  async () => {
    const pool = new RenderPool(FAKE, 2, 5_000);
    const hung = pool.render("ada", job("", { name: "hang" })).catch((error: unknown) => error);
    const second = pool.render("ada", job("", { name: "second" }));
    const order: string[] = [];
    const eves = pool.render("eve", job("", { name: "eve" })).then(() => order.push("eve"));
    await Promise.all([eves, second.then(() => order.push("ada")), hung]);
    expect(order).toEqual(["eve", "ada"]);
    await pool.close();
  },
);
