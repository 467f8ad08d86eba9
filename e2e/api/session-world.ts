import { type APIRequestContext, expect } from "@playwright/test";
import { linkFor, newPerson } from "../journeys/hub";
import { newProject, shotOf } from "./ask";
import { NOWHERE, type World } from "@/lib/contract/examples";

/** What a page of ours sends with what it asks. */
export const FROM_OUR_PAGE = { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" } as const;

/** Signs a new person in, who has 500 credits, a project with a link to it, and a text that was stopped and could go on. */
export async function signInWorld(request: APIRequestContext): Promise<World> {
  const { user_id: user, ...person } = newPerson({ credits: 500 });
  const arrival = await request.get(await linkFor(request, { user_id: user, ...person }));
  expect(arrival.status()).toBe(200);
  const project = await newProject(request, user);
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
  return { ...NOWHERE, user, project, generation, share: share.id };
}

/** All that pages and apps are shown of whoever is signed in, without the time of asking. */
export async function sessionShotOf(request: APIRequestContext, world: World): Promise<unknown> {
  const paths = [
    "/api/user-status",
    "/api/me/projects",
    `/api/me/projects/${world.project}`,
    `/api/me/projects/${world.project}/shares`,
    "/api/me/generations",
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
