import { type BrowserContext, expect, type Page, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, linkFor, newPerson, signIn } from "./hub";
import { expectState, field, openText, saveText, storedText, typeAtEnd } from "./texts";

/** One red pixel. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

/** No answer comes, and nothing is said in the console but that. */
const unreachable = (complaint: string) =>
  /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|Failed to (load|fetch)/.test(complaint);

async function offline(context: BrowserContext, is: boolean) {
  await context.setOffline(is);
}

const paragraphs = (page: Page) => field(page).locator("p");

test("a text saves itself after a pause, and is there after a reload", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, {
    title: "The harbour",
    content: "First.\n\n**Second**, *third*.",
  });
  await openText(page, code);
  await expect(field(page).locator("strong")).toHaveText("Second");
  await typeAtEnd(page, " And <b>fourth</b> * 2.");
  await expectState(page, "saved");
  await expect
    .poll(() => storedText(page, code))
    .toEqual({
      title: "The harbour",
      content: "First.\n\n**Second**, *third*. And <b>fourth</b> \\* 2.",
      version: 2,
    });
  await page.reload();
  await expect(paragraphs(page).last()).toHaveText("Second, third. And <b>fourth</b> * 2.");
  await expect(page.locator("[data-counts]")).toContainText("8 words");
  expect(complaints).toEqual([]);
});

test("opening a text changes nothing of it, whatever stands in it", async ({ page }) => {
  const { user_id: user } = await signIn(page);
  const content =
    "* odd\n* list\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nNote[^1]\n\n[^1]: here\n\n  verse\n    deeper\n\n<script>alert(1)</script>\n";
  const code = await saveText(page, user, { title: "Odd", content });
  await openText(page, code);
  await expect(field(page).locator("pre[data-as-written]")).not.toHaveCount(0);
  await expect(field(page)).toContainText("<script>alert(1)</script>");
  await page.getByLabel("Title").click();
  expect(await storedText(page, code)).toEqual({ title: "Odd", content, version: 1 });
  await typeAtEnd(page, "!");
  await expectState(page, "saved");
  await expect.poll(async () => (await storedText(page, code)).content).toBe(`${content.trimEnd()}!`);
});

test("the title is changed where it stands, and the toolbar does what it says", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, { title: "Draft", content: "One two." });
  await openText(page, code);
  await page.getByLabel("Title").fill("Über den Leuchtturm");
  await page.keyboard.press("Enter");
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+b");
  await expect(page.getByRole("button", { name: "Bold" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Heading 2" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- a list");
  await page.keyboard.press("Control+s");
  await expectState(page, "saved");
  await expect
    .poll(() => storedText(page, code))
    .toMatchObject({
      title: "Über den Leuchtturm",
      content: "## **One two.**\n\n- a list",
    });
  await expect(page).toHaveTitle(/Über den Leuchtturm/);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Redo" })).not.toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
  await expectToFit(page);
  expect(complaints).toEqual([]);
});

test("ten seconds without network lose no word, and the page says where they are", async ({
  page,
  context,
}) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, { title: "At sea", content: "Before." });
  await openText(page, code);
  await offline(context, true);
  await typeAtEnd(page, " While the line was dead.");
  await expectState(page, "offline");
  await expect(page.getByText("Your words stay on this page and are kept in this browser.")).toBeVisible();
  // As many tries as ten seconds hold: they come faster at first, and then more slowly.
  let tries = 0;
  page.on("requestfailed", (request) => void (request.method() === "PATCH" && (tries += 1)));
  await expect.poll(() => tries, { timeout: 40_000 }).toBeGreaterThanOrEqual(8);
  await page.keyboard.type(" And still.");
  await offline(context, false);
  await expectState(page, "saved");
  await expect
    .poll(async () => (await storedText(page, code)).content)
    .toBe("Before. While the line was dead. And still.");
  expect(complaints.filter((complaint) => !unreachable(complaint))).toEqual([]);
});

