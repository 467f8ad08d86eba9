import { expect, type Page, test } from "@playwright/test";
import { complaintsOf, expectAccessible, expectToFit, newPerson, signIn } from "./hub";

const TEXT = "Nobody had lit the lamp for years. The stairs were cold, and the keeper";

async function open(page: Page, credits = 20) {
  const complaints = complaintsOf(page);
  await signIn(page, newPerson({ credits }));
  await page.goto("/writing-tools");
  await page.getByLabel("Your text").fill(TEXT);
  return complaints;
}

const text = (page: Page) => page.getByLabel("Your text");
const answers = (page: Page) => page.getByRole("region", { name: "Answers" });
const balance = (page: Page) => page.getByRole("link", { name: /^Balance:/ });

test("three ways to go on: each in a card, none touches the text until it is accepted, and that can be undone", async ({
  page,
}) => {
  const complaints = await open(page);
  await page.getByRole("radio", { name: "3", exact: true }).check();
  await expect(page.getByText("3 KU Coins.")).toBeVisible();
  await page.getByRole("button", { name: "Go on with it" }).click();
  await expect(answers(page).getByText("3 KU Coins charged.")).toBeVisible();
  const cards = answers(page).getByRole("group", { name: /^Answer \d/ });
  await expect(cards).toHaveCount(3);
  expect(new Set(await cards.allInnerTexts()).size).toBe(3);
  await expect(text(page)).toHaveValue(TEXT);
  await expect(balance(page)).toContainText("17");

  await cards
    .nth(1)
    .getByRole("button", { name: /Accept/ })
    .click();
  expect((await text(page).inputValue()).startsWith(`${TEXT} `)).toBe(true);
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(text(page)).toHaveValue(TEXT);
  expect(complaints).toEqual([]);
});

test("a list of ideas has exactly as many as asked, and what was paid for is there after a reload", async ({
  page,
}) => {
  const complaints = await open(page);
  await page.getByRole("radio", { name: "Brainstorm" }).check();
  await page.getByLabel("How many").selectOption("7");
  await page.getByRole("button", { name: "Find ideas" }).click();
  await expect(answers(page).getByText("1 KU Coin charged.")).toBeVisible();
  await expect(answers(page).getByRole("listitem")).toHaveCount(7);
  await page.reload();
  await expect(answers(page).getByRole("listitem")).toHaveCount(7);
  await expect(text(page)).toHaveValue(TEXT);
  expect(complaints).toEqual([]);
});

test("a file is read in the browser, says what will be sent, and one that can't be read says why", async ({
  page,
}) => {
  const complaints = await open(page);
  const uploads: string[] = [];
  page.on("request", (request) => request.method() !== "GET" && uploads.push(request.url()));
  const chooser = page.getByLabel("File to read");
  const notes = "# Notes\n\nThe keeper is called **Ines**.";
  await chooser.setInputFiles({ name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from(notes) });
  await expect(page.getByText("notes.md: 6 words")).toBeVisible();
  await page.getByRole("button", { name: "Use as material" }).click();
  await expect(page.getByText("Material: notes.md")).toBeVisible();
  await chooser.setInputFiles({
    name: "scan.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("nothing"),
  });
  await expect(page.getByRole("alert").filter({ hasText: "This is no PDF" })).toContainText(
    "Nothing was charged",
  );
  const html = "<h1>Log</h1><p>The lamp <em>burned</em>.</p><script>alert(1)</script>";
  await chooser.setInputFiles({ name: "log.html", mimeType: "text/html", buffer: Buffer.from(html) });
  await page.getByRole("button", { name: "Work on this text" }).click();
  await expect(text(page)).toHaveValue("# Log\n\nThe lamp *burned*.");
  expect(uploads).toEqual([]);
  expect(complaints).toEqual([]);
});

test("without the coins the button is off and says what to do", async ({ page }) => {
  await open(page, 0);
  await expect(page.getByRole("button", { name: "Go on with it" })).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByRole("link", { name: /Get more KU Coins/ }).first()).toBeVisible();
});

test("the page is accessible in both themes and fits a narrow screen", async ({ page }) => {
  await open(page);
  await expectAccessible(page);
  await expectToFit(page);
});
