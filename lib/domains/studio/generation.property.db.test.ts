import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type Writer, WriterError, type WriteRequest } from "@/lib/ai/port";
import { MODEL_NAMES } from "@/lib/contract/quote";
import { toolInput } from "@/lib/contract/tool-input";
import { pool } from "@/lib/database/client";
import { sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { AppError } from "@/lib/foundation/app-error";
import { newId } from "@/lib/foundation/ids";
import { newPerson } from "@/lib/testing/builders";
import { fakeText } from "@/lib/testing/fake-models";
import { sessionOf, until } from "@/lib/testing/generations";
import { broken } from "@/lib/testing/invariant";
import { plannedStory } from "@/lib/testing/write-stories";
import { continueGeneration } from "./continue-generation";
import { endGeneration } from "./end-generation";
import { findGeneration } from "./read-generation";
import { recoverGenerations } from "./recover-generations";
import { reopenRunnersForTests, stopRunners } from "./runners";
import { startGeneration } from "./start-generation";
import { startTool } from "./start-tool";
import { stopGeneration } from "./stop-generation";
import { writeStoryChapters } from "./stories/write-chapters";
import { configureStudio } from "./studio-settings";

afterEach(async () => {
  await stopRunners();
  reopenRunnersForTests();
  configureStudio();
});

/** A writer at the edge, that is told what to do next: at each call for prose it says some words, then ends as it was told. */
class ToldWriter implements Writer {
  readonly label = "told";
  readonly isDemo = false;
  /** How many of its calls say nothing more, until they are aborted. */
  waiting = 0;
  #calls = 0;
  readonly calls: { words: number; ends: "whole" | "breaks" | "waits" }[] = [];

  async *write({ brief, maxWords }: WriteRequest, { signal }: { signal: AbortSignal }) {
    if (brief.kind === "summary") throw new WriterError("server");
    const { words, ends } = this.calls.shift() ?? { words: 500, ends: "whole" };
    yield fakeText(Math.min(words, maxWords), this.#calls++);
    if (ends === "breaks") throw new WriterError("broken_off");
    if (ends === "waits" && !signal.aborted) {
      this.waiting++;
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
      this.waiting--;
    }
    return { finishReason: signal.aborted ? ("stopped" as const) : ("complete" as const) };
  }
}

const call = fc.record({
  words: fc.integer({ min: 0, max: 600 }),
  ends: fc.constantFrom("whole" as const, "whole" as const, "breaks" as const, "waits" as const),
});
const step = fc.oneof(
  fc.record({
    kind: fc.constant("write" as const),
    calls: fc.array(call, { maxLength: 4 }),
    rewrite: fc.boolean(),
  }),
  fc.constantFrom(
    { kind: "stop" as const },
    { kind: "crash" as const },
    { kind: "late" as const },
    { kind: "twice" as const },
    { kind: "storm" as const },
  ),
);

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

interface World {
  readonly user: string;
  readonly writer: ToldWriter;
  /** Begins or goes on; the id of the generation, null where there is nothing to do. */
  readonly write: (rewrite: boolean) => Promise<string | null>;
  id: string | null;
}

/** A refusal is an answer; any other error fails the test. */
async function orNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError && error.code !== "internal" && error.code !== "unavailable") return null;
    throw error;
  }
}

async function storyWorld(
  user: string,
  writer: ToldWriter,
  model: (typeof MODEL_NAMES)[number],
): Promise<World> {
  const { story, chapters } = await plannedStory(user, { chapters: 3, words_per_chapter: 400, model });
  const caller = sessionOf(user);
  const write = async (rewrite: boolean) => {
    const only = rewrite ? { chapters: [chapters[0]?.id ?? ""] } : {};
    return (
      (await orNull(writeStoryChapters({ caller, id: story.id, rewrite, ...only })))?.result.generation_id ??
      null
    );
  };
  return { user, writer, write, id: null };
}

function promptWorld(user: string, writer: ToldWriter, model: (typeof MODEL_NAMES)[number]): World {
  const caller = sessionOf(user);
  const world: World = {
    user,
    writer,
    id: null,
    write: async () => {
      const begun =
        world.id === null
          ? startGeneration({ prompt: "A lighthouse", pages: 3, model, format: "prose", caller })
          : continueGeneration({ caller, id: world.id });
      return (await orNull(begun))?.result.generation_id ?? null;
    },
  };
  return world;
}

/** A tool answers anew each time: there is nothing to go on with. */
function toolWorld(user: string, writer: ToldWriter, model: (typeof MODEL_NAMES)[number]): World {
  const caller = sessionOf(user);
  const ask = toolInput.parse({ tool: "write", text: "The lamp went out.", words: 300, variants: 3, model });
  const write = async (goOn: boolean) => {
    const begun =
      goOn && world.id !== null ? continueGeneration({ caller, id: world.id }) : startTool({ caller, ask });
    return (await orNull(begun))?.result.generation_id ?? null;
  };
  const world: World = { user, writer, id: null, write };
  return world;
}

/** Until the round has ended, or the writer says nothing more; without `orWaits`, until it has ended. */
async function untilRest({ writer }: World, id: string, orWaits = false): Promise<void> {
  const ended = "SELECT 1 FROM generations WHERE id = $1 AND status <> 'writing'";
  await until(
    async () => (orWaits && writer.waiting > 0) || (await pool().query(ended, [id])).rows.length > 0,
  );
}

