import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { expectState, openText, storedText } from "./texts";
import { FROM_OUR_PAGE } from "../api/session-world";
import { complaintsOf, expectAccessible, expectToFit, linkFor, newPerson, signIn } from "./hub";

// One red pixel.
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

interface Draft {
  app_source?: string;
  project_type?: string;
  title: string;
  content: string;
  metadata?: object;
}

/** Saves a project as an app does. Answers its code. */
async function save(page: Page, userId: string, draft: Draft): Promise<string> {
  const reply = await page.request.post("/api/unified/save-project", {
    headers: { "X-API-Key": process.env.PENORA_API_KEY ?? "" },
    data: { user_id: userId, app_source: "penora", project_type: "text", ...draft },
  });
  expect(reply.status()).toBe(200);
  return ((await reply.json()) as { code: string }).code;
}

const rows = (page: Page) => page.getByRole("table").locator("tbody").getByRole("row");

test("an empty workspace says what to do", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page);
  await page.goto("/workspace");
  await expect(page.getByText("Nothing here yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "Write something" })).toHaveAttribute("href", "/single-prompt");
  await expect(page.getByRole("meter", { name: "Space" })).toHaveAttribute(
    "aria-valuetext",
    "0 bytes of 1 MB used",
  );
  await expectAccessible(page);
  await expectToFit(page);
  expect(complaints).toEqual([]);
});

test("the list shows every app's projects, and can be filtered and searched", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  await save(page, user, { title: "The harbour", content: "One two three." });
  await save(page, user, { title: "A story of ships", content: "Four.", project_type: "story" });
  await save(page, user, {
    ...{ title: "Red", content: PNG, project_type: "ai_image", app_source: "imagegene" },
  });
  await page.goto("/workspace");
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).first()).toContainText("Red");
  await expect(rows(page).first()).toContainText("ImageGene");
  await expect(rows(page).first()).toContainText("Picture");
  await expect(rows(page).last()).toContainText("3");

  const apps = page.getByRole("navigation", { name: "Projects by app" });
  await apps.getByRole("link", { name: "Penora" }).click();
  await expect(page).toHaveURL(/app=penora/);
  await expect(rows(page)).toHaveCount(2);

  await page.getByLabel("Search titles and texts").fill("SHIPS");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page).toHaveURL(/app=penora&search=SHIPS/);
  await expect(rows(page)).toHaveCount(1);
  await expectAccessible(page);
  await expectToFit(page);

  await page.getByLabel("Search titles and texts").fill("%_<b>");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing of Penora has “%_<b>” in it")).toBeVisible();
  await page.getByRole("link", { name: "Show all projects" }).click();
  await expect(rows(page)).toHaveCount(3);
  expect(complaints).toEqual([]);
});

test("a text is begun in the workspace, and a file is opened there to be worked on", async ({ page }) => {
  const complaints = complaintsOf(page);
  await signIn(page);
  await page.goto("/workspace");
  await page.getByRole("button", { name: "New text" }).click();
  await expect(page).toHaveURL(/\/workspace\/[A-Z0-9]{6}$/);
  await page.getByLabel("Title").fill("A letter");
  await page.getByRole("textbox", { name: "Text" }).click();
  await page.keyboard.type("It came with the bread.");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await page.goto("/workspace");
  await page.getByLabel("File to open").setInputFiles({
    name: "The scan.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("no pdf"),
  });
  await expect(page.getByText(/^The scan\.pdf: /)).toBeVisible();
  await expect(page).toHaveURL(/\/workspace$/);
  await page.getByLabel("File to open").setInputFiles({
    name: "My chapter.md",
    mimeType: "text/markdown",
    buffer: Buffer.from("# One\n\nThe harbour was **cold**.\n"),
  });
  await expect(page).toHaveURL(/\/workspace\/[A-Z0-9]{6}$/);
  await expect(page.getByLabel("Title")).toHaveValue("My chapter");
  await expect(page.getByRole("textbox", { name: "Text" }).getByText("cold")).toBeVisible();

  // Found by what stands in it.
  await page.goto("/workspace?search=THE+BREAD");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("A letter");
  expect(complaints).toEqual([]);
});

