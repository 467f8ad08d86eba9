import { describe, expect, it } from "vitest";
import { pool } from "@/lib/database/client";
import { newPerson } from "@/lib/testing/builders";
import type { FakeBehaviour } from "@/lib/testing/fake-models";
import { purseOf, sessionOf, untilEnded, writeWith } from "@/lib/testing/generations";
import { outlineFor, STORY_BIBLE, storyIdeaOf } from "@/lib/testing/stories";
import { answerStories, json, outlineAsked } from "@/lib/testing/story-model";
import { plannedStory, storyOf, writeChapters, writtenStory } from "@/lib/testing/write-stories";
import { findProject } from "@/lib/domains/workspace/get-project";
import { updateProject } from "@/lib/domains/workspace/update-project";
import { studioModel } from "@/lib/testing/studio-model";
import { continueGeneration } from "../continue-generation";
import { stopGeneration } from "../stop-generation";
import { createStory, deleteStory, updateStory } from "./edit-story";
import { writeStoryBible, writeStoryOutline } from "./plan-story";
import { findStory, storiesOf } from "./read-story";
import { saveStoryNow } from "./save-story-now";

const model = await studioModel();

async function newStory(user: string, chapters = 4) {
  const caller = sessionOf(user);
  const { result } = await createStory({ caller, idea: storyIdeaOf({ chapters, words_per_chapter: 400 }) });
  return { caller, id: result.story_id };
}

describe("a bible", () => {
  it("costs a coin, and stands in the story", async () => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(5);
    const { caller, id } = await newStory(user);
    const { result } = await writeStoryBible({ caller, id });
    expect(result).toMatchObject({ quoted_credits: 1, credits: 4, held_credits: 1 });
    expect(await untilEnded(user, result.generation_id)).toMatchObject({
      status: "done",
      charged_credits: 1,
    });
    const { story, bible } = await storyOf(user, id);
    expect(bible).toEqual(STORY_BIBLE);
    expect(story).toMatchObject({ status: "idea", version: 2, project_code: null });
  });
});