test("words that were not saved when the tab went are back at the next visit", async ({ page, context }) => {
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, { title: "Lost", content: "Saved words." });
  await openText(page, code);
  await offline(context, true);
  await typeAtEnd(page, " Unsaved words.");
  await expectState(page, "offline");
  await page.close();
  await offline(context, false);
  const again = await context.newPage();
  await openText(again, code);
  await expect(again.getByText("Words that were not saved are back")).toBeVisible();
  await expect(field(again)).toContainText("Saved words. Unsaved words.");
  await expectState(again, "saved");
  expect((await storedText(again, code)).content).toBe("Saved words. Unsaved words.");
  await again.getByRole("button", { name: "Use the saved text instead" }).click();
  await expect(field(again)).toHaveText("Saved words.");
  await expectState(again, "saved");
  expect((await storedText(again, code)).content).toBe("Saved words.");
});

test("unsaved words are offered beside the text where it has moved on since", async ({ page, context }) => {
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, { title: "Lost", content: "Saved words." });
  await openText(page, code);
  await offline(context, true);
  await typeAtEnd(page, " Unsaved words.");
  await expectState(page, "offline");
  await page.close();
  await offline(context, false);
  await saveText(page.context().pages()[0] ?? (await context.newPage()), user, {
    ...{ title: "Lost", content: "Words of an app." },
    ...({ project_code: code } as object),
  });
  const again = await context.newPage();
  await openText(again, code);
  await expect(field(again)).toHaveText("Words of an app.");
  await again.getByRole("button", { name: "Compare" }).click();
  await expect(again.getByText("Both are kept as versions")).toBeVisible();
  await again.getByRole("button", { name: "Edit both in one" }).click();
  await expect(field(again)).toContainText("Words of an app.");
  await expect(field(again)).toContainText("Saved words. Unsaved words.");
  await expectState(again, "saved");
});

test("a conflict between two tabs keeps both texts, shows them, and loses nothing", async ({
  page,
  context,
}) => {
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, { title: "Twice", content: "The first paragraph.\n\nThe second." });
  await openText(page, code);
  const other = await context.newPage();
  await openText(other, code);
  await expect(page.getByText("This text is also open in another tab")).toBeVisible();

  // What one tab saves, an idle one shows.
  await typeAtEnd(other, " Once.");
  await expectState(other, "saved");
  await expect(field(page)).toContainText("The second. Once.");

  // Neither hears of the other now.
  await page.route(`**/api/me/projects/${code}`, (route) =>
    route.request().method() === "PATCH" ? route.abort("connectionrefused") : route.continue(),
  );
  await page.bringToFront();
  await typeAtEnd(page, " Tab one.");
  await expectState(page, "offline");
  await other.bringToFront();
  await typeAtEnd(other, " Tab two.");
  await expectState(other, "saved");
  await page.bringToFront();
  await page.unroute(`**/api/me/projects/${code}`);
  await expect(page.getByRole("heading", { name: "This text was changed elsewhere meanwhile" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("Both are kept as versions")).toBeVisible();
  await expect(page.locator("del")).toContainText(["two"]);
  await expect(page.locator("ins")).toContainText(["one"]);
  await expectAccessible(page);
  await expectToFit(page);
  await page.getByRole("button", { name: "Keep yours" }).click();
  await expectState(page, "saved");
  expect((await storedText(page, code)).content).toBe("The first paragraph.\n\nThe second. Once. Tab one.");
  const { versions } = (await (await page.request.get(`/api/me/projects/${code}/versions`)).json()) as {
    versions: { number: number; reason: string }[];
  };
  const conflict = versions.filter(({ reason }) => reason === "conflict").map(({ number }) => number);
  const kept = await Promise.all(
    conflict.map(async (number) => {
      const reply = await page.request.get(`/api/me/projects/${code}/versions/${number}`);
      return ((await reply.json()) as { version: { content: string } }).version.content;
    }),
  );
  expect(kept.sort()).toEqual([
    "The first paragraph.\n\nThe second. Once. Tab one.",
    "The first paragraph.\n\nThe second. Once. Tab two.",
  ]);
});

test("a version is looked at, compared and restored, and the restore can be undone", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, { title: "Old and new", content: "The old words." });
  await openText(page, code);
  await field(page).click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("The new words.");
  await expectState(page, "saved");
  await expect.poll(async () => (await storedText(page, code)).content).toBe("The new words.");
  await page.getByRole("button", { name: "Versions" }).click();
  const dialog = page.getByRole("dialog", { name: "Versions" });
  await dialog.getByRole("button", { name: /before you changed it/ }).click();
  await expect(dialog.locator("del")).toContainText(["old"]);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Restore this version" }).click();
  await expect(dialog).toBeHidden();
  await expect(field(page)).toHaveText("The old words.");
  expect((await storedText(page, code)).content).toBe("The old words.");
  await page.getByRole("button", { name: "Versions" }).click();
  await dialog.getByRole("button", { name: /before an older one was restored/ }).click();
  await dialog.getByRole("button", { name: "Restore this version" }).click();
  await expect(field(page)).toHaveText("The new words.");
  expect(complaints).toEqual([]);
});

