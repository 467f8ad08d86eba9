import { expect, type Locator, type Page } from "@playwright/test";

export interface TextDraft {
  app_source?: string;
  project_type?: string;
  title: string;
  content: string;
  metadata?: object;
}

/** Saves a project as an app does. Answers its code. */
export async function saveText(page: Page, userId: string, draft: TextDraft): Promise<string> {
  const reply = await page.request.post("/api/unified/save-project", {
    headers: { "X-API-Key": process.env.PENORA_API_KEY ?? "" },
    data: { user_id: userId, app_source: "penora", project_type: "text", ...draft },
  });
  expect(reply.status(), await reply.text()).toBe(200);
  return ((await reply.json()) as { code: string }).code;
}

/** What the workspace holds of a text. */
export async function storedText(
  page: Page,
  code: string,
): Promise<{ title: string; content: string; version: number }> {
  const reply = await page.request.get(`/api/me/projects/${code}`);
  expect(reply.status()).toBe(200);
  const { title, content, version } = (
    (await reply.json()) as { project: { title: string; content: string; version: number } }
  ).project;
  return { title, content, version };
}

/** The field in which a text is written. */
export const field = (page: Page): Locator => page.getByRole("textbox", { name: "Text", exact: true });

/** Waits until the page says so of its newest words. */
export async function expectState(page: Page, kind: string): Promise<void> {
  await expect(page.locator("[data-save]")).toHaveAttribute("data-save", kind, { timeout: 30_000 });
}

/** Opens a text and waits for its editor. */
export async function openText(page: Page, code: string): Promise<void> {
  await page.goto(`/workspace/${code}`);
  await expect(field(page)).toBeVisible({ timeout: 30_000 });
}

/** Types behind the last word. */
export async function typeAtEnd(page: Page, words: string): Promise<void> {
  await field(page).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(words);
}
