import { type APIRequestContext, expect } from "@playwright/test";
import { linkFor, newPerson } from "../journeys/hub";
import { newProject, shotOf } from "./ask";
import { NOWHERE, type World } from "@/lib/contract/examples";

/** What a page of ours sends with what it asks. */
export const FROM_OUR_PAGE = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" } as const;

/** How much of a story somebody has: none, a planned one, or one whose chapter is written and was written anew. */
export type StoryWanted = "none" | "planned" | "written";

/**
 * Signs a new person in, who has 500 credits, a project with a link and a version, and a text that was stopped and could go on; where it is wanted, a
 * story, too.
 */
export async function signInWorld(
  request: APIRequestContext,
  storyWanted: StoryWanted = "none",
): Promise<World> {
  const { user_id: user, ...person } = newPerson({ credits: 500 });
  const arrival = await request.get(await linkFor(request, { user_id: user, ...person }));
  expect(arrival.status()).toBe(200);
  const project = await newProject(request, user);
  const changed = await request.patch(`/api/me/projects/${project}`, {
    headers: FROM_OUR_PAGE,
    data: { content: "Other words than before." },
  });
  expect(changed.status(), await changed.text()).toBe(200);
  const started = await request.post("/api/me/generations", {
    headers: FROM_OUR_PAGE,
    data: { prompt: "There before", pages: 2, model: "fast" },
  });
  expect(started.status(), await started.text()).toBe(200);
  const { generation_id: generation } = (await started.json()) as { generation_id: string };
  const address = `/api/me/generations/${generation}`;
  expect((await request.post(`${address}/stop`, { headers: FROM_OUR_PAGE, data: {} })).status()).toBe(200);
  await expect
    .poll(async () => (await read(request, address)).generation)
    .toMatchObject({ status: "stopped", settlement: expect.anything() });
  const shared = await request.post(`/api/me/projects/${project}/shares`, {
    headers: FROM_OUR_PAGE,
    data: {},
  });
  expect(shared.status(), await shared.text()).toBe(200);
  const { share } = (await shared.json()) as { share: { id: string } };
  const world = { ...NOWHERE, user, project, generation, share: share.id };
  return storyWanted === "none" ? world : { ...world, ...(await newStory(request, storyWanted)) };
}

async function newStory(request: APIRequestContext, wanted: StoryWanted): Promise<Partial<World>> {
  const send = async (method: "POST" | "PATCH", path: string, data: unknown) => {
    const reply = await request.fetch(path, { method, headers: FROM_OUR_PAGE, data });
    expect(reply.status(), await reply.text()).toBe(200);
    return (await reply.json()) as Record<string, unknown>;
  };
  const idea = { premise: "A light.", chapters: 1, words_per_chapter: 300, model: "fast" };
  const { story_id: id } = await send("POST", "/api/me/stories", { idea });
  const story = `/api/me/stories/${String(id)}`;
  const plan = { title: "The letter", beats: ["Ada finds a letter."] };
  await send("PATCH", story, { version: 1, chapters: [plan] });
  const whole = await read(request, story);
  const chapter = (whole.chapters as { id: string }[])[0]?.id ?? "";
  if (wanted === "planned") return { story: String(id), chapter };
  for (const rewrite of [false, true]) {
    await send("POST", `${story}/chapters`, { chapters: [chapter], rewrite });
    await expect
      .poll(async () => (await read(request, story)).generation, { timeout: 60_000 })
      .toMatchObject({ status: "done" });
  }
  const { versions } = await read(request, `${story}/chapters/${chapter}/versions`);
  return { story: String(id), chapter, chapterVersion: (versions as { id: string }[])[0]?.id ?? "" };
}

/** All that pages and apps are shown of whoever is signed in, without the time of asking. */
export async function sessionShotOf(request: APIRequestContext, world: World): Promise<unknown> {
  const paths = [
    "/api/user-status",
    "/api/me/projects",
    `/api/me/projects/${world.project}`,
    `/api/me/projects/${world.project}/shares`,
    `/api/me/projects/${world.project}/versions`,
    "/api/me/generations",
    "/api/me/stories",
    `/api/me/generations/${world.generation}`,
  ];
  return Promise.all([...paths.map((path) => read(request, path)), shotOf(request, world)]);
}

async function read(request: APIRequestContext, path: string): Promise<Record<string, unknown>> {
  const reply = await request.get(path);
  expect(reply.status(), path).toBe(200);
  const { timestamp: _asked, ...facts } = (await reply.json()) as Record<string, unknown>;
  return facts;
}