test("a full workspace keeps the words on the page and says what to do", async ({ page }) => {
  const { user_id: user } = await signIn(page);
  const filler = await saveText(page, user, { title: "Filler", content: "x".repeat(1_048_576 - 40) });
  const code = await saveText(page, user, { title: "Small", content: "Few words." });
  await openText(page, code);
  await typeAtEnd(page, " Many more words than there is room for here.");
  await expectState(page, "full");
  await expect(page.getByText("Your workspace is full")).toBeVisible();
  await page.request.delete(`/api/me/projects/${filler}`, {
    headers: { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" },
  });
  await page.getByRole("button", { name: "Try now" }).click();
  await expectState(page, "saved");
  expect((await storedText(page, code)).content).toContain("Many more words");
});

test("another person's session keeps every word typed and says who is signed in", async ({
  page,
  context,
  playwright,
  baseURL,
}) => {
  const person = await signIn(page);
  const code = await saveText(page, person.user_id, { title: "Ada's", content: "Ada wrote this." });
  await openText(page, code);
  const second = await context.newPage();
  const hub = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  await second.goto(await linkFor(hub, newPerson({ username: "Eve" })));
  await typeAtEnd(page, " And more.");
  await expectState(page, "stranger");
  await expect(page.getByText("Eve is signed in now")).toBeVisible();
  await expect(field(page)).toHaveText("Ada wrote this. And more.");
  await second.goto(await linkFor(hub, person));
  await hub.dispose();
  await page.getByRole("button", { name: "Try now" }).click();
  await expectState(page, "saved");
  expect((await storedText(page, code)).content).toBe("Ada wrote this. And more.");
});

test("the keys of the site are listed under ?, but not while somebody types", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const code = await saveText(page, user, { title: "Keys", content: "Why" });
  await openText(page, code);
  await typeAtEnd(page, "?");
  await expect(field(page)).toHaveText("Why?");
  const keys = page.getByRole("dialog", { name: "Keys" });
  await expect(keys).toBeHidden();
  await page.keyboard.press("Control+/");
  await expect(keys).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(keys).toBeHidden();
  await expectState(page, "saved");
  await page.goto("/workspace");
  await page.keyboard.press("?");
  await expect(keys).toBeVisible();
  await expectToFit(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page).toHaveURL(/\/account$/);
  expect(complaints).toEqual([]);
});

