import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { broken } from "@/lib/testing/invariant";
import { deleteProject } from "./delete-project";
import { findProject } from "./get-project";
import { restoreProject } from "./restore-project";
import { saveProject } from "./save-project";
import { updateProject } from "./update-project";
import { getVersion, keepConflict, listVersions, restoreVersion } from "./versions";

const caller: Caller = { ...ROOT_CALLER, kind: "session", app: "penora", admin: false };
const draft = { app_source: "penora", project_type: "text", title: "Race", caller };

/** A refusal is an answer too; anything else fails the test. */
async function outcome(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "done";
  } catch (error) {
    if (error instanceof AppError && !["internal", "unavailable"].includes(error.code)) return error.code;
    throw error;
  }
}

async function contentsOf(user: string, code: string): Promise<string[]> {
  const { versions } = await listVersions({ user_id: user, code });
  return Promise.all(
    versions.map(async ({ number }) => (await getVersion({ user_id: user, code, number })).version.content),
  );
}

describe("versions, many at once", () => {
  it("of two tabs that write over one version, one is stored and neither text is lost", async () => {
    for (let round = 0; round < 20; round++) {
      const user = await newPerson(0);
      const { code } = (await saveProject({ ...draft, user_id: user, content: "the first text" })).result;
      const tab = async (content: string) => {
        const told = await outcome(updateProject({ user_id: user, code, content, version: 1, caller }));
        if (told === "version_conflict") await keepConflict({ user_id: user, code, content, caller });
        return told;
      };
      const told = await Promise.all([tab("A wrote this"), tab("B wrote that")]);
      expect(told.sort()).toEqual(["done", "version_conflict"]);
      const everything = new Set([
        ...(await contentsOf(user, code)),
        (await findProject(user, code))?.content,
      ]);
      expect(everything).toEqual(new Set(["the first text", "A wrote this", "B wrote that"]));
    }
    expect(await broken()).toEqual([]);
  });

  it("two restores of one version leave one of them stored, and the bytes add up", async () => {
    const user = await newPerson(0);
    const { code } = (await saveProject({ ...draft, user_id: user, content: "x".repeat(1_000) })).result;
    await updateProject({ user_id: user, code, content: "short", caller });
    const told = await Promise.all(
      Array.from({ length: 8 }, () =>
        outcome(restoreVersion({ user_id: user, code, number: 1, version: 2, caller })),
      ),
    );
    expect(told.filter((one) => one === "done")).toHaveLength(1);
    expect(await contentsOf(user, code)).toEqual(["short", "x".repeat(1_000)]);
    expect(await broken()).toEqual([]);
  });

  it("large texts written over from many connections never leave more than 5 MB and 20 versions", async () => {
    const user = await newPerson(0);
    const codes = await Promise.all(
      [1, 2, 3].map(
        async (n) =>
          (await saveProject({ ...draft, user_id: user, content: `${n}`.repeat(300_000) })).result.code,
      ),
    );
    await Promise.all(
      Array.from({ length: 60 }, async (_, i) => {
        const code = codes[i % codes.length] ?? "";
        // Each is another app: all are kept.
        await outcome(
          updateProject({
            ...{ user_id: user, code, content: String(i).padStart(3, "0").repeat(100_000) },
            caller: { ...ROOT_CALLER, app: `app-${i}` },
          }),
        );
      }),
    );
    const { rows } = await pool().query<{ n: number; bytes: number }>(
      "SELECT count(*) AS n, sum(size_bytes) AS bytes FROM project_versions WHERE user_id = $1",
      [user],
    );
    expect(rows).toEqual([{ n: 17, bytes: 5_100_000 }]);
    expect(await broken()).toEqual([]);
  });
});

type Kind = "write" | "grow" | "restore" | "conflict" | "delete" | "undelete";
const command = fc.record({
  kind: fc.constantFrom<Kind>("write", "write", "grow", "restore", "conflict", "delete", "undelete"),
  which: fc.nat({ max: 1 }),
  number: fc.integer({ min: 1, max: 6 }),
  bytes: fc.integer({ min: 1, max: 500_000 }),
  app: fc.constantFrom("penora", "imagegene", "other"),
  letter: fc.constantFrom("a", "b", "c"),
});
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

function run(user: string, codes: readonly string[], c: Command): Promise<string> {
  const base = { user_id: user, code: codes[c.which] ?? "", caller: { ...caller, app: c.app } };
  const content = c.letter.repeat(c.bytes);
  switch (c.kind) {
    case "write":
      return outcome(updateProject({ ...base, content }));
    case "grow":
      return outcome(updateProject({ ...base, content: content + content.slice(0, 100) }));
    case "restore":
      return outcome(restoreVersion({ ...base, number: c.number }));
    case "conflict":
      return outcome(keepConflict({ ...base, content }));
    case "delete":
      return outcome(deleteProject(base));
    case "undelete":
      return outcome(restoreProject(base));
  }
}

describe("any order of writing, restoring, conflicts and bin", () => {
  it("leaves bytes that add up, also where all come at once", async () => {
    const known = ["done", "project_not_found", "not_found", "storage_limit_exceeded"];
    await fc.assert(
      fc.asyncProperty(
        fc.array(command, { minLength: 1, maxLength: 14 }),
        fc.boolean(),
        async (commands, atOnce) => {
          const user = await newPerson(0);
          const codes: string[] = [];
          for (const content of ["one", "two"])
            codes.push((await saveProject({ ...draft, user_id: user, content })).result.code);
          const told: string[] = [];
          if (atOnce) told.push(...(await Promise.all(commands.map((c) => run(user, codes, c)))));
          else for (const c of commands) told.push(await run(user, codes, c));
          expect(told.filter((one) => !known.includes(one))).toEqual([]);
        },
      ),
      { numRuns: 120 },
    );
    expect(await broken()).toEqual([]);
  });
});