test("the list is of one kind, in another order, and pictures are shown as pictures", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  await save(page, user, { title: "Zebra", content: "One two three." });
  await save(page, user, { title: "Apple", content: "Four. ".repeat(200), project_type: "story" });
  await page.goto("/workspace");
  await page.getByRole("navigation", { name: "Order" }).getByRole("link", { name: "Title" }).click();
  await expect(rows(page).first()).toContainText("Apple");
  await page.getByRole("navigation", { name: "Order" }).getByRole("link", { name: "Largest" }).click();
  await expect(rows(page).first()).toContainText("Apple");
  await page.getByText("What takes the most space").click();
  await expect(page.getByRole("progressbar", { name: "Share of “Apple”" })).toBeVisible();
  await page.getByRole("navigation", { name: "Kind" }).getByRole("link", { name: "Pictures" }).click();
  await expect(page).toHaveURL(/kind=picture/);
  await expect(page.getByText("No pictures here")).toBeVisible();
  await page.getByRole("navigation", { name: "Kind" }).getByRole("link", { name: "Texts" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expectAccessible(page);
  await expectToFit(page);
  expect(complaints).toEqual([]);
});

test("many are deleted at once, lie in the bin, and come back", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  for (const title of ["One", "Two", "Three"]) await save(page, user, { title, content: "Some words." });
  await page.goto("/workspace");
  await page.getByLabel("Select “One”").check();
  await page.getByLabel("Select “Two”").check();
  const bar = page.getByRole("region", { name: "Selected projects" });
  await expect(bar).toContainText("2 projects selected");
  await expectAccessible(page);
  await bar.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveCount(3);

  await page.getByLabel("Select “Three”").check();
  await bar.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(rows(page)).toHaveCount(2);
  await page.getByRole("link", { name: "Bin" }).click();
  await expect(page.getByText("30 days left")).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
  await page.getByRole("button", { name: "Bring back “Three”" }).click();
  await expect(page.getByText("The bin is empty")).toBeVisible();
  await page.goto("/workspace");
  await expect(rows(page)).toHaveCount(3);
  expect(complaints).toEqual([]);
});

test("the bin is emptied by hand: one, several, or all, and only once it was asked about", async ({
  page,
}) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  for (const title of ["One", "Two", "Three", "Four", "Five"]) {
    const code = await save(page, user, { title, content: "Some words." });
    const gone = await page.request.delete(`/api/me/projects/${code}`, {
      headers: FROM_OUR_PAGE,
    });
    expect(gone.status()).toBe(200);
  }
  await page.goto("/workspace/bin");
  const question = page.getByRole("alertdialog");
  const lying = page.getByRole("listitem").filter({ hasText: "30 days left" });
  await page.getByRole("button", { name: "Remove “One” for good" }).click();
  await expect(question).toContainText("can’t be undone");
  await expectAccessible(page);
  await question.getByRole("button", { name: "Keep" }).click();
  await expect(lying).toHaveCount(5);
  await page.getByRole("button", { name: "Remove “One” for good" }).click();
  await question.getByRole("button", { name: "Remove for good" }).click();
  await expect(lying).toHaveCount(4);

  await page.getByLabel("Select “Two”").check();
  await page.getByLabel("Select “Three”").check();
  const bar = page.getByRole("region", { name: "Selected projects" });
  await bar.getByRole("button", { name: "Bring back" }).click();
  await expect(lying).toHaveCount(2);
  await page.getByLabel("Select “Four”").check();
  await bar.getByRole("button", { name: "Remove for good" }).click();
  await question.getByRole("button", { name: "Remove for good" }).click();
  await expect(lying).toHaveCount(1);

  await page.getByRole("button", { name: "Empty the bin" }).click();
  await question.getByRole("button", { name: "Empty the bin" }).click();
  await expect(page.getByText("The bin is empty")).toBeVisible();
  await page.goto("/workspace");
  await expect(rows(page)).toHaveCount(2);
  expect(complaints).toEqual([]);
});

