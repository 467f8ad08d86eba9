import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { filesOf, textOfDocx, textOfEpub, textOfPdf, wordsOf } from "../../lib/testing/read-exports";
import { complaintsOf, expectAccessible, expectToFit, signIn } from "./hub";

const LABEL = "Demo writer: rule-based, no AI";
const TITLE = "Über den Leuchtturm";
const TEXT = [
  "## Das Erste",
  "Ein *kurzer* Satz — und **noch** einer: naïve, Ωμέγα, Лодка.",
  "- eins\n- zwei\n  - drei",
  "| a | b |\n| - | - |\n| c | d |",
  "> Gesagt,\n> getan.",
  "## Das <b>Zweite</b>",
  "Das Ende.",
].join("\n\n");
/** The words that every copy must have, in this order. */
const WORDS = wordsOf(
  "Das Erste Ein kurzer Satz und noch einer naïve Ωμέγα Лодка eins zwei drei a b c d Gesagt getan Das b Zweite b Das Ende",
);
// One red pixel.
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

async function save(page: Page, userId: string, draft: Record<string, unknown>): Promise<string> {
  const reply = await page.request.post("/api/unified/save-project", {
    headers: { "X-API-Key": process.env.PENORA_API_KEY ?? "" },
    data: { user_id: userId, app_source: "penora", project_type: "text", ...draft },
  });
  expect(reply.status()).toBe(200);
  return ((await reply.json()) as { code: string }).code;
}

async function exported(page: Page, item: string): Promise<{ name: string; bytes: Uint8Array }> {
  await page.getByRole("button", { name: "Export" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: item }).click();
  const download = await coming;
  return {
    name: download.suggestedFilename(),
    bytes: new Uint8Array(await readFile(await download.path())),
  };
}

test("a text is taken along in every format, and each has its words when it is opened again", async ({
  page,
  context,
}) => {
  test.slow(); // seven files, each opened again
  const complaints = complaintsOf(page);
  const { user_id: user, username } = await signIn(page);
  const code = await save(page, user, { title: TITLE, content: TEXT, metadata: { label: LABEL } });
  await page.goto(`/workspace/${code}`);
  await page.getByRole("button", { name: "Export" }).click();
  await expect(page.getByRole("menuitem", { name: "PDF" })).toBeVisible();
  await expectAccessible(page);
  await expectToFit(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Export" })).toBeFocused();

  const expected = [...wordsOf(`${TITLE} ${username} ${LABEL}`), ...WORDS];
  const read: Record<string, (bytes: Uint8Array) => string | Promise<string>> = {
    PDF: textOfPdf,
    "Word (DOCX)": textOfDocx,
    EPUB: textOfEpub,
    Markdown: (bytes) => Buffer.from(bytes).toString(),
    "Plain text (TXT)": (bytes) => Buffer.from(bytes).toString(),
  };
  for (const [item, text] of Object.entries(read)) {
    const { name, bytes } = await exported(page, item);
    expect(name).toMatch(new RegExp(`^${TITLE}\\.(pdf|docx|epub|md|txt)$`));
    expect(wordsOf(await text(bytes)), item).toEqual(expected);
  }

  const html = await exported(page, "Web page (HTML)");
  const reader = await context.newPage();
  await reader.setContent(Buffer.from(html.bytes).toString());
  expect(wordsOf(await reader.locator("body").innerText())).toEqual(expected);
  await reader.close();

  const zip = await exported(page, "All of them (ZIP)");
  expect(zip.name).toBe(`${TITLE}.zip`);
  expect([...filesOf(zip.bytes).keys()].sort()).toEqual(
    ["docx", "epub", "html", "md", "pdf", "txt"].map((ending) => `${TITLE}.${ending}`),
  );
  expect(complaints).toEqual([]);
});

test("what PDF can't draw is named before, and what can't be made is said", async ({ page }) => {
  const { user_id: user } = await signIn(page);
  const code = await save(page, user, { title: "漢字", content: "漢字 and words." });
  await page.goto(`/workspace/${code}`);
  await page.getByRole("button", { name: "Export" }).click();
  const pdf = page.getByRole("menuitem", { name: /^PDF/ });
  await expect(pdf).toContainText("PDF can’t draw Chinese (Han): 漢, 字. The other formats can.");
  await expect(pdf).toHaveAttribute("aria-disabled", "true");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.request.delete(`/api/me/projects/${code}`, {
    headers: { "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json" },
  });
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "EPUB" }).click();
  await expect(page.getByText("Project not found")).toBeVisible();
});

