import { describe, expect, it } from "vitest";
import { countWords } from "@/lib/contract/word-count";
import { pool } from "@/lib/database/client";
import { deductCredits } from "@/lib/domains/credits/deduct-credits";
import { sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { findProject } from "@/lib/domains/workspace/get-project";
import { newPerson, ROOT_CALLER } from "@/lib/testing/builders";
import { type FakeBehaviour, fakeText } from "@/lib/testing/fake-models";
import { purseOf, sessionOf, until, untilEnded, writeWith } from "@/lib/testing/generations";
import { answerStories, wordsOf } from "@/lib/testing/story-model";
import { studioModel } from "@/lib/testing/studio-model";
import {
  holdsOf,
  linesOf,
  plannedStory,
  storyOf,
  writeChapters,
  writtenStory,
} from "@/lib/testing/write-stories";
import { continueGeneration } from "../continue-generation";
import { followGeneration } from "../follow-generation";
import { findGeneration } from "../read-generation";
import { recoverGenerations } from "../recover-generations";
import { stopGeneration } from "../stop-generation";
import { restoreChapterVersion } from "./edit-story";
import { listChapterVersions } from "./read-story";
import { saveStoryNow } from "./save-story-now";

const model = await studioModel(async () => {
  const { rows } = await pool().query(
    "SELECT 1 FROM holds h LEFT JOIN generation_settlements s ON s.hold_id = h.id WHERE h.generation_id IS NOT NULL AND (s.hold_id IS NULL OR s.charged <> h.captured_amount OR s.charged + s.released <> h.amount)",
  );
  expect(rows).toEqual([]);
});

const chapterOf = (words: number): FakeBehaviour => ({ text: fakeText(words) });

/** Waits until chapter `number` has so many words in the generation. */
function untilChapterHas(user: string, id: string, number: number, words: number) {
  return until(async () => {
    const found = await findGeneration(user, id);
    return (found?.pieces.find(({ nth }) => nth === number)?.words ?? 0) > words;
  });
}

describe("the chapters of a story", () => {
  it("are written, held, charged and saved one by one, each with a line of its own", async () => {
    writeWith(model);
    answerStories(model, { chapters: { 2: [chapterOf(380)] } });
    const user = await newPerson(20);
    const planned = await plannedStory(user, { model: "creative" });
    expect(planned.chapters.map(({ quote }) => quote)).toEqual(Array(3).fill({ credits: 2, words: 400 }));
    const { id, quoted } = await writeChapters(user, planned);
    expect(quoted).toBe(6);
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({
      kind: "story-chapters",
      status: "done",
      words: 1_180,
      charged_credits: 6,
      settlement: { quoted: 6, charged: 6, released: 0 },
      continue_quote: null,
      unsaved: false,
    });
    expect(await holdsOf(user)).toEqual(Array(3).fill({ amount: 2, captured: 2, status: "captured" }));
    expect(await linesOf(user)).toMatchObject([
      { nth: 1, quoted: 2, charged: 2, released: 0, words: 400, why: "Finished: 400 words delivered." },
      { nth: 2, quoted: 2, charged: 2, released: 0, words: 380 },
      { nth: 3, quoted: 2, charged: 2, released: 0, words: 400 },
    ]);
    const { rows } = await pool().query(
      "SELECT t.description, u.action, u.credits_used FROM credit_transactions t JOIN app_usage u ON u.transaction_id = t.id WHERE t.user_id = $1 ORDER BY t.id",
      [user],
    );
    expect(rows).toMatchObject([
      {
        description: "Story “The Light”, chapter 1: The letter of day 1",
        action: "story_chapter",
        credits_used: 2,
      },
      { description: "Story “The Light”, chapter 2: The lamp of day 2" },
      { description: "Story “The Light”, chapter 3: The boat of day 3" },
    ]);
    const { story, chapters } = await storyOf(user, planned.story.id);
    expect(story).toMatchObject({ status: "done", chapters_done: 3, words: 1_180, unsaved: false });
    expect(chapters.map(({ charged_credits }) => charged_credits)).toEqual([2, 2, 2]);
    const project = await findProject(user, story.project_code ?? "");
    expect(project).toMatchObject({ title: "The Light", project_type: "story", app_source: "penora" });
    expect(project?.content).toBe(
      chapters.map(({ title, text }, at) => `## ${at + 1}. ${title}\n\n${text}`).join("\n\n"),
    );
  });

  it("are in the workspace as soon as each is done, while the next is written", async () => {
    writeWith(model);
    answerStories(model, { chapters: { 2: [{ ...chapterOf(400), msPerChunk: 20 }] } });
    const user = await newPerson(20);
    const planned = await plannedStory(user);
    const { id } = await writeChapters(user, planned);
    await untilChapterHas(user, id, 2, 20);
    const { story, chapters, pieces, generation } = await storyOf(user, planned.story.id);
    expect(chapters[0]).toMatchObject({ status: "done", words: 400, unsaved: false });
    expect(pieces.map(({ status }) => status)).toEqual(["done", "writing", "waiting"]);
    expect(generation?.id).toBe(id);
    expect((await findProject(user, story.project_code ?? ""))?.word_count).toBeGreaterThan(400);
    expect(await purseOf(user)).toMatchObject({ credits: 18, held: 1, used: 1 });
    await stopGeneration({ caller: sessionOf(user), id });
    await untilEnded(user, id);
  });

  it("are given the end of the chapter before, what is remembered, and their own beats", async () => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(20);
    await writtenStory(user, await plannedStory(user));
    const asked = model.requests.map(wordsOf).filter(({ prompt }) => prompt.includes("Write chapter 3 of 3"));
    expect(asked).toHaveLength(1);
    const prompt = asked[0]?.prompt ?? "";
    expect(prompt).toContain("Ada found the letter and kept it.");
    expect(prompt).toContain("The letter is in Ada's coat.");
    expect(prompt).toContain("Sentence 50 tells of wind and wide streets.");
    expect(prompt).toContain("Ada loses the boat number 3.");
    // One summing-up for each chapter that another follows, at nobody's cost.
    const summaries = model.requests
      .map(wordsOf)
      .filter(({ system }) => system.includes("notes of a novelist"));
    expect(summaries).toHaveLength(2);
  });

  it("go on where a summing-up fails, with the plan in its place", async () => {
    writeWith(model);
    answerStories(model, { summary: [{ status: 500 }, { status: 500 }, { status: 500 }] });
    const user = await newPerson(20);
    const done = await writtenStory(user, await plannedStory(user, { chapters: 2 }));
    expect(done.story.status).toBe("done");
    const { prompt } = wordsOf(model.requests.at(-1) ?? { path: "", headers: {}, body: {}, aborted: false });
    expect(prompt).toContain("Chapter 1, “The letter of day 1”");
  });

  it("are not begun where the coins suffice for the first and not for the sum", async () => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(2);
    const planned = await plannedStory(user);
    await expect(writeChapters(user, planned)).rejects.toMatchObject({
      code: "insufficient_credits",
      extra: { credits: 2, required: 3, shortfall: 1 },
    });
    expect(await purseOf(user)).toMatchObject({ credits: 2, held: 0 });
    expect(model.requests).toHaveLength(0);
    await expect(writeChapters(user, planned, [1, 2])).resolves.toMatchObject({ quoted: 2 });
  });

  it("stop with a clear message where something else spent the coins meanwhile, and keep what is done", async () => {
    writeWith(model);
    answerStories(model, { chapters: { 1: [{ ...chapterOf(400), msPerChunk: 10 }] } });
    const user = await newPerson(3);
    const planned = await plannedStory(user);
    const { id } = await writeChapters(user, planned);
    const spend = { user_id: user, amount: 2, app_name: "imagegene", description: "", action: "draw" };
    await deductCredits({ ...spend, caller: ROOT_CALLER });
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({ status: "stopped", charged_credits: 1 });
    expect(ended.error).toBe(
      "Your coins were spent elsewhere meanwhile: chapter 2 needs 1 KU Coin, and you have 0. What is written is kept, and nothing was charged for this chapter.",
    );
    const { chapters } = await storyOf(user, planned.story.id);
    expect(chapters.map(({ status }) => status)).toEqual(["done", "waiting", "waiting"]);
    expect(await purseOf(user)).toMatchObject({ credits: 0, held: 0 });
  });

  it.each<[string, Partial<FakeBehaviour>, { least: number; said: RegExp }]>([
    ["never answers", { silent: true }, { least: 0, said: /took too long/ }],
    ["answers 500", { status: 500 }, { least: 0, said: /server failed/ }],
    ["is busy for good", { status: 429 }, { least: 0, said: /busy/ }],
    ["breaks off in mid-word", { breakAfterChunks: 20, msPerChunk: 3 }, { least: 60, said: /broke off/ }],
    ["falls silent in the middle", { stallAfterChunks: 20 }, { least: 60, said: /took too long/ }],
    ["answers nothing", { text: "" }, { least: 0, said: /empty/ }],
    ["answers a web page", { body: "<!doctype html>", contentType: "text/html" }, { least: 0, said: /.+/ }],
    ["refuses", { text: "", finishReason: "content_filter" }, { least: 0, said: /refused/ }],
  ])(
    "cost nothing for the one in which the model %s: its words are kept, and going on pays for what it adds",
    async (_what, behaviour, { least, said }) => {
      writeWith(model, {}, { firstChunkMs: "silent" in behaviour ? 200 : 60_000, betweenChunksMs: 2_000 });
      answerStories(model, { chapters: { 2: Array.from({ length: 4 }, () => behaviour) } });
      const user = await newPerson(9);
      const planned = await plannedStory(user);
      const failed = await writtenStory(user, planned);
      expect(failed.generation).toMatchObject({ status: "failed", charged_credits: 1 });
      expect(failed.generation?.error).toMatch(said);
      expect(failed.generation?.error).toContain("You were not charged for chapter 2.");
      expect(failed.chapters.map(({ status }) => status)).toEqual(["done", "failed", "waiting"]);
      const words = failed.chapters[1]?.words ?? 0;
      expect(words).toBeGreaterThanOrEqual(least);
      expect(await linesOf(user)).toMatchObject([
        { nth: 1, charged: 1 },
        { nth: 2, quoted: 1, charged: 0, released: 1 },
      ]);
      expect(await purseOf(user)).toMatchObject({ credits: 8, held: 0, used: 1 });

      model.reset();
      answerStories(model);
      const done = await writtenStory(user, failed);
      expect(done.story.status).toBe("done");
      expect(done.chapters[1]?.text.startsWith(failed.chapters[1]?.text ?? "?")).toBe(true);
      expect(done.chapters[1]?.charged_words).toBe((done.chapters[1]?.words ?? 0) - words);
    },
  );

  it.each<[string, FakeBehaviour[], { words: [number, number]; charged: number }]>([
    [
      "stops early, and is asked to go on",
      [chapterOf(100), chapterOf(300)],
      { words: [360, 440], charged: 1 },
    ],
    ["runs on, and is ended at a sentence", [chapterOf(5_000)], { words: [360, 440], charged: 1 }],
    [
      "stays short in all three calls",
      [chapterOf(80), chapterOf(40), chapterOf(40)],
      { words: [160, 160], charged: 1 },
    ],
    [
      "is busy once and then fine",
      [{ status: 429, headers: { "retry-after": "0" } }],
      { words: [360, 440], charged: 1 },
    ],
  ])(
    "have the length that was asked for, or say so, where the model %s",
    async (_what, calls, { words, charged }) => {
      writeWith(model);
      answerStories(model, { chapters: { 1: [...calls] } });
      const user = await newPerson(5);
      const [chapter] = (await writtenStory(user, await plannedStory(user, { chapters: 1 }))).chapters;
      expect(chapter?.status).toBe("done");
      expect(chapter?.words).toBeGreaterThanOrEqual(words[0]);
      expect(chapter?.words).toBeLessThanOrEqual(words[1]);
      expect(chapter?.text).toMatch(/[.…]$/);
      expect(chapter?.charged_words).toBe(chapter?.words);
      expect(countWords(chapter?.text ?? "")).toBe(chapter?.words);
      expect(await purseOf(user)).toMatchObject({ used: charged, held: 0, captures: 1 });
    },
  );

  it("say what is repeated from an earlier chapter, and charge it as delivered", async () => {
    writeWith(model);
    const again = fakeText(400)
      .split(/(?<=[.!?])\s+/)
      .slice(0, 6)
      .join(" ");
    answerStories(model, { chapters: { 1: [chapterOf(400)] } });
    const user = await newPerson(5);
    const planned = await plannedStory(user, { chapters: 2 });
    const other = Array.from({ length: 300 }, (_, i) => (i % 10 === 9 ? `thing${i}.` : `word${i}`)).join(" ");
    answerStories(model, { chapters: { 1: [chapterOf(400)], 2: [{ text: `${again} ${other}` }] } });
    const { chapters } = await writtenStory(user, planned);
    expect(chapters[0]?.warnings).not.toContainEqual(expect.objectContaining({ kind: "repetition" }));
    expect(chapters[1]?.warnings).toContainEqual(expect.objectContaining({ kind: "repetition" }));
    expect(chapters[1]).toMatchObject({ status: "done", charged_credits: 1 });
  });

  it("cost nothing for one that is an earlier chapter again", async () => {
    writeWith(model);
    answerStories(model, { everyChapter: chapterOf(400) });
    const user = await newPerson(5);
    const { chapters, generation } = await writtenStory(user, await plannedStory(user, { chapters: 2 }));
    expect(generation?.error).toMatch(/repeated chapter 1.*You were not charged for chapter 2/);
    expect(chapters.map(({ status }) => status)).toEqual(["done", "failed"]);
    expect(await purseOf(user)).toMatchObject({ credits: 4, held: 0, used: 1 });
  });

  it("stop in the middle: what was delivered is charged, and the rest is the price of going on", async () => {
    writeWith(model);
    answerStories(model, { chapters: { 2: [{ ...chapterOf(1_000), msPerChunk: 15 }] } });
    const user = await newPerson(20);
    const planned = await plannedStory(user, { words_per_chapter: 1_000 });
    const { id } = await writeChapters(user, planned);
    await untilChapterHas(user, id, 2, 100);
    await stopGeneration({ caller: sessionOf(user), id });
    const stopped = await untilEnded(user, id);
    await model.until(({ requests }) => requests.at(-1)?.aborted === true);
    expect(stopped).toMatchObject({ status: "stopped", error: null });
    const { chapters } = await storyOf(user, planned.story.id);
    const words = chapters[1]?.words ?? 0;
    expect(chapters[1]).toMatchObject({ status: "stopped", charged_words: words, charged_credits: 1 });
    expect(chapters[1]?.quote).toEqual({ credits: 2, words: 1_000 - words });
    expect(await purseOf(user)).toMatchObject({ credits: 16, held: 0, used: 4 });

    model.reset();
    answerStories(model);
    const { result } = await continueGeneration({ caller: sessionOf(user), id });
    expect(result.quoted_credits).toBe(5);
    await untilEnded(user, result.generation_id);
    const done = await storyOf(user, planned.story.id);
    expect(done.story.status).toBe("done");
    expect(done.chapters.map(({ charged_credits }) => charged_credits)).toEqual([3, 3, 3]);
    expect(await purseOf(user)).toMatchObject({ credits: 11, held: 0, used: 9 });
    await expect(continueGeneration({ caller: sessionOf(user), id })).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("that were stopped when they were long enough are ended by going on, for nothing", async () => {
    writeWith(model);
    const user = await newPerson(9);
    const planned = await plannedStory(user, { chapters: 1 });
    answerStories(model, { chapters: { 1: [{ breakAfterChunks: 109, text: fakeText(600) }] } });
    const failed = await writtenStory(user, planned);
    expect(failed.chapters[0]).toMatchObject({ status: "failed" });
    await pool().query("UPDATE story_chapters SET text = $2, words = 440, status = 'stopped' WHERE id = $1", [
      failed.chapters[0]?.id,
      fakeText(440),
    ]);
    const done = await writtenStory(user, failed);
    expect(done.chapters[0]).toMatchObject({ status: "done", words: 440, charged_credits: 0 });
    expect(await purseOf(user)).toMatchObject({ credits: 9, held: 0 });
  });

  it("are told from their beginning to whoever follows a continuation from its first event", async () => {
    writeWith(model);
    answerStories(model, { chapters: { 1: [{ breakAfterChunks: 20, msPerChunk: 3 }] } });
    const user = await newPerson(9);
    const failed = await writtenStory(user, await plannedStory(user, { chapters: 1 }));
    const { id } = await writeChapters(user, failed);
    await untilEnded(user, id);
    const { events } = await followGeneration({
      caller: sessionOf(user),
      id,
      lastEventId: null,
      signal: new AbortController().signal,
    });
    let text = "";
    for await (const { event, data } of events) if (event === "text") text += (data as { text: string }).text;
    expect(text).toBe((await storyOf(user, failed.story.id)).chapters[0]?.text);
  });
});

describe("writing a chapter anew", () => {
  it("is free once, keeps the old text, and marks what stands behind it", async () => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(20);
    const written = await writtenStory(user, await plannedStory(user));
    expect(written.chapters[0]?.rewrite_quote).toEqual({ credits: 0, words: 400 });
    const old = written.chapters[0]?.text;
    answerStories(model, {
      chapters: { 1: [{ text: `Anew. ${fakeText(399)}` }, { text: `Again. ${fakeText(399)}` }] },
    });
    const anew = await writtenStory(user, written, [1], { rewrite: true });
    expect(anew.chapters[0]).toMatchObject({
      status: "done",
      charged_credits: 0,
      charged_words: 0,
      versions: 1,
    });
    expect(anew.chapters.map(({ out_of_date }) => out_of_date)).toEqual([false, true, true]);
    expect(anew.chapters[0]?.rewrite_quote).toEqual({ credits: 1, words: 400 });
    expect(await purseOf(user)).toMatchObject({ credits: 17, used: 3 });
    const caller = sessionOf(user);
    const place = { caller, id: anew.story.id, chapter: anew.chapters[0]?.id ?? "" };
    const { versions } = await listChapterVersions(place);
    expect(versions).toMatchObject([{ text: old, draft: 1, words: 400, reason: "rewritten" }]);
    const project = await findProject(user, anew.story.project_code ?? "");
    expect(project?.content).toContain("Anew. Sentence 1");

    const again = await writtenStory(user, anew, [1], { rewrite: true });
    expect(again.chapters[0]).toMatchObject({ charged_credits: 1, versions: 2 });
    expect(await purseOf(user)).toMatchObject({ credits: 16, used: 4 });

    await restoreChapterVersion({ ...place, version_id: versions[0]?.id ?? "" });
    const restored = await storyOf(user, anew.story.id);
    expect(restored.chapters[0]).toMatchObject({ text: old, status: "done", versions: 2 });
    expect((await findProject(user, anew.story.project_code ?? ""))?.content).toContain(old);
  });

  it("uses the one free time once, however often it is asked for at the same moment", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    answerStories(model);
    for (let round = 0; round < 5; round++) {
      const user = await newPerson(2);
      const written = await writtenStory(user, await plannedStory(user, { chapters: 1 }));
      // Nothing is written before the last has asked: whoever asks after the end asks for another draft, at its price.
      let allAsked = () => {};
      const after = new Promise<void>((resolve) => (allAsked = resolve));
      answerStories(model, { chapters: { 1: [{ chapter: 1, after }] } });
      const begun = await Promise.all(
        Array.from({ length: 6 }, () => writeChapters(user, written, [1], { rewrite: true })),
      ).finally(allAsked);
      expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
      expect(begun.map(({ quoted }) => quoted)).toEqual(Array(6).fill(0));
      await untilEnded(user, begun[0]?.id ?? "");
      const anew = await storyOf(user, written.story.id);
      expect(anew.chapters[0]).toMatchObject({ versions: 1, rewrite_quote: { credits: 1 } });
      expect(await purseOf(user)).toMatchObject({ credits: 1, used: 1, held: 0 });
    }
  });

  it.each<[string, FakeBehaviour, number]>([
    ["before its first word", { status: 500 }, 0],
    ["in the middle", { breakAfterChunks: 20, msPerChunk: 3 }, 1],
  ])("that fails %s is free again, and loses nothing", async (_when, behaviour, versions) => {
    writeWith(model);
    answerStories(model);
    const user = await newPerson(3);
    const written = await writtenStory(user, await plannedStory(user, { chapters: 1 }));
    const old = written.chapters[0]?.text;
    answerStories(model, { chapters: { 1: [behaviour, behaviour, behaviour] } });
    const failed = await writtenStory(user, written, [1], { rewrite: true });
    expect(failed.generation?.status).toBe("failed");
    expect(failed.chapters[0]).toMatchObject({ versions, rewrite_quote: { credits: 0 } });
    if (versions === 0) expect(failed.chapters[0]?.text).toBe(old);
    else {
      const place = { caller: sessionOf(user), id: failed.story.id, chapter: failed.chapters[0]?.id ?? "" };
      expect((await listChapterVersions(place)).versions[0]?.text).toBe(old);
      answerStories(model);
      const done = await writtenStory(user, failed);
      expect(done.chapters[0]).toMatchObject({
        status: "done",
        charged_credits: 0,
        rewrite_quote: { credits: 1 },
      });
    }
    expect(await purseOf(user)).toMatchObject({ credits: 2, used: 1, held: 0 });
  });
});