test("more projects than a page holds go by pages", async ({ page }) => {
  const { user_id: user } = await signIn(page);
  for (let nth = 1; nth <= 52; nth++) await save(page, user, { title: `Text ${nth}`, content: "x" });
  await page.goto("/workspace");
  await expect(rows(page)).toHaveCount(50);
  await page.getByRole("link", { name: "Older" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).last()).toContainText("Text 1");
  await page.getByRole("link", { name: "First page" }).click();
  await expect(rows(page)).toHaveCount(50);
  await page.goto("/workspace?cursor=nonsense&app=%00");
  await expect(page).toHaveURL(/\/workspace$/);
});

test("a picture is renamed where its title stands", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const image = { project_type: "ai_image", app_source: "imagegene" };
  const code = await save(page, user, { ...image, title: "Red", content: PNG });
  await page.goto(`/workspace/${code}`);
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Title").fill("  ");
  await page.keyboard.press("Enter");
  await expect(page.getByText("A project needs a title.")).toBeVisible();
  await expectAccessible(page);
  await page.getByLabel("Title").fill("Rot");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Rot");
  await expect(page.getByRole("button", { name: "Rename" })).toBeFocused();
  await expect(page).toHaveTitle(/Rot/);
  expect(complaints).toEqual([]);
});

test("a text is read and renamed", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const content = "First paragraph.\n\nA line,\nand one below it.\n\n<script>alert(1)</script>";
  const code = await save(page, user, {
    title: "1 Page(s) - A lighthouse…",
    content,
    metadata: { label: "Demo writer: rule-based, no AI" },
  });
  await openText(page, code);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 Page(s) - A lighthouse…");
  await expect(page.getByText("<script>alert(1)</script>")).toBeVisible();
  await expect(page.getByText("Demo writer: rule-based, no AI")).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);

  await page.getByLabel("Title").fill("Über den Leuchtturm");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(/Über den Leuchtturm/);
  await expectState(page, "saved");
  await expect.poll(async () => (await storedText(page, code)).title).toBe("Über den Leuchtturm");

  expect(complaints).toEqual([]);
});

test("a text is deleted after a question on the page, and brought back", async ({ page }) => {
  const complaints = complaintsOf(page);
  const { user_id: user } = await signIn(page);
  const code = await save(page, user, { title: "Über den Leuchtturm", content: "Eins." });
  await page.goto(`/workspace/${code}`);
  await page.getByRole("button", { name: "Delete" }).click();
  const question = page.getByRole("alertdialog", { name: "Delete “Über den Leuchtturm”?" });
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(question).toBeHidden();
  await expect(page.getByRole("button", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/workspace$/);
  await expect(page.getByText("“Über den Leuchtturm” was deleted")).toBeVisible();
  await expect(page.getByText("Nothing here yet")).toBeVisible();

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page).toHaveURL(new RegExp(`/workspace/${code}$`));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Über den Leuchtturm");
  await expect(page.getByText("“Über den Leuchtturm” is back")).toBeVisible();
  expect(complaints).toEqual([]);
});