test("the whole workspace comes along in one ZIP", async ({ page }) => {
  const { user_id: user } = await signIn(page);
  await save(page, user, { title: "First", content: "One." });
  await save(page, user, { title: "Sea", content: PNG, project_type: "ai_image" });
  await page.goto("/workspace");
  await page.getByRole("button", { name: "Export all" }).click();
  await expectAccessible(page);
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Markdown" }).click();
  const files = filesOf(new Uint8Array(await readFile(await (await coming).path())));
  expect([...files.keys()].sort()).toEqual(["First.md", "Sea.png"]);
  expect(files.get("First.md")).toContain("One.");
});

test("in a frame that may not save files the file is opened in a tab of its own, without a cookie", async ({
  page,
  playwright,
}) => {
  const { user_id: user } = await signIn(page);
  const code = await save(page, user, { title: "Framed", content: "Inside." });
  // As the hub's page would hold it, were its address among those that may.
  await page.route("**/frame", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<iframe title="x" style="width:900px;height:700px" src="/workspace/${code}"
        sandbox="allow-scripts allow-same-origin allow-popups allow-forms"></iframe>`,
    }),
  );
  await page.route(`**/workspace/${code}`, async (route) => {
    const reply = await route.fetch();
    const headers = { ...reply.headers() };
    delete headers["x-frame-options"];
    headers["content-security-policy"] = (headers["content-security-policy"] ?? "").replace(
      "frame-ancestors 'none'",
      "frame-ancestors 'self'",
    );
    await route.fulfill({ response: reply, headers });
  });
  await page.goto("/frame");
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button", { name: "Export" }).click();
  await frame.getByRole("menuitem", { name: "Plain text (TXT)" }).click();
  const link = frame.getByRole("link", { name: /Open the file/ });
  await expect(link).toHaveAttribute("target", "_blank");
  const guest = await playwright.request.newContext();
  const reply = await guest.get((await link.getAttribute("href")) ?? "");
  expect(reply.headers()["content-disposition"]).toContain("Framed.txt");
  expect(await reply.text()).toContain("Inside.");
  await guest.dispose();
});

test("a text is shared by a link that guests can read, and that is gone once it is revoked", async ({
  page,
  browser,
  baseURL,
}) => {
  const complaints = complaintsOf(page);
  const { user_id: user, email } = await signIn(page);
  const picture = await save(page, user, { title: "Sea", content: PNG, project_type: "ai_image" });
  const code = await save(page, user, {
    title: "Shared",
    content: `# Begin\n\nOne *two* <script>alert(1)</script>\n\n![The sea](penora:${picture})`,
    metadata: { label: LABEL },
  });
  await page.goto(`/workspace/${code}`);
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share to read" });
  await expect(dialog.getByText("No link yet")).toBeVisible();
  await dialog.getByLabel("The link works").selectOption("7 days");
  await dialog.getByRole("button", { name: "Create a link" }).click();
  const field = dialog.getByRole("textbox", { name: /^Link made on/ });
  await expect(field).toHaveValue(/\/share\/[\w-]{32}$/);
  await expectAccessible(page);
  await expectToFit(page);
  const address = await field.inputValue();

  const guest = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
  const guestComplaints = complaintsOf(guest);
  const arrival = await guest.goto(address);
  expect(arrival?.headers()["x-robots-tag"]).toContain("noindex");
  await expect(guest.locator('meta[name="robots"]')).toHaveAttribute("content", /noindex/);
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Shared");
  await expect(guest.getByRole("heading", { level: 2 })).toHaveText("Begin");
  await expect(guest.getByText("<script>alert(1)</script>")).toBeVisible();
  await expect(guest.getByText(LABEL)).toBeVisible();
  await expect(guest.getByText(/by Erik Lund · \d+ words/)).toBeVisible();
  const shown = guest.getByRole("img", { name: "The sea" });
  expect(
    await shown.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth)),
  ).toBe(1);
  expect(await guest.content()).not.toContain(email);
  expect(await guest.content()).not.toContain(user);
  await expectAccessible(guest);
  await expectToFit(guest);
  expect(guestComplaints).toEqual([]);

  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(dialog.getByText("No link yet")).toBeVisible();
  const after = await guest.goto(address);
  expect(after?.status()).toBe(404);
  await expect(guest.getByText("There is no such page.")).toBeVisible();
  expect(complaints).toEqual([]);
});
