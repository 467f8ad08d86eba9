import { describe, expect, it } from "vitest";
import { DemoWriter } from "@/lib/ai/demo-writer/demo-writer";
import { findProject } from "@/lib/domains/workspace/get-project";
import { newPerson } from "@/lib/testing/builders";
import { sessionOf, untilEnded, writeWith } from "@/lib/testing/generations";
import { answerStories } from "@/lib/testing/story-model";
import { studioModel } from "@/lib/testing/studio-model";
import { plannedStory, writtenStory } from "@/lib/testing/write-stories";
import { continueGeneration } from "./continue-generation";
import { startGeneration } from "./start-generation";
import { configureStudio } from "./studio-settings";

const model = await studioModel();

const LABEL = "Demo writer: rule-based, no AI";

/** From here on the demo writer writes, without its pauses. */
function writeAsDemo(): void {
  const writer = new DemoWriter({ wordsPerSecond: Infinity });
  configureStudio({ writer: () => writer, flushMs: 10, tickMs: 50 });
}

const labelOf = async (user: string, code: string | null) =>
  (await findProject(user, code ?? ""))?.metadata?.label;

describe("what the demo writer wrote", () => {
  it("says so in the workspace, also where a model began the text", async () => {
    writeWith(model);
    model.enqueue({}, { breakAfterChunks: 20, msPerChunk: 3 });
    const user = await newPerson(20);
    const caller = sessionOf(user);
    const ask = { prompt: "A lighthouse", pages: 2, model: "balanced", format: "prose" } as const;
    const { result } = await startGeneration({ ...ask, caller });
    const failed = await untilEnded(user, result.generation_id);
    expect(await labelOf(user, failed.project_code)).toBeUndefined();

    writeAsDemo();
    await continueGeneration({ caller, id: result.generation_id });
    const done = await untilEnded(user, result.generation_id);
    expect(done).toMatchObject({ status: "done", label: LABEL, project_code: failed.project_code });
    expect(await findProject(user, done.project_code ?? "")).toMatchObject({
      metadata: { label: LABEL, generation_id: result.generation_id },
    });
  });

  it("says so in a story, also where a model wrote the chapters before", async () => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(20);
    const one = await writtenStory(
      user,
      await plannedStory(user, { chapters: 2, words_per_chapter: 300 }),
      [1],
    );
    expect(await labelOf(user, one.story.project_code)).toBeUndefined();
    writeAsDemo();
    const { story } = await writtenStory(user, one);
    expect(story).toMatchObject({ status: "done", label: LABEL });
    expect(await findProject(user, story.project_code ?? "")).toMatchObject({
      metadata: { label: LABEL, story_id: story.id },
    });
  });

  it.each([
    ["in a language that it does not know", "A lighthouse keeper finds a letter.", "French"],
    [
      "of a premise in another language",
      "Elle est montée dans la tour et elle a regardé la mer. Il ne venait pas, et elle le savait. Le vent était dans les arbres et la pluie tombait sur le toit de la maison, comme tous les soirs.",
      undefined,
    ],
  ])("is no failure %s: it says that it knows one", async (_what, premise, language) => {
    writeAsDemo();
    const user = await newPerson(20);
    const planned = await plannedStory(user, { chapters: 1, words_per_chapter: 300, premise, language });
    const { generation, story } = await writtenStory(user, planned);
    expect(generation).toMatchObject({ status: "done", error: null, label: LABEL });
    expect(story.status).toBe("done");
    const ask = { prompt: premise, pages: 1, model: "balanced", format: "prose", language } as const;
    const { result } = await startGeneration({ ...ask, caller: sessionOf(user) });
    expect(await untilEnded(user, result.generation_id)).toMatchObject({ status: "done", label: LABEL });
  });
});