test("pictures are shown as pictures, and nothing of them is run or told", async ({ page }) => {
  const { user_id: user } = await signIn(page);
  const image = { project_type: "ai_image", app_source: "imagegene" };
  const bare = await save(page, user, { ...image, title: "Bare", content: PNG });
  await page.goto(`/workspace/${bare}`);
  const picture = page.getByRole("img", { name: "Bare" });
  await expect(picture).toHaveAttribute("src", `data:image/png;base64,${PNG}`);
  expect(
    await picture.evaluate((element: HTMLImageElement) => element.decode().then(() => element.naturalWidth)),
  ).toBe(1);
  await expectAccessible(page);
  await expectToFit(page);
  await page.getByRole("button", { name: "Export" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: /^Picture/ }).click();
  const download = await coming;
  expect(download.suggestedFilename()).toBe("Bare.png");
  expect((await readFile(await download.path())).toString("base64")).toBe(PNG);

  const far = await save(page, user, { ...image, title: "Far", content: "https://pictures.invalid/a.png" });
  await page.route("https://pictures.invalid/**", (route) =>
    route.fulfill({ contentType: "image/png", body: Buffer.from(PNG, "base64") }),
  );
  const asked = page.waitForRequest("https://pictures.invalid/a.png");
  await page.goto(`/workspace/${far}`);
  expect((await (await asked).allHeaders()).referer).toBeUndefined();
  await expect(page.getByRole("img", { name: "Far" })).toHaveAttribute("referrerpolicy", "no-referrer");
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("menuitem", { name: /^The picture/ })).toContainText("opens in a new tab");
});

test("somebody else's project does not exist", async ({ page, browser, baseURL }) => {
  const { user_id: user } = await signIn(page);
  const code = await save(page, user, { title: "Mine", content: "Mine alone." });
  const other = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  await signIn(other);
  const reply = await other.goto(`/workspace/${code}`);
  expect(reply?.status()).toBe(404);
  await expect(other.getByText("Mine alone.")).toBeHidden();
  expect((await other.request.get(`/api/me/projects/${code}/export?format=txt`)).status()).toBe(404);
  await other.context().close();
});

test("a guest is sent to sign in and comes back to the project", async ({ page, browser, baseURL }) => {
  const { user_id: user, ...person } = await signIn(page);
  const code = await save(page, user, { title: "Waiting", content: "Here it is." });
  const guest = await browser.newContext({ baseURL: baseURL ?? "" });
  const visit = await guest.request.get(`/workspace/${code}`, { maxRedirects: 0 });
  expect(visit.status()).toBe(307);
  expect(new URL(visit.headers().location ?? "", baseURL).searchParams.get("redirect")).toBe(
    `${baseURL}/workspace/${code}`,
  );
  const back = await guest.newPage();
  await back.goto(await linkFor(guest.request, { ...person, user_id: user }, `${baseURL}/workspace/${code}`));
  await expect(back).toHaveURL(`${baseURL}/workspace/${code}`);
  await expect(back.getByText("Here it is.")).toBeVisible();
  await guest.close();
});

test("a page of somebody who is signed in no longer changes nothing, and says who is", async ({
  page,
  context,
  playwright,
  baseURL,
}) => {
  const { user_id: user } = await signIn(page);
  const code = await save(page, user, {
    title: "Ada's",
    ...{ content: PNG, project_type: "ai_image", app_source: "imagegene" },
  });
  await page.goto(`/workspace/${code}`);
  const second = await context.newPage();
  const hub = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  await second.goto(await linkFor(hub, newPerson({ username: "Eve" })));
  await expect(second).toHaveURL(/\/penora$/);
  await hub.dispose();
  await page.getByRole("button", { name: "Rename" }).click();
  await page.getByLabel("Title").fill("Taken over");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Eve is signed in now")).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Taken over");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("alertdialog").getByRole("alert")).toContainText("Eve is signed in now");
});

test("a deletion whose answer was lost is done once, however often the button is pressed", async ({
  page,
}) => {
  const { user_id: user } = await signIn(page);
  const code = await save(page, user, { title: "Gone", content: "x" });
  await page.goto(`/workspace/${code}`);
  const keys: (string | undefined)[] = [];
  await page.route("**/api/me/projects/**", async (route) => {
    if (route.request().method() !== "DELETE") return route.continue();
    keys.push(route.request().headers()["idempotency-key"]);
    const reply = await route.fetch();
    return keys.length < 3 ? route.abort("connectionreset") : route.fulfill({ response: reply });
  });
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("“Gone” was deleted")).toBeVisible();
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
});
