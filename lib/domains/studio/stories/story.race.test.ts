import { describe, expect, it } from "vitest";
import { sweepExpiredHolds } from "@/lib/domains/credits/holds";
import { findProject } from "@/lib/domains/workspace/get-project";
import { newPerson } from "@/lib/testing/builders";
import type { DoorServer } from "@/lib/testing/door-servers";
import { fakeText } from "@/lib/testing/fake-models";
import { purseOf, until, untilEnded } from "@/lib/testing/generations";
import { answerStories } from "@/lib/testing/story-model";
import { ask, kill, studioServers } from "@/lib/testing/studio-servers";
import { holdsOf, linesOf, plannedStory, storyOf } from "@/lib/testing/write-stories";
import { findGeneration } from "../read-generation";
import { recoverGenerations } from "../recover-generations";

const { model, start } = await studioServers();

describe("a server that is killed in the middle of a chapter", () => {
  it("leaves a story that is interrupted within a minute, settled once, and goes on on another", async () => {
    const [doomed, heir] = (await start(2)) as [DoorServer, DoorServer];
    answerStories(model, { chapters: { 2: [{ text: fakeText(400), msPerChunk: 30 }] } });
    const user = await newPerson(10);
    const { story } = await plannedStory(user);
    const { json } = await ask(doomed, user, `/api/me/stories/${story.id}/chapters`, {});
    const id = json.generation_id;
    await until(async () => ((await findGeneration(user, id))?.generation.words ?? 0) > 430);
    await kill(doomed);
    const shown = (await findGeneration(user, id))?.pieces[1]?.text ?? "?";
    expect(await purseOf(user)).toMatchObject({ held: 1, used: 1 });

    const killedAt = Date.now();
    await until(async () => {
      const ended = await Promise.all([recoverGenerations(), sweepExpiredHolds(), recoverGenerations()]);
      return ended[0] + ended[2] === 1;
    });
    expect(Date.now() - killedAt).toBeLessThan(60_000);
    const left = await storyOf(user, story.id);
    expect(left.generation).toMatchObject({ status: "interrupted", charged_credits: 1 });
    expect(left.chapters[1]).toMatchObject({ status: "failed", text: shown, charged_credits: 0 });
    expect((await findProject(user, left.story.project_code ?? ""))?.content).toContain(shown);
    expect(await linesOf(user)).toMatchObject([
      { nth: 1, charged: 1, released: 0 },
      { nth: 2, charged: 0, released: 1, why: "Interrupted: 0 words delivered." },
    ]);
    expect(await purseOf(user)).toEqual({ credits: 9, held: 0, used: 1, captures: 1 });

    model.reset();
    answerStories(model);
    const on = await ask(heir, user, `/api/me/generations/${id}/continue`, {});
    expect(on.json.quoted_credits).toBe(2);
    await untilEnded(user, on.json.generation_id);
    const done = await storyOf(user, story.id);
    expect(done.story.status).toBe("done");
    expect(done.chapters[1]?.text.startsWith(shown)).toBe(true);
    expect(await purseOf(user)).toMatchObject({ credits: 7, held: 0, used: 3, captures: 3 });
  });
});

describe("three server processes", () => {
  it("make one generation and one charge of a double click, and of two tabs", async () => {
    const all = await start(3);
    answerStories(model);
    for (let round = 0; round < 5; round++) {
      const user = await newPerson(2);
      const { story, chapters } = await plannedStory(user, { chapters: 2 });
      const body = { chapters: chapters.map(({ id }) => id) };
      const told = await Promise.all(
        Array.from({ length: 9 }, (_, i) =>
          ask(
            all[i % 3] as DoorServer,
            user,
            `/api/me/stories/${story.id}/chapters`,
            body,
            i < 6 ? "click" : `tab-${i}`,
          ),
        ),
      );
      const begun = told.filter(({ status }) => status === 200);
      // A tab that asks when all is done already is told that it is.
      expect(told.every(({ status }) => status === 200 || status === 400)).toBe(true);
      expect(new Set(begun.map(({ json }) => json.generation_id)).size).toBe(1);
      await untilEnded(user, begun[0]?.json.generation_id ?? "");
      expect(await holdsOf(user)).toEqual(Array(2).fill({ amount: 1, captured: 1, status: "captured" }));
      expect(await purseOf(user)).toEqual({ credits: 0, held: 0, used: 2, captures: 2 });
    }
  });

  it("use the one free rewrite once, whichever are asked for it at the same moment", async () => {
    const all = await start(3);
    answerStories(model);
    for (let round = 0; round < 5; round++) {
      const user = await newPerson(3);
      const { story, chapters } = await plannedStory(user, { chapters: 1 });
      const path = `/api/me/stories/${story.id}/chapters`;
      await untilEnded(user, (await ask(all[0] as DoorServer, user, path, {})).json.generation_id);
      const body = { chapters: [chapters[0]?.id], rewrite: true };
      const told = await Promise.all(all.map((server) => ask(server, user, path, body)));
      const begun = told.filter(({ status }) => status === 200);
      for (const { json } of begun) await untilEnded(user, json.generation_id);
      // Two that met were one; one that came after the end is another draft, at its price.
      const drafts = new Set(begun.map(({ json }) => json.generation_id)).size;
      const free = new Set(
        begun.filter(({ json }) => json.quoted_credits === 0).map(({ json }) => json.generation_id),
      );
      expect(free.size).toBe(1);
      expect(await purseOf(user)).toMatchObject({ used: drafts, credits: 3 - drafts, held: 0 });
    }
  });

  it("let two stories that race for the last coins have them once each", async () => {
    const all = await start(3);
    answerStories(model);
    for (let round = 0; round < 5; round++) {
      const user = await newPerson(2);
      const stories = [await plannedStory(user, { chapters: 2 }), await plannedStory(user, { chapters: 2 })];
      const told = await Promise.all(
        stories.map(({ story }, at) =>
          ask(all[at] as DoorServer, user, `/api/me/stories/${story.id}/chapters`, {}),
        ),
      );
      const begun = told.filter(({ status }) => status === 200);
      expect(begun.length).toBeGreaterThan(0);
      for (const { json } of begun) await untilEnded(user, json.generation_id);
      const left = await Promise.all(stories.map(({ story }) => storyOf(user, story.id)));
      const done = left.flatMap(({ chapters }) => chapters).filter(({ status }) => status === "done");
      expect(done).toHaveLength((await purseOf(user)).captures);
      expect(await purseOf(user)).toMatchObject({ held: 0 });
      expect((await purseOf(user)).used).toBeLessThanOrEqual(2);
    }
  });
});
