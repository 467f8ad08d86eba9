import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
import { house } from "./lint-walls.mjs";
import tseslint from "typescript-eslint";

const rules = Object.fromEntries(Object.keys(house.rules).map((name) => [`house/${name}`, "error" as const]));
const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ["**/*.ts", "**/*.tsx"],
      languageOptions: { parser: tseslint.parser },
      plugins: { house: house },
      rules,
    },
  ],
});

/** The walls that this text runs into, standing in that file. */
async function wallsHit(filePath: string, text: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(text, { filePath });
  return result?.messages.map((message) => message.ruleId ?? message.message) ?? [];
}

describe("the wall between parts of the house", () => {
  it.each([
    ["lib/contract/credits.ts", "@/lib/foundation/clock"],
    ["lib/ui/button.tsx", "@/lib/client/call"],
    ["lib/foundation/clock.ts", "@/lib/contract/credits"],
    ["lib/foundation/clock.ts", "../http/route"],
    ["lib/client/call.ts", "@/lib/domains/credits/deduct-credits"],
    ["lib/http/route.ts", "@/lib/database/client"],
    ["lib/http/route.ts", "@/lib/domains/credits/deduct-credits"],
    ["lib/http/route.ts", "next/server"],
    ["lib/contract/credits.ts", "react"],
    ["lib/ai/port.ts", "@/lib/domains/studio/generate"],
    ["lib/database/client.ts", "@/lib/http/route"],
    ["app/account/page.tsx", "@/lib/database/client"],
    ["app/account/page.tsx", "@/prisma/seed"],
    ["app/account/page.tsx", "@/lib/testing/database"],
    ["app/account/page.tsx", "@/app/workspace/_components/gallery"],
    ["app/account/_components/balance.tsx", "../../docs/guide/_components/steps"],
    ["app/_components/brand.tsx", "./../account/_components/balance"],
    ["middleware.ts", "@/lib/database/client"],
  ])("%s may not know %s", async (file, source) => {
    for (const text of [
      `import "${source}";`,
      `export { x } from "${source}";`,
      `void import("${source}");`,
    ]) {
      expect(await wallsHit(file, `import "server-only";\n${text}`)).toEqual(["house/imports"]);
    }
  });

  it.each([
    ["accounts", "credits"],
    ["credits", "workspace"],
    ["workspace", "studio"],
    ["credits", "studio"],
    ["accounts", "sessions"],
  ])("the room %s may not know the room %s", async (room, other) => {
    const text = `import "server-only";\nimport "../${other}/anything";`;
    expect(await wallsHit(`lib/domains/${room}/x.ts`, text)).toEqual(["house/imports"]);
    const ai = `import "server-only";\nimport "@/lib/ai/port";`;
    expect(await wallsHit(`lib/domains/${room}/x.ts`, ai)).toEqual(["house/imports"]);
  });

  it("a room that stands in no list may not know another", async () => {
    const text = `import "server-only";\nimport "@/lib/domains/credits/x";`;
    expect(await wallsHit("lib/domains/brand-new/x.ts", text)).toEqual(["house/imports"]);
  });

  it.each([
    ["lib/domains/studio/x.ts", "@/lib/ai/port"],
    ["lib/domains/studio/x.ts", "@/lib/domains/credits/holds"],
    ["lib/domains/sessions/x.ts", "../accounts/get-account"],
    ["lib/foundation/app-error.ts", "@/lib/contract/errors"],
    ["app/account/page.tsx", "@/lib/domains/accounts/get-account"],
    ["app/account/page.tsx", "./_components/balance"],
    ["app/account/_components/balance.tsx", "@/app/_components/brand"],
    ["app/docs/guide/page.tsx", "../_components/prose"],
  ])("%s may know %s", async (file, source) => {
    expect(await wallsHit(file, `import "server-only";\nimport "${source}";`)).toEqual([]);
  });
});

describe("the other walls", () => {
  it("only env.ts reads the environment", async () => {
    expect(await wallsHit("lib/http/x.ts", "export const x = process.env.X;")).toEqual(["house/environment"]);
    expect(await wallsHit("lib/http/x.ts", `import { env } from "node:process"; void env;`)).toEqual([
      "house/environment",
    ]);
    expect(await wallsHit("lib/foundation/env.ts", "export const x = process.env.X;")).toEqual([]);
  });

  it.each([
    "export const x = `SELECT id FROM users`;",
    "export const x = 'UPDATE users SET credits = 0';",
    "export const x = (db: any) => db.query('BEGIN');",
    "export const x = (db: any) => db.$queryRaw`x`;",
    "export const x = (db: any) => db().user.updateMany({});",
    `import { statement } from "@/lib/database/client"; export const x = statement("x");`,
  ])("SQL stands in statements.ts only: %s", async (text) => {
    expect(await wallsHit("lib/domains/credits/deduct.ts", `import "server-only"; ${text}`)).toContain(
      "house/sql",
    );
    expect(await wallsHit("lib/domains/credits/statements.ts", `import "server-only"; ${text}`)).toEqual([]);
  });

  it.each(["lib/domains/credits/x.ts", "lib/database/x.ts", "lib/ai/x.ts"])(
    "%s begins with server-only",
    async (file) => {
      expect(await wallsHit(file, "export const x = 1;")).toEqual(["house/server-only"]);
      expect(await wallsHit(file, `import "zod";\nimport "server-only";`)).toEqual(["house/server-only"]);
    },
  );

  it("a door is short and decides nothing", async () => {
    const door = "app/api/x/route.ts";
    expect(await wallsHit(door, `export const GET = [\n${"1,\n".repeat(15)}];`)).toEqual(["house/doors"]);
    expect(await wallsHit(door, "export const GET = (x: boolean) => (x ? 1 : 2);")).toEqual(["house/doors"]);
    expect(await wallsHit(door, "export function GET() { try { return 1; } catch { return 2; } }")).toEqual([
      "house/doors",
    ]);
    expect(await wallsHit(door, "export const GET = () => new Response();")).toEqual(["house/doors"]);
  });

  it.each([
    "it.only('x', f)",
    "describe.skip('x', f)",
    "test.fixme('x', f)",
    "test.describe.only('x', f)",
    "xit('x', f)",
  ])("no test is left out: %s", async (text) => {
    expect(await wallsHit("lib/x.test.ts", `${text};`)).toEqual(["house/whole-tests"]);
  });
});