describe("a story", () => {
  it("is written once, however many tabs ask for it", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    answerStories(model, { everyChapter: { silent: true } });
    const user = await newPerson(20);
    const planned = await plannedStory(user);
    const begun = await Promise.all([
      ...Array.from({ length: 4 }, () => writeChapters(user, planned, undefined, { key: "one" })),
      ...Array.from({ length: 4 }, () => writeChapters(user, planned)),
    ]);
    expect(new Set(begun.map(({ id }) => id)).size).toBe(1);
    expect(await purseOf(user)).toMatchObject({ credits: 19, held: 1 });
    await expect(writeChapters(user, planned, [2], { rewrite: true })).rejects.toMatchObject({
      code: "story_busy",
    });
  });

  it("lost its server in the middle of a chapter: it is interrupted, settled once, and goes on", async () => {
    writeWith(model);
    answerStories(model, { chapters: { 2: [{ ...chapterOf(400), msPerChunk: 20 }] } });
    const user = await newPerson(20);
    const planned = await plannedStory(user);
    const { id } = await writeChapters(user, planned);
    await untilChapterHas(user, id, 2, 40);
    await pool().query(
      "UPDATE generations SET runner_id = gen_random_uuid(), lease_expires_at = now() - interval '1 second' WHERE id = $1",
      [id],
    );
    await pool().query(
      "UPDATE holds SET expires_at = now() - interval '1 day' WHERE user_id = $1 AND status = 'open'",
      [user],
    );
    await model.until(({ requests }) => requests.at(-1)?.aborted === true);
    // The general sweep leaves a chapter's hold to its generation.
    expect(await sweepExpiredHolds()).toBe(0);
    const ended = await Promise.all(Array.from({ length: 6 }, () => recoverGenerations()));
    expect(ended.reduce((sum, one) => sum + one, 0)).toBe(1);
    const left = await storyOf(user, planned.story.id);
    expect(left.generation).toMatchObject({
      status: "interrupted",
      charged_credits: 1,
      error: "The server was interrupted while it wrote chapter 2. You were not charged for chapter 2.",
    });
    expect(left.chapters.map(({ status }) => status)).toEqual(["done", "failed", "waiting"]);
    expect(left.chapters[1]?.words).toBeGreaterThan(40);
    expect(await purseOf(user)).toMatchObject({ credits: 19, held: 0, used: 1, captures: 1 });

    model.reset();
    answerStories(model);
    const { result } = await continueGeneration({ caller: sessionOf(user), id });
    await untilEnded(user, result.generation_id);
    const done = await storyOf(user, planned.story.id);
    expect(done.story.status).toBe("done");
    expect(done.chapters[1]?.text.startsWith(left.chapters[1]?.text ?? "?")).toBe(true);
  });

  it("that found no room keeps its chapters, and is saved when there is room again", async () => {
    writeWith(model);
    answerStories(model, { chapters: { 1: [{ ...chapterOf(400), msPerChunk: 3 }] } });
    const user = await newPerson(20);
    const planned = await plannedStory(user, { chapters: 1 });
    const { id } = await writeChapters(user, planned);
    await pool().query("UPDATE users SET storage_limit_bytes = 100 WHERE id = $1", [user]);
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", unsaved: true, charged_credits: 1 });
    const full = await storyOf(user, planned.story.id);
    expect(full.chapters[0]).toMatchObject({ words: 400, unsaved: true });
    const place = { caller: sessionOf(user), id: planned.story.id };
    await expect(saveStoryNow(place)).rejects.toMatchObject({ code: "storage_limit_exceeded" });
    await pool().query("UPDATE users SET storage_limit_bytes = 1048576 WHERE id = $1", [user]);
    const saved = await saveStoryNow(place);
    expect((await findProject(user, saved.project_code ?? ""))?.content).toContain(full.chapters[0]?.text);
    expect((await storyOf(user, planned.story.id)).story.unsaved).toBe(false);
  });

  it("writes a chapter a request where the platform ends requests", async () => {
    writeWith(model, { onePageARequest: true });
    answerStories(model);
    const user = await newPerson(20);
    const planned = await plannedStory(user);
    const { id } = await writeChapters(user, planned);
    for (let requests = 1; ; requests++) {
      const { events } = await followGeneration({
        caller: sessionOf(user),
        id,
        lastEventId: null,
        signal: new AbortController().signal,
      });
      for await (const _event of events);
      const found = await findGeneration(user, id);
      if (found?.generation.status !== "writing") {
        expect(requests).toBe(3);
        break;
      }
    }
    expect((await storyOf(user, planned.story.id)).story.status).toBe("done");
    expect(await purseOf(user)).toMatchObject({ credits: 17, used: 3, captures: 3 });
  });
});