describe("an outline", () => {
  async function planned(user: string, outline: FakeBehaviour[], chapters = 4) {
    answerStories(model, { outline });
    const { caller, id } = await newStory(user, chapters);
    const { result } = await writeStoryOutline({ caller, id });
    const ended = await untilEnded(user, result.generation_id);
    return { caller, id, ended, ...(await storyOf(user, id)) };
  }

  it.each<[string, FakeBehaviour[]]>([
    ["as asked", []],
    ["after JSON that is broken", [{ text: '{"chapters": [{"title": "Half' }]],
    ["after prose instead of JSON", [{ text: "Here is a fine outline for you!" }]],
    ["after too few of them", [json(outlineAsked("exactly 2 chapters, numbered"))]],
    ["after too many of them", [json(outlineAsked("exactly 9 chapters, numbered"))]],
    ["after a failure that passes", [{ status: 500 }]],
  ])("has exactly as many chapters as were asked for, %s, for one coin", async (_how, outline) => {
    writeWith(model);
    const user = await newPerson(5);
    const { ended, chapters } = await planned(user, outline);
    expect(ended).toMatchObject({ status: "done", charged_credits: 1 });
    expect(chapters.map(({ position }) => position)).toEqual([1, 2, 3, 4]);
    expect(
      chapters.every(
        ({ beats, title, target_words }) => beats.length > 0 && title !== "" && target_words === 400,
      ),
    ).toBe(true);
    expect(await purseOf(user)).toMatchObject({ credits: 4, held: 0, used: 1, captures: 1 });
  });

  it.each<[string, FakeBehaviour]>([
    ["that is never right", { text: "No." }],
    ["of a server that fails", { status: 500 }],
    ["that never comes", { silent: true }],
  ])("%s costs nothing, is not gone on with, and can be asked for again", async (_what, behaviour) => {
    writeWith(model, {}, { firstChunkMs: "silent" in behaviour ? 200 : 60_000 });
    const user = await newPerson(5);
    const { caller, ended, chapters } = await planned(
      user,
      Array.from({ length: 6 }, () => behaviour),
    );
    expect(ended).toMatchObject({ status: "failed", charged_credits: 0, continue_quote: null });
    expect(ended.error).toContain("You were not charged.");
    expect(chapters).toEqual([]);
    expect(await purseOf(user)).toMatchObject({ credits: 5, held: 0, used: 0 });
    await expect(continueGeneration({ caller, id: ended.id })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("that is stopped costs nothing", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    answerStories(model, { outline: [{ silent: true }] });
    const user = await newPerson(5);
    const { caller, id } = await newStory(user);
    const { result } = await writeStoryOutline({ caller, id });
    await model.until(({ requests }) => requests.length === 1);
    await stopGeneration({ caller, id: result.generation_id });
    expect(await untilEnded(user, result.generation_id)).toMatchObject({
      status: "stopped",
      charged_credits: 0,
    });
    expect(await purseOf(user)).toMatchObject({ credits: 5, held: 0 });
  });

  it("has one chapter planned anew, and the others stay as they are", async () => {
    writeWith(model);
    const user = await newPerson(5);
    const { caller, id, chapters } = await planned(user, []);
    answerStories(model, {
      outline: [json({ chapters: [{ title: "Other", point_of_view: "Bram", beats: ["He rows."] }] })],
    });
    const { result } = await writeStoryOutline({ caller, id, chapter_id: chapters[2]?.id ?? "" });
    await untilEnded(user, result.generation_id);
    const after = await storyOf(user, id);
    expect(after.chapters[2]).toMatchObject({ id: chapters[2]?.id, title: "Other", beats: ["He rows."] });
    expect(after.chapters.map(({ id }) => id)).toEqual(chapters.map(({ id }) => id));
    expect(after.chapters[1]).toEqual(chapters[1]);
  });

  it("is edited freely: chapters move, come and go, and stay the ones that they are", async () => {
    const user = await newPerson(5);
    const { story, chapters } = await plannedStory(user, { chapters: 3 });
    const [one, two, three] = chapters.map(({ id, title, point_of_view, beats }) => ({
      id,
      title,
      point_of_view,
      beats,
    }));
    const fresh = { title: "New", point_of_view: "", beats: ["A beat."] };
    const caller = sessionOf(user);
    const wanted = [three!, { ...one!, title: "Renamed" }, fresh]; // planned above, so they are there
    const { result } = await updateStory({ caller, id: story.id, version: story.version, chapters: wanted });
    expect(result.version).toBe(story.version + 1);
    const after = await storyOf(user, story.id);
    expect(after.chapters.map(({ title }) => title)).toEqual([three?.title, "Renamed", "New"]);
    expect(after.chapters.slice(0, 2).map(({ id }) => id)).toEqual([three?.id, one?.id]);
    expect(after.chapters.some(({ id }) => id === two?.id)).toBe(false);
    await expect(
      updateStory({
        caller,
        id: story.id,
        version: after.story.version,
        chapters: [{ ...fresh, id: two!.id }],
      }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("that two tabs change is changed by the first; the second is told what is stored", async () => {
    const user = await newPerson(5);
    const { story } = await plannedStory(user);
    const caller = sessionOf(user);
    const told = await Promise.allSettled(
      ["One", "Two"].map((title) =>
        updateStory({
          caller,
          id: story.id,
          version: story.version,
          chapters: [{ ...outlineFor(1)[0]!, title }],
        }),
      ),
    );
    expect(told.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = told.find(({ status }) => status === "rejected") as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: "version_conflict", extra: { version: story.version + 1 } });
  });

  it("may change while chapters are written only where none is begun yet", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    answerStories(model, { everyChapter: { silent: true } });
    const user = await newPerson(9);
    const planned = await plannedStory(user);
    await writeChapters(user, planned, [1, 2]);
    const caller = sessionOf(user);
    const plans = planned.chapters.map(({ id, title, point_of_view, beats }) => ({
      id,
      title,
      point_of_view,
      beats,
    }));
    const change = (chapters: typeof plans) =>
      updateStory({ caller, id: planned.story.id, version: planned.story.version, chapters });
    await expect(change(plans.slice(0, 2))).rejects.toMatchObject({ code: "story_busy" });
    await expect(change([...plans].reverse())).rejects.toMatchObject({ code: "story_busy" });
    await expect(deleteStory({ caller, id: planned.story.id })).rejects.toMatchObject({ code: "story_busy" });
    await change(plans.map((plan, at) => (at === 2 ? { ...plan, beats: ["Something else."] } : plan)));
    expect((await storyOf(user, planned.story.id)).chapters[2]?.beats).toEqual(["Something else."]);
  });

  it("that changes marks what was written from there on", async () => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(9);
    const { story, chapters } = await writtenStory(user, await plannedStory(user));
    const caller = sessionOf(user);
    const plans = chapters.map(({ id, title, point_of_view, beats }) => ({
      id,
      title,
      point_of_view,
      beats,
    }));
    const changed = plans.map((plan, at) => (at === 1 ? { ...plan, beats: ["Something else."] } : plan));
    await updateStory({ caller, id: story.id, version: story.version, chapters: changed });
    expect((await storyOf(user, story.id)).chapters.map(({ out_of_date }) => out_of_date)).toEqual([
      false,
      true,
      true,
    ]);
    await expect(writeStoryOutline({ caller, id: story.id })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });
});

describe("a story's project", () => {
  it("that its owner changes keeps their words: chapters find their place, and a changed one is not written over", async () => {
    writeWith(model);
    const tale = (word: string) => ({ text: `The ${word} was there and stayed. `.repeat(67).trim() });
    answerStories(model, { chapters: { 1: [tale("rope")], 2: [tale("sail")], 3: [tale("oar")] } });
    const user = await newPerson(20);
    const caller = sessionOf(user);
    const first = await writtenStory(user, await plannedStory(user), [1, 2]);
    const code = first.story.project_code ?? "";
    const content = (await findProject(user, code))?.content ?? "";
    const theirs = `Mine.\n\n${content.replace("## 2.", "## II.")}`.replace("The rope was", "My rope was");
    await updateProject({ user_id: user, caller, code, content: theirs, title: "My own title" });
    const third = await writtenStory(user, first);
    const grown = await findProject(user, code);
    expect(grown?.title).toBe("My own title");
    expect(grown?.content?.startsWith(theirs.trimEnd())).toBe(true);
    expect(grown?.content?.endsWith(third.chapters[2]?.text ?? "?")).toBe(true);

    // Chapter 1 is theirs now: written anew it finds no place, and says so.
    answerStories(model, { chapters: { 1: [{ text: "Anew it begins. ".repeat(130).trim() }] } });
    const anew = await writtenStory(user, third, [1], { rewrite: true });
    expect((await findProject(user, code))?.content).toBe(grown?.content);
    expect(anew.story.unsaved).toBe(true);
    expect(anew.chapters.map(({ unsaved }) => unsaved)).toEqual([true, false, false]);
    await saveStoryNow({ caller, id: anew.story.id });
    const both = (await findProject(user, code))?.content ?? "";
    expect(both.slice(0, grown?.content?.length)).toBe(grown?.content);
    expect(both).toContain("Anew it begins.");
    expect((await storyOf(user, anew.story.id)).story.unsaved).toBe(false);
  });

  it("stays when the story is deleted", async () => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(9);
    const { story } = await writtenStory(user, await plannedStory(user, { chapters: 1 }));
    await deleteStory({ caller: sessionOf(user), id: story.id });
    expect(await findStory(user, story.id)).toBeNull();
    expect(await findProject(user, story.project_code ?? "")).not.toBeNull();
    expect((await storiesOf(user, { limit: 5 })).stories).toEqual([]);
  });
});

describe("a list of stories", () => {
  it("has one's own, the last worked on first, page by page", async () => {
    const user = await newPerson(1);
    const ids: string[] = [];
    for (let minute = 0; minute < 5; minute++) {
      const { id } = await newStory(user);
      await pool().query("UPDATE stories SET updated_at = now() + make_interval(mins => $2) WHERE id = $1", [
        id,
        minute,
      ]);
      ids.unshift(id);
    }
    await newStory(await newPerson(1));
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await storiesOf(user, { limit: 2, cursor });
      seen.push(...page.stories.map(({ id }) => id));
      if (page.next_cursor === null) break;
      cursor = page.next_cursor;
    }
    expect(seen).toEqual(ids);
    expect(await findStory(await newPerson(1), ids[0] ?? "")).toBeNull();
  });
});