test("a tool answers beside the text: rejected nothing happens, accepted it is one step", async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page, newPerson({ credits: 20 }));
  const content = "The door was red.\n\nNobody came.";
  const code = await saveText(page, user, { title: "Tools", content });
  await openText(page, code);
  await page.getByRole("button", { name: "Writing tools" }).click();
  const panel = page.getByRole("complementary", { name: "Writing tools" });
  await panel.getByRole("radio", { name: "Rewrite" }).check();
  await expect(panel.getByRole("button", { name: "Rewrite it" })).toHaveAttribute("aria-disabled", "true");
  await paragraphs(page).first().click({ clickCount: 3 });
  await panel.getByRole("button", { name: "Rewrite it" }).click();
  const card = panel.getByRole("region", { name: "Rewrite: answer" });
  await expect(card.getByRole("button", { name: "Accept" })).toBeVisible({ timeout: 30_000 });
  await expect(field(page)).toHaveText("The door was red.Nobody came.");
  await expectAccessible(page);
  await card.getByRole("button", { name: "Reject" }).click();
  await expect(card).toBeHidden();
  expect((await storedText(page, code)).content).toBe(content);

  // What is typed elsewhere meanwhile misplaces nothing.
  await paragraphs(page).last().click();
  await paragraphs(page).first().click({ clickCount: 3 });
  await panel.getByRole("button", { name: "Rewrite it" }).click();
  await expect(card).toBeVisible({ timeout: 30_000 });
  await paragraphs(page).last().click();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Not even the cat.");
  await expect(card.getByRole("button", { name: "Accept" })).toBeVisible({ timeout: 30_000 });
  await card.getByRole("button", { name: "Accept" }).click();
  await expect(card).toBeHidden();
  await expect(paragraphs(page).last()).toHaveText("Nobody came. Not even the cat.");
  await expect(paragraphs(page).first()).not.toHaveText("The door was red.");
  await page.keyboard.press("Control+z");
  await expect(paragraphs(page).first()).toHaveText("The door was red.");
  await expect(paragraphs(page).last()).toHaveText("Nobody came. Not even the cat.");
  await expectToFit(page);

  // Who wrote the part that was accepted is noted beside the text.
  await paragraphs(page).first().click({ clickCount: 3 });
  await panel.getByRole("button", { name: "Rewrite it" }).click();
  await card.getByRole("button", { name: "Accept" }).click({ timeout: 30_000 });
  await expect.poll(async () => (await storedText(page, code)).content).not.toMatch(/^The door was red\.\n/);
  await page.reload();
  await expect(page.getByText("Demo writer: rule-based, no AI")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("a picture of the workspace is put into a text by reference, and shown there", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const picture = await saveText(page, user, {
    ...{ title: "Red door", content: PNG, project_type: "ai_image", app_source: "imagegene" },
  });
  const code = await saveText(page, user, { title: "With a picture", content: "Look:" });
  await openText(page, code);
  await field(page).click();
  await page.keyboard.press("Control+End");
  await page.getByRole("button", { name: "Insert a picture" }).click();
  const picker = page.getByRole("dialog", { name: "Insert a picture" });
  await expect(picker.getByRole("button", { name: "Red door" })).toBeVisible();
  await expectAccessible(page);
  await picker.getByRole("button", { name: "Red door" }).click();
  const shown = field(page).getByRole("img", { name: "Red door" });
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth))
    .toBe(1);
  await expectState(page, "saved");
  await expect
    .poll(async () => (await storedText(page, code)).content)
    .toBe(`Look:![Red door](penora:${picture})`);
  await page.reload();
  await expect(shown).toBeVisible();
  await page.goto("/workspace?kind=picture&view=gallery");
  await expect(page.getByRole("link", { name: "Red door" })).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
  expect(complaints).toEqual([]);
});

test("a text of a hundred thousand words is opened, written in, counted and saved", async ({ page }) => {
  const { user_id: user } = await signIn(page);
  const paragraph = "She had answered him the way her father would have. ".repeat(5).trim();
  const content = Array.from({ length: 2_000 }, () => paragraph).join("\n\n");
  const code = await saveText(page, user, { title: "A novel", content });
  await openText(page, code);
  await expect(page.locator("[data-counts]")).toContainText("100,000 words", { timeout: 30_000 });
  await typeAtEnd(page, " The end.");
  await expect(page.locator("[data-counts]")).toContainText("100,002 words", { timeout: 30_000 });
  await expectState(page, "saved");
  await expect.poll(async () => (await storedText(page, code)).content === `${content} The end.`).toBe(true);
});

test("typing in a long text is typing: marks, lists, undo and what is saved are as in a short one", async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const sentence = "The keeper had not lit the lamp for years. ";
  const novel = Array.from({ length: 600 }, () => sentence.repeat(5).trim()).join("\n\n");
  const code = await saveText(page, user, { title: "Novel", content: novel });
  await openText(page, code);
  await paragraphs(page).first().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("Enter");
  await page.keyboard.type("Plain ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("bold — ÿ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type(" and on");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- first");
  await page.keyboard.press("Enter");
  await page.keyboard.type("second");
  for (let nth = 0; nth < 6; nth++) await page.keyboard.press("Shift+ArrowLeft");
  await page.keyboard.type("2");
  await page.keyboard.press("Control+s");
  const written = `${novel}\n\nPlain **bold — ÿ** and on\n\n- first\n- 2`;
  await expect.poll(async () => (await storedText(page, code)).content).toBe(written);
  while (
    await page
      .getByRole("button", { name: "Undo" })
      .getAttribute("aria-disabled")
      .then((off) => off !== "true")
  )
    await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+s");
  await expect.poll(async () => (await storedText(page, code)).content).toBe(novel);
  expect(complaints).toEqual([]);
});
