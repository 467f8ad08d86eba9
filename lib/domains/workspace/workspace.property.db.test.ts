import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { AppError } from "@/lib/foundation/app-error";
import type { Caller } from "@/lib/foundation/caller";
import { newPerson, rootWithKey } from "@/lib/testing/builders";
import { broken } from "@/lib/testing/invariant";
import { deleteProject } from "./delete-project";
import { findProject } from "./get-project";
import { restoreProject } from "./restore-project";
import { saveProject } from "./save-project";
import { updateProject } from "./update-project";

type Kind = "save" | "update" | "rename" | "delete" | "restore";
interface Command {
  kind: Kind;
  which: number;
  bytes: number;
  stale: boolean;
  repeat: boolean;
}

const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom<Kind>("save", "save", "update", "rename", "delete", "restore"),
  which: fc.nat({ max: 5 }),
  bytes: fc.integer({ min: 1, max: 450_000 }),
  stale: fc.boolean(),
  repeat: fc.boolean(),
});

interface Known {
  code: string;
  bytes: number;
  version: number;
  title: string;
  deleted: boolean;
}

interface World {
  user: string;
  projects: Known[];
}

const LIMIT = 1_048_576;
const used = (world: World) =>
  world.projects.reduce((sum, project) => sum + (project.deleted ? 0 : project.bytes), 0);

/** Runs it, twice where it is repeated with its key; answers "done" or the code of the refusal. */
async function attempt(
  repeat: boolean,
  work: (caller: Caller) => Promise<{ result: unknown }>,
): Promise<unknown> {
  const caller = rootWithKey(randomUUID());
  const once = async () => {
    try {
      return (await work(caller)).result;
    } catch (error) {
      if (error instanceof AppError && !["internal", "unavailable"].includes(error.code)) return error.code;
      throw error;
    }
  };
  const first = await once();
  if (repeat) expect(await once()).toEqual(first);
  return first;
}

async function run(world: World, c: Command): Promise<void> {
  const { user } = world;
  if (c.kind === "save") return save(world, c);
  const project = world.projects[c.which % Math.max(1, world.projects.length)];
  if (project === undefined) return;
  const base = { user_id: user, code: project.code };
  if (c.kind === "delete") {
    const told = await attempt(c.repeat, (caller) => deleteProject({ ...base, caller }));
    expect(told === "project_not_found").toBe(project.deleted);
    project.deleted = true;
    return;
  }
  if (c.kind === "restore") {
    const told = await attempt(c.repeat, (caller) => restoreProject({ ...base, caller }));
    if (!project.deleted) return expect(told).toBe("project_not_found");
    expect(told === "storage_limit_exceeded").toBe(used(world) + project.bytes > LIMIT);
    if (typeof told !== "string") project.deleted = false;
    return;
  }
  const content = c.kind === "update" ? "y".repeat(c.bytes) : undefined;
  const title = c.kind === "rename" ? `Name ${c.bytes}` : undefined;
  const version = c.stale ? project.version - 1 || undefined : project.version;
  const told = await attempt(c.repeat, (caller) =>
    updateProject({ ...base, content, title, version, caller }),
  );
  if (project.deleted) return expect(told).toBe("project_not_found");
  if (version !== undefined && version !== project.version) return expect(told).toBe("version_conflict");
  const bytes = content === undefined ? project.bytes : c.bytes;
  expect(told === "storage_limit_exceeded").toBe(used(world) - project.bytes + bytes > LIMIT);
  if (typeof told === "string") return;
  Object.assign(project, { bytes, version: project.version + 1, title: title ?? project.title });
}

async function save(world: World, c: Command): Promise<void> {
  const told = await attempt(c.repeat, (caller) =>
    saveProject({
      ...{ user_id: world.user, app_source: "imagegene", project_type: "text", title: "New" },
      ...{ content: "x".repeat(c.bytes), caller },
    }),
  );
  expect(told === "storage_limit_exceeded").toBe(used(world) + c.bytes > LIMIT);
  if (typeof told === "string") return;
  const { code } = told as { code: string };
  world.projects.push({ code, bytes: c.bytes, version: 1, title: "New", deleted: false });
}

describe("the space of a person", () => {
  it("is the sum of the living projects after any sequence of commands, each as the model says", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 12 }), async (commands) => {
        const world: World = { user: await newPerson(0), projects: [] };
        for (const one of commands) await run(world, one);
        const { rows } = await pool().query(
          "SELECT storage_used_bytes AS used, project_count AS projects FROM users WHERE id = $1",
          [world.user],
        );
        const alive = world.projects.filter((project) => !project.deleted);
        expect(rows).toEqual([{ used: used(world), projects: alive.length }]);
        for (const { code, version, title, bytes } of alive) {
          expect(await findProject(world.user, code)).toMatchObject({ version, title, size_bytes: bytes });
        }
      }),
      { numRuns: 500 },
    );
    expect(await broken()).toEqual([]);
  }, 300_000);
});
