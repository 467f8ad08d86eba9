import { describe, expect, it } from "vitest";
import type { ModelName } from "@/lib/contract/quote";
import { countWords } from "@/lib/contract/word-count";
import { pool } from "@/lib/database/client";
import { findProject } from "@/lib/domains/workspace/get-project";
import { newPerson } from "@/lib/testing/builders";
import { fakeText } from "@/lib/testing/fake-models";
import {
  purseOf,
  sessionOf,
  settlementsOf,
  textOfGeneration,
  until,
  untilEnded,
  writeWith,
} from "@/lib/testing/generations";
import { studioModel } from "@/lib/testing/studio-model";
import { continueGeneration } from "./continue-generation";
import { findGeneration } from "./read-generation";
import { stopRunners } from "./runners";
import { saveGeneration } from "./save-generation";
import { startGeneration } from "./start-generation";
import { stopGeneration } from "./stop-generation";

const model = await studioModel();

const PROMPT = "A lighthouse keeper finds a letter in a bottle, and must decide";

async function begin(user: string, pages: number, name: ModelName = "balanced") {
  const caller = sessionOf(user);
  const { result } = await startGeneration({ prompt: PROMPT, pages, model: name, format: "prose", caller });
  return { caller, id: result.generation_id, started: result };
}

describe("a generation", () => {
  it("writes every page, saves it, charges the words and gives the rest back", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400) }, { text: fakeText(150, 1) });
    const user = await newPerson(10);
    const { id, started } = await begin(user, 2);
    expect(started).toMatchObject({ quoted_credits: 2, credits: 8, held_credits: 2 });
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({
      status: "done",
      words: 550,
      charged_credits: 2,
      error: null,
      label: null,
      unsaved: false,
      continue_quote: null,
    });
    expect(await purseOf(user)).toEqual({ credits: 8, held: 0, used: 2, captures: 1 });
    expect(await settlementsOf(id)).toMatchObject([
      { round: 1, quoted: 2, charged: 2, released: 0, words: 550 },
    ]);
    const project = await findProject(user, ended.project_code ?? "");
    expect(project).toMatchObject({
      title: "2 Page(s) - A lighthouse keeper finds a le…",
      app_source: "penora",
      project_type: "text",
      word_count: 550,
      metadata: { generation_id: id },
    });
    expect(project?.content).toBe(await textOfGeneration(user, id));
    expect(project?.content).toBe(`${fakeText(400)}\n\n${fakeText(150, 1)}`);
    const { rows } = await pool().query(
      "SELECT t.description, t.project_code, t.generation_id, u.action FROM credit_transactions t JOIN app_usage u ON u.transaction_id = t.id WHERE t.user_id = $1",
      [user],
    );
    expect(rows).toEqual([
      {
        description: "Single prompt, 2 pages: A lighthouse keeper finds a letter in a bottle, and must dec…",
        project_code: ended.project_code,
        generation_id: id,
        action: "single_prompt",
      },
    ]);
  });

  it.each([
    ["creative", 6, 3],
    ["fast", 2, 1],
  ] as const)(
    "quotes %s at %i for four pages and charges %i for half of them",
    async (name, quoted, charged) => {
      writeWith(model);
      for (let page = 0; page < 4; page++) model.enqueue({ text: fakeText(200, page) });
      const user = await newPerson(20);
      const { id, started } = await begin(user, 4, name);
      expect(started.quoted_credits).toBe(quoted);
      await untilEnded(user, id);
      expect((await settlementsOf(id))[0]).toMatchObject({ quoted, charged, released: quoted - charged });
    },
  );

  it("never charges more than was quoted, however much the model writes", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(5_000) });
    const user = await newPerson(5);
    const { id } = await begin(user, 1);
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({ status: "done", charged_credits: 1 });
    expect(ended.words).toBeLessThanOrEqual(480);
    expect(await textOfGeneration(user, id)).toMatch(/\.$/);
  });

  it.each([
    ["never answers", { silent: true }, 0, /took too long/],
    ["answers 500", { status: 500 }, 0, /server failed/],
    // What was not read yet is lost with a connection that breaks: on a busy machine, most of it.
    ["breaks off in the middle", { breakAfterChunks: 20, msPerChunk: 3 }, 1, /broke off/],
    ["falls silent in the middle", { stallAfterChunks: 20 }, 70, /took too long/],
    [
      "answers rubbish",
      { body: "data: {this is no JSON\n\n", contentType: "text/event-stream" },
      0,
      /could not be used/,
    ],
    ["answers a web page", { body: "<!doctype html>", contentType: "text/html" }, 0, /.+/],
    ["answers nothing", { text: "" }, 0, /empty/],
    ["answers without a word", { text: "… — !" }, 0, /empty/],
    ["refuses", { text: "", finishReason: "content_filter" as const }, 0, /refused/],
  ])("charges nothing when the model %s, and keeps what came", async (_what, behaviour, words, said) => {
    // Short only for a model that is silent: a busy machine must not pass for one.
    writeWith(model, {}, { firstChunkMs: "silent" in behaviour ? 200 : 60_000, betweenChunksMs: 2_000 });
    model.handle(() => behaviour);
    const user = await newPerson(3);
    const { id } = await begin(user, 3);
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({ status: "failed", charged_credits: 0 });
    expect(ended.words).toBeGreaterThanOrEqual(words);
    expect(ended.error).toMatch(said);
    expect(ended.error).toContain("You were not charged");
    expect(await purseOf(user)).toEqual({ credits: 3, held: 0, used: 0, captures: 0 });
    expect(await settlementsOf(id)).toMatchObject([{ quoted: 3, charged: 0, released: 3, words: 0 }]);
    expect(countWords(await textOfGeneration(user, id))).toBe(ended.words);
    expect(ended.continue_quote?.credits).toBe(3);
  });

  it("charges the pages before the one that failed, and going on pays for what it adds", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400) }, { breakAfterChunks: 50, msPerChunk: 3 });
    const user = await newPerson(10);
    const { id, caller } = await begin(user, 2);
    const failed = await untilEnded(user, id);
    expect(failed).toMatchObject({ status: "failed", charged_credits: 1 });
    expect(failed.error).toContain("You were not charged for page 2");
    const before = await textOfGeneration(user, id);
    expect(countWords(before)).toBeGreaterThan(400);
    expect(failed.continue_quote).toEqual({ credits: 1, words: 400 - (failed.words - 400) });
    expect((await findProject(user, failed.project_code ?? ""))?.content).toBe(before);

    const { result } = await continueGeneration({ caller, id });
    expect(result.quoted_credits).toBe(1);
    const done = await untilEnded(user, id);
    expect(done).toMatchObject({ status: "done", charged_credits: 2, project_code: failed.project_code });
    const whole = await textOfGeneration(user, id);
    expect(whole.startsWith(before)).toBe(true);
    expect((await findProject(user, done.project_code ?? ""))?.content).toBe(whole);
    expect(await purseOf(user)).toEqual({ credits: 8, held: 0, used: 2, captures: 2 });
    expect(await settlementsOf(id)).toMatchObject([
      { round: 1, quoted: 2, charged: 1, released: 1, words: 400 },
      { round: 2, quoted: 1, charged: 1, released: 0, words: done.words - failed.words },
    ]);
    // The model was given the end of what stands there, so that the text goes on.
    const asked = JSON.stringify(model.requests.at(-1)?.body.messages);
    expect(asked).toContain(before.trim().split(" ").slice(-5).join(" "));
  });

  it("stops when asked: the model call ends, the text stays, and what was delivered is charged", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400) }, { text: fakeText(400, 1), msPerChunk: 20 });
    const user = await newPerson(10);
    const { id, caller } = await begin(user, 3);
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 440);
    expect(await stopGeneration({ caller, id })).toMatchObject({ stop_requested: true });
    const stopped = await untilEnded(user, id);
    await model.until(({ requests }) => requests.at(-1)?.aborted === true);
    expect(stopped).toMatchObject({ status: "stopped", charged_credits: 2, error: null });
    expect(await settlementsOf(id)).toMatchObject([
      { quoted: 3, charged: 2, released: 1, words: stopped.words },
    ]);
    expect((await findProject(user, stopped.project_code ?? ""))?.word_count).toBe(stopped.words);
    expect(await stopGeneration({ caller, id })).toEqual({ status: "stopped", stop_requested: true });

    model.reset();
    const { result } = await continueGeneration({ caller, id });
    expect(result.quoted_credits).toBe(1);
    const done = await untilEnded(user, id);
    expect(done).toMatchObject({ status: "done", charged_credits: 3 });
    expect(await purseOf(user)).toEqual({ credits: 7, held: 0, used: 3, captures: 2 });
  });

  it("stops although another process writes it, which finds the wish in the database", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400), msPerChunk: 20 });
    const user = await newPerson(10);
    const { id } = await begin(user, 1);
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 20);
    await pool().query("UPDATE generations SET stop_requested_at = now() WHERE id = $1", [id]);
    expect(await untilEnded(user, id)).toMatchObject({ status: "stopped", charged_credits: 1 });
  });

  it("stops while the model is silent", async () => {
    writeWith(model, {}, { firstChunkMs: 60_000 });
    model.enqueue({ silent: true });
    const user = await newPerson(10);
    const { id, caller } = await begin(user, 1);
    await model.until(({ requests }) => requests.length === 1);
    await stopGeneration({ caller, id });
    expect(await untilEnded(user, id)).toMatchObject({ status: "stopped", charged_credits: 0, words: 0 });
    expect(await purseOf(user)).toMatchObject({ credits: 10, held: 0 });
  });

  it("is interrupted and settled at once when its process is asked to leave", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400) }, { text: fakeText(400, 1), msPerChunk: 20 });
    const user = await newPerson(10);
    const { id } = await begin(user, 2);
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 420);
    await stopRunners();
    const found = await findGeneration(user, id);
    expect(found?.generation).toMatchObject({ status: "interrupted", charged_credits: 1 });
    expect(found?.generation.error).toContain("You were not charged for page 2");
    expect(found?.pieces.map(({ status }) => status)).toEqual(["done", "failed"]);
    expect(await purseOf(user)).toMatchObject({ credits: 9, held: 0 });
  });

  it("gives the model only whole words to go on from, and joins the pages into one text", async () => {
    writeWith(model);
    model.enqueue({ text: "It was a dark and stormy ni", breakAfterChunks: 2, wordsPerChunk: 3 });
    const user = await newPerson(10);
    const { id, caller } = await begin(user, 1);
    await untilEnded(user, id);
    model.enqueue({ text: `night. ${fakeText(380)}` });
    await continueGeneration({ caller, id });
    await untilEnded(user, id);
    expect(await textOfGeneration(user, id)).toBe(`It was a dark and night. ${fakeText(380)}`);
  });

  it("keeps a page that finds no room, charges it as delivered, and saves it when there is room again", async () => {
    writeWith(model);
    const user = await newPerson(10);
    model.enqueue({ text: fakeText(400), msPerChunk: 5 });
    const { id, caller } = await begin(user, 1);
    await pool().query("UPDATE users SET storage_limit_bytes = 100 WHERE id = $1", [user]);
    const ended = await untilEnded(user, id);
    expect(ended).toMatchObject({ status: "done", charged_credits: 1, unsaved: true, project_code: null });
    const found = await findGeneration(user, id);
    expect(found?.pieces[0]).toMatchObject({ unsaved: true, words: 400 });
    await expect(saveGeneration({ caller, id })).rejects.toMatchObject({ code: "storage_limit_exceeded" });
    await pool().query("UPDATE users SET storage_limit_bytes = 1048576 WHERE id = $1", [user]);
    const saved = await saveGeneration({ caller, id });
    expect((await findProject(user, saved.project_code ?? ""))?.content).toBe(fakeText(400));
    expect(await saveGeneration({ caller, id })).toEqual(saved);
  });

  it("is in the workspace whole, though the connection was lost twice while its last page was saved", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400) }, { text: fakeText(400, 1) });
    // A sequence is not rolled back, and so knows how often it was tried.
    await pool().query(`
      CREATE SEQUENCE saves;
      CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('saves') IN (2, 3) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER hangs_up BEFORE INSERT OR UPDATE ON projects FOR EACH ROW EXECUTE FUNCTION hang_up()`);
    try {
      const user = await newPerson(10);
      const { id } = await begin(user, 2);
      const ended = await untilEnded(user, id);
      expect(ended).toMatchObject({ status: "done", charged_credits: 2, unsaved: false });
      const saved = await findProject(user, ended.project_code ?? "");
      expect(saved?.content).toBe(`${fakeText(400)}\n\n${fakeText(400, 1)}`);
    } finally {
      await pool().query("DROP TRIGGER hangs_up ON projects");
    }
  });

  it("leaves what the writer changed in the project meanwhile, and puts the new text behind it", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400) }, { breakAfterChunks: 10 });
    const user = await newPerson(10);
    const { id, caller } = await begin(user, 2);
    const { project_code: code } = await untilEnded(user, id);
    await pool().query(
      "WITH p AS (UPDATE projects SET title = 'Mine', content = 'My own words.', size_bytes = 13 WHERE code = $1 RETURNING user_id) UPDATE users SET storage_used_bytes = 13 FROM p WHERE id = p.user_id",
      [code],
    );
    const before = await textOfGeneration(user, id);
    await continueGeneration({ caller, id });
    await untilEnded(user, id);
    const added = (await textOfGeneration(user, id)).slice(before.length);
    expect(await findProject(user, code ?? "")).toMatchObject({
      title: "Mine",
      content: `My own words.${added}`,
    });
  });

  it("begins a new project where the writer deleted the one that it had", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(400) }, { breakAfterChunks: 10 });
    const user = await newPerson(10);
    const { id, caller } = await begin(user, 2);
    const { project_code: code } = await untilEnded(user, id);
    await pool().query(
      "WITH p AS (UPDATE projects SET deleted_at = now() WHERE code = $1 RETURNING user_id) UPDATE users SET storage_used_bytes = 0, project_count = 0 FROM p WHERE id = p.user_id",
      [code],
    );
    await continueGeneration({ caller, id });
    const done = await untilEnded(user, id);
    expect(done.project_code).not.toBe(code);
    expect((await findProject(user, done.project_code ?? ""))?.content).toBe(
      await textOfGeneration(user, id),
    );
  });

  it("goes on for nothing where the pages before ran on and have paid for all", async () => {
    writeWith(model);
    model.enqueue({ text: fakeText(470) }, { text: fakeText(400, 1), msPerChunk: 20 });
    const user = await newPerson(2);
    const { id, caller } = await begin(user, 2);
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 480);
    await stopGeneration({ caller, id });
    const stopped = await untilEnded(user, id);
    expect(stopped).toMatchObject({ charged_credits: 2, continue_quote: { credits: 0 } });
    await continueGeneration({ caller, id });
    expect(await untilEnded(user, id)).toMatchObject({ status: "done", charged_credits: 2 });
    expect(await settlementsOf(id)).toMatchObject([{ charged: 2 }, { quoted: 0, charged: 0, released: 0 }]);
  });
});