async function run(world: World, one: Step): Promise<void> {
  const { user, writer, id } = world;
  const caller = sessionOf(user);
  const crash =
    "UPDATE generations SET runner_id = $2, lease_expires_at = now() - interval '1 second' WHERE id = $1 AND status = 'writing'";
  switch (one.kind) {
    case "write": {
      writer.calls.push(...one.calls);
      world.id = (await world.write(one.rewrite)) ?? id;
      if (world.id !== null) await untilRest(world, world.id, true);
      return;
    }
    case "stop":
      if (id === null) return;
      await orNull(stopGeneration({ caller, id }));
      return untilRest(world, id);
    case "crash":
      if (id === null) return;
      await pool().query(crash, [id, newId()]);
      await pool().query(
        "UPDATE holds SET expires_at = now() - interval '1 day' WHERE user_id = $1 AND status = 'open'",
        [user],
      );
      await Promise.all([recoverGenerations(), recoverGenerations(), sweepExpiredHolds()]);
      return untilRest(world, id);
    case "late": {
      // Whoever lost the lease ends the round all the same, in every way there is.
      if (id === null) return;
      const claim = { runnerId: newId() };
      expect(await endGeneration({ userId: user, id, claim }, { kind: "done" })).toBe(false);
      expect(await endGeneration({ userId: user, id, claim: "abandoned" }, { kind: "interrupted" })).toBe(
        false,
      );
      return;
    }
    case "storm": {
      // All at once, each over a connection of its own: whatever comes first, the others find it done.
      const begun = await Promise.all([
        world.write(false),
        id === null ? null : orNull(stopGeneration({ caller, id })).then(() => null),
        id === null
          ? null
          : pool()
              .query(crash, [id, newId()])
              .then(() => null),
        recoverGenerations().then(() => null),
        id === null
          ? null
          : endGeneration({ userId: user, id, claim: "abandoned" }, { kind: "interrupted" }).then(() => null),
        sweepExpiredHolds().then(() => null),
        world.write(true),
      ]);
      world.id = begun.find((one) => one !== null) ?? id;
      if (world.id === null) return;
      await recoverGenerations();
      return untilRest(world, world.id, true);
    }
    case "twice": {
      const [first, second] = await Promise.all([world.write(false), world.write(false)]);
      world.id = first ?? second ?? id;
      if (world.id !== null) await untilRest(world, world.id, true);
    }
  }
}

/** Of each settlement, and of each hold: what was held is what was charged and given back, once. */
async function unsettled(user: string): Promise<unknown[]> {
  const { rows } = await pool().query(
    `SELECT 'hold' AS what, h.id, h.amount, h.status, h.captured_amount, s.lines, s.charged FROM holds h
     LEFT JOIN LATERAL (
       SELECT count(*) AS lines, COALESCE(sum(charged), 0) AS charged, COALESCE(sum(charged + released), 0) AS told
       FROM generation_settlements WHERE hold_id = h.id
     ) s ON true
     WHERE h.user_id = $1 AND (
       (h.status = 'open' AND NOT EXISTS (SELECT 1 FROM generations g WHERE g.hold_id = h.id AND g.status = 'writing'))
       OR (h.status <> 'open' AND (s.lines <> 1 OR s.charged <> h.captured_amount OR s.told <> h.amount))
     )
     UNION ALL
     SELECT 'generation', g.id, g.charged_credits, g.status, s.charged, 0, 0 FROM generations g
     LEFT JOIN LATERAL (SELECT COALESCE(sum(charged), 0) AS charged FROM generation_settlements WHERE generation_id = g.id) s ON true
     WHERE g.user_id = $1 AND g.charged_credits <> s.charged`,
    [user],
  );
  return rows;
}

describe("any order and repetition of finishing, stopping, failing, crashing and coming late", () => {
  it.each([
    ["a text of pages", (...of: Parameters<typeof storyWorld>) => Promise.resolve(promptWorld(...of))],
    ["a story of chapters", storyWorld],
    ["the answers of a tool", (...of: Parameters<typeof storyWorld>) => Promise.resolve(toolWorld(...of))],
  ])(
    "gives, for %s, hold = captured + released, once for each hold",
    async (_what, worldOf) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...MODEL_NAMES),
          fc.array(step, { minLength: 1, maxLength: 8 }),
          async (model, steps) => {
            const writer = new ToldWriter();
            configureStudio({ writer: () => writer, flushMs: 0, tickMs: 5 });
            const user = await newPerson(30);
            const world = await worldOf(user, writer, model);
            for (const one of steps) {
              await run(world, one);
              expect(await unsettled(user)).toEqual([]);
            }
            if (world.id !== null) {
              await orNull(stopGeneration({ caller: sessionOf(user), id: world.id }));
              await untilRest(world, world.id);
              expect((await findGeneration(user, world.id))?.generation.status).not.toBe("writing");
            }
            await stopRunners();
            reopenRunnersForTests();
            const { rows } = await pool().query(
              "SELECT 1 FROM holds WHERE user_id = $1 AND status = 'open'",
              [user],
            );
            expect(rows).toEqual([]);
            expect(await unsettled(user)).toEqual([]);
            expect(await broken()).toEqual([]);
          },
        ),
        { numRuns: 25 },
      );
    },
    180_000,
  );
});
