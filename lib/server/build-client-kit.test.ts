import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildClientKit } from "./build-client-kit";
import { CONTRACT_FILE, printContract } from "./print-client-contract";

let dir: string;

beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), "penora-client-"));
  const installed = path.join(dir, "node_modules", "penora");
  await mkdir(installed, { recursive: true });
  await buildClientKit(process.cwd(), installed);
}, 60_000);

afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** What the compiler says of programs that use the client as a package, in their order. */
function complaints(...programs: string[]): string[] {
  const files = programs.map((_, i) => path.join(dir, `app${i}.mts`));
  files.forEach((file, i) => writeFileSync(file, programs[i] ?? ""));
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  });
  const all = ts.getPreEmitDiagnostics(program);
  return files.map((name) =>
    all
      .filter(({ file }) => file !== undefined && path.resolve(file.fileName) === name)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))
      .join("\n"),
  );
}

describe("the client as a package", () => {
  it("is what the contract says: `npm run sdk` would change nothing", async () => {
    expect(readFileSync(CONTRACT_FILE, "utf8")).toBe(await printContract());
  });

  it("imports nothing, and can be loaded where there is no page", () => {
    const file = path.join(dir, "node_modules", "penora", "penora.mjs");
    expect(readFileSync(file, "utf8")).not.toMatch(/^import |\bimport\(|require\(/m);
    const script = 'import * as kit from "penora"; console.log(Object.keys(kit).sort().join());';
    writeFileSync(path.join(dir, "load.mjs"), script);
    const told = execFileSync(process.execPath, [path.join(dir, "load.mjs")], { encoding: "utf8" });
    expect(told.trim()).toBe("Penora,PenoraBalance,PenoraError");
  });

  it("types what it takes and gives, without any other package", () => {
    const using = (lines: string) => `import { Penora, PenoraError, type Output } from "penora";
      const penora = new Penora({ baseUrl: "https://penora.example", apiKey: "pen_x" });
      ${lines}`;
    const [right, missing, unknown, wrong] = complaints(
      using(`const told: Output<"deductCredits"> = await penora.call("deductCredits", { user_id: "u", amount: 2 });
        const left: number = told.new_balance;
        const code: string = await penora.withHold("u", 3, async (hold) =>
          (await hold.saveAndCapture({ project_type: "image", title: "t", content: "c" })).project_code);
        const credits: number | false = await penora.deductCredits("u", 1);
        export { left, code, credits, PenoraError };`),
      using('await penora.call("deductCredits", { user_id: "u" }); export { PenoraError, type Output };'),
      using('await penora.call("spendCredits", {}); export { PenoraError, type Output };'),
      using(
        '(await penora.call("userInfo", { user_id: "u" })).creditz; export { PenoraError, type Output };',
      ),
    );
    expect(right).toBe("");
    expect(missing).toContain("amount");
    expect(unknown).toContain("spendCredits");
    expect(wrong).toContain("creditz");
  }, 60_000);
});
