import { describe, expect, it } from "vitest";
import { GENERATION_EVENTS } from "@/lib/contract/studio";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import { fakeText } from "@/lib/testing/fake-models";
import { purseOf, sessionOf, until, untilEnded, writeWith } from "@/lib/testing/generations";
import { answerStories } from "@/lib/testing/story-model";
import { studioModel } from "@/lib/testing/studio-model";
import { plannedStory, storyOf, writeChapters } from "@/lib/testing/write-stories";
import { endGeneration } from "./end-generation";
import { listSettlements } from "./list-settlements";
import { findGeneration } from "./read-generation";
import { ensureRunner } from "./runners";
import { startGeneration } from "./start-generation";
import { stopGeneration } from "./stop-generation";
import { configureStudio } from "./studio-settings";

const model = await studioModel();

/** The last event of a generation: what an open page hears of its end. */
async function endOf(id: string) {
  const { rows } = await pool().query<{ data: unknown }>(
    "SELECT data FROM generation_events WHERE generation_id = $1 AND kind = 'end' ORDER BY seq DESC LIMIT 1",
    [id],
  );
  return GENERATION_EVENTS.end.parse(rows[0]?.data);
}

/** A text of two pages that nobody goes on with: its first page is done, and its second not begun. */
async function betweenPages(user: string): Promise<string> {
  writeWith(model, { onePageARequest: true });
  model.enqueue({ text: fakeText(400) });
  const ask = { prompt: "A lighthouse", pages: 2, model: "balanced", format: "prose" } as const;
  const { result } = await startGeneration({ ...ask, caller: sessionOf(user) });
  await (
    await ensureRunner(user, result.generation_id)
  )?.ended;
  return result.generation_id;
}

describe("the end of a round", () => {
  it("between two pages says that what is finished was charged, and never that nothing was", async () => {
    const user = await newPerson(10);
    const id = await betweenPages(user);
    await endGeneration({ userId: user, id, claim: "unclaimed" }, { kind: "interrupted" });
    const { generation } = (await findGeneration(user, id)) ?? {};
    expect(generation).toMatchObject({ status: "interrupted", charged_credits: 1 });
    expect(generation?.error).toBe("The server was interrupted. You were charged only for what is finished.");
    expect(await purseOf(user)).toMatchObject({ credits: 9, held: 0, used: 1 });
  });

  it("where no model is configured any more says what that means for the coins", async () => {
    const user = await newPerson(10);
    const id = await betweenPages(user);
    configureStudio({ writer: () => null, onePageARequest: true });
    await (
      await ensureRunner(user, id)
    )?.ended;
    expect((await findGeneration(user, id))?.generation.error).toBe(
      "Writing is not available: this server has no model to write with. You were charged only for what is finished.",
    );
  });

  it.each([
    ["stopped in its second chapter", 2],
    ["stopped in its first chapter", 1],
  ])("of a story (%s) tells open pages the figures that stand in the history", async (_what, chapter) => {
    writeWith(model);
    answerStories(model, { chapters: { [chapter]: [{ text: fakeText(400, chapter), msPerChunk: 20 }] } });
    const user = await newPerson(20);
    const planned = await plannedStory(user, { model: "creative" });
    const { id } = await writeChapters(user, planned);
    await until(async () => ((await findGeneration(user, id))?.pieces[chapter - 1]?.words ?? 0) > 20);
    await stopGeneration({ caller: sessionOf(user), id });
    const { settlement, charged_credits } = await untilEnded(user, id);
    const { quoted, charged, released, charged_in_all } = await endOf(id);
    expect({ quoted, charged, released }).toMatchObject({
      quoted: settlement?.quoted,
      charged: settlement?.charged,
      released: settlement?.released,
    });
    expect(quoted).toBe(chapter * 2);
    expect(charged + released).toBe(quoted);
    expect(charged_in_all).toBe(charged_credits);
  });
});

describe("the history of a person", () => {
  it("has a line for each settlement, also for one that cost nothing, and nobody else's", async () => {
    writeWith(model);
    const [user, other] = [await newPerson(20), await newPerson(20)];
    answerStories(model, { chapters: { 2: Array.from({ length: 4 }, () => ({ status: 500 })) } });
    const planned = await plannedStory(user, { chapters: 2 });
    await untilEnded(user, (await writeChapters(user, planned)).id);
    const ask = { prompt: "A lighthouse", pages: 1, model: "balanced", format: "prose" } as const;
    model.handle(() => ({ text: fakeText(400) }));
    const { result } = await startGeneration({ ...ask, caller: sessionOf(user) });
    await untilEnded(user, result.generation_id);
    expect(await listSettlements(user, 20)).toMatchObject([
      {
        what: "Single prompt, 1 page: A lighthouse",
        quoted: 1,
        charged: 1,
        released: 0,
        why: "Finished: 400 words delivered.",
      },
      {
        what: "Story “The Light”, chapter 2: The lamp of day 2",
        quoted: 1,
        charged: 0,
        released: 1,
        why: "Failed: The model's server failed. 0 words delivered.",
      },
      { what: "Story “The Light”, chapter 1: The letter of day 1", quoted: 1, charged: 1, released: 0 },
    ]);
    expect(await listSettlements(user, 1)).toHaveLength(1);
    expect(await listSettlements(other, 20)).toEqual([]);
  });
});

describe("while chapters are written", () => {
  it("the same wish is the same writing, and another one is told to wait", async () => {
    writeWith(model);
    answerStories(model, { everyChapter: { text: fakeText(400), msPerChunk: 20 } });
    const user = await newPerson(20);
    const planned = await plannedStory(user);
    const { id } = await writeChapters(user, planned, [1]);
    await expect(writeChapters(user, planned, [1])).resolves.toMatchObject({ id });
    for (const other of [undefined, [2], [1, 2]])
      await expect(writeChapters(user, planned, other)).rejects.toMatchObject({ code: "story_busy" });
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 20);
    await stopGeneration({ caller: sessionOf(user), id });
    await untilEnded(user, id);

    const stopped = await storyOf(user, planned.story.id);
    const going = await writeChapters(user, stopped, [1]);
    await expect(writeChapters(user, stopped, [1], { rewrite: true })).rejects.toMatchObject({
      code: "story_busy",
    });
    await stopGeneration({ caller: sessionOf(user), id: going.id });
    await untilEnded(user, going.id);
  });
});
