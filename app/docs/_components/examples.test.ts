import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { PUBLIC_OPERATIONS } from "@/lib/contract/public-operations";
import { asCurl } from "@/lib/contract/reference/as-curl";
import { asTypeScript } from "@/lib/contract/reference/as-typescript";
import { type ShownRequest, shownRequest } from "@/lib/contract/reference/shown-request";
import { readCurl } from "@/e2e/api/read-curl";
import { buildClientKit } from "@/lib/server/build-client-kit";
import { clientProgram } from "../guide/_components/client-programs";
import { GUIDE_STEPS } from "../guide/_components/steps";
import { wholeProgram } from "../guide/_components/whole-program";

const ORIGIN = "https://penora.example";
const VARIABLES = { PENORA_API_KEY: "pen_imagegene_x", PENORA_SESSION: "penora=x" };

const SHOWN: [name: string, request: ShownRequest][] = [
  ...PUBLIC_OPERATIONS.map((one): [string, ShownRequest] => [one.id, shownRequest(one, ORIGIN)]),
  ...GUIDE_STEPS.map(({ id, request }): [string, ShownRequest] => [`guide-${id}`, request(ORIGIN)]),
];

describe("the examples of the docs", () => {
  it("compile under strict TypeScript, beside the client's own types", { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "penora-examples-"));
    try {
      await buildClientKit(process.cwd(), folder);
      const programs: [string, string][] = SHOWN.map(([name, request]) => [name, asTypeScript(request)]);
      const long: [string, string][] = [
        ["whole", wholeProgram(ORIGIN)],
        ["client", clientProgram(ORIGIN)],
      ];
      expect(complaints([...programs, ...long], folder)).toEqual([]);
      expect(complaints([["wrong", "const amount: number = await fetch('');"]], folder)).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(SHOWN)("say in curl for %s what they say in TypeScript", (_name, shown) => {
    const { method, url, headers, data } = readCurl(asCurl(shown), VARIABLES);
    const filledIn = Object.entries(shown.headers).map(([name, value]): [string, string] => [
      name,
      value.startsWith("$") ? VARIABLES[value.slice(1) as keyof typeof VARIABLES] : value,
    ]);
    expect({ method, url, headers }).toEqual({
      method: shown.method,
      url: shown.url,
      headers: Object.fromEntries(filledIn),
    });
    expect(data === undefined ? undefined : JSON.parse(data)).toEqual(shown.body);
  });

  it("have keys of their own for each step of the guide", () => {
    const keys = GUIDE_STEPS.flatMap(({ request }) => request(ORIGIN).headers["Idempotency-Key"] ?? []);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

it("a quote, a backslash and a line break survive the shell", () => {
  const body = { a: 'it\'s \\ "so"\nand $HOME `x`' };
  const shown: ShownRequest = { method: "POST", url: ORIGIN, headers: {}, body, reply: "json" };
  expect(JSON.parse(readCurl(asCurl(shown), VARIABLES).data ?? "")).toEqual(body);
});

/** What the compiler has against these programs. */
function complaints(programs: readonly (readonly [string, string])[], folder: string): string[] {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.asynciterable.d.ts"],
    types: ["node"],
    typeRoots: [path.resolve("node_modules", "@types")],
    skipLibCheck: true,
  };
  const texts = new Map(programs.map(([name, text]) => [`${folder}/${name}.mts`, `${text}\nexport {};\n`]));
  const host = ts.createCompilerHost(options);
  const [getSourceFile, fileExists] = [host.getSourceFile.bind(host), host.fileExists.bind(host)];
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.getSourceFile = (file, ...more) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile(file, ...more)
      : ts.createSourceFile(file, text, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
}
