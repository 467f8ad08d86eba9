import { readFile } from "node:fs/promises";
import { expect, type Page, test } from "@playwright/test";
import { complaintsOf, newPerson } from "./hub";

const PROMPT = "A ferry that comes once a year, and the boy who counts the days.";
const LABEL = "Demo writer: rule-based, no AI";

const outcome = (page: Page) => page.getByRole("region", { name: "How it ended" });
const balance = (page: Page) => page.getByRole("link", { name: /^Balance:/ });
const words = (text: string) => text.split(/\s+/).filter(Boolean).length;

async function shownText(page: Page): Promise<string> {
  const paragraphs = await page.getByRole("region", { name: "The text" }).locator("p").allTextContents();
  return paragraphs.join("\n\n");
}

/** Follows a link of the header, as everybody does to get from room to room. */
const goTo = (page: Page, name: string) =>
  page.getByRole("banner").getByRole("link", { name, exact: true }).click();

test("from the hub through every room: write, stop, reload, go on, keep, download, delete, and count the coins", async ({
  page,
}) => {
  const complaints = complaintsOf(page);

  await page.goto("/demo");
  await page.getByLabel("Id").fill(newPerson().user_id);
  await page.getByLabel("Name").fill("Maja Holm");
  await page.getByLabel("Email").fill("maja@demo.example");
  await page.getByLabel("KU Coins").fill("40");
  await page.getByRole("button", { name: "Sign in with this token" }).click();
  await expect(page.getByRole("heading", { name: "Welcome, Maja Holm." })).toBeVisible();

  await balance(page).click();
  await expect(page).toHaveURL(/\/account$/);
  await expect(page.getByText("maja@demo.example")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Opening balance" })).toContainText("+40");
  await expect(page.getByText("All of it can be spent; none is set aside.")).toBeVisible();

  await goTo(page, "Write");
  await page.getByLabel("What should it be about?").fill(PROMPT);
  await page.getByLabel("Pages").fill("3");
  await page.getByRole("button", { name: "Write it" }).click();
  await expect(page).toHaveURL(/generation=/);
  await expect(balance(page)).toContainText("37 KU Coins");
  await expect.poll(async () => words(await shownText(page)), { timeout: 30_000 }).toBeGreaterThan(450);
  await page.getByRole("button", { name: "Stop" }).click();
  await expect(outcome(page)).toContainText("2 KU Coins charged, 1 given back");
  await expect(balance(page)).toContainText("38 KU Coins");
  const stopped = await shownText(page);

  await page.reload();
  await expect(outcome(page)).toContainText("Stopped");
  expect(await shownText(page)).toBe(stopped);
  await page.getByRole("button", { name: "Continue from here" }).click();
  await expect(outcome(page)).toContainText("Finished", { timeout: 30_000 });
  await expect(outcome(page)).toContainText("3 KU Coins in all");
  await expect(balance(page)).toContainText("37 KU Coins");
  const whole = await shownText(page);
  expect(whole.startsWith(stopped)).toBe(true);

  await goTo(page, "Workspace");
  const row = page.getByRole("table").locator("tbody").getByRole("row");
  await expect(row).toHaveCount(1);
  await row.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^3 Page\(s\) - A ferry that comes/);
  await expect(page.getByText(LABEL)).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Plain text (TXT)" }).click();
  const file = await readFile(await (await coming).path(), "utf8");
  expect(file).toContain(`\n${LABEL}\n\n${whole}\n`);

  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/workspace$/);
  await expect(page.getByText("Nothing here yet")).toBeVisible();

  // What was written was paid for: a deletion gives room back, and no coin.
  await balance(page).click();
  await expect(page.getByRole("meter", { name: "Storage" })).toHaveAttribute(
    "aria-valuetext",
    "0 MB of 1 MB",
  );
  await expect(page.getByText("37 KU Coins").first()).toBeVisible();
  await expect(page.getByText("3 KU Coins in all.")).toBeVisible();
  await expect(page.getByText("All of it can be spent; none is set aside.")).toBeVisible();
  const ledger = page
    .getByRole("table", { name: /^Statement/ })
    .locator("tbody")
    .getByRole("row");
  await expect(ledger).toHaveCount(3);
  const lines = [
    ["Single prompt, 3 pages: A ferry", "\u22121", "37"],
    ["Single prompt, 3 pages: A ferry", "\u22122", "38"],
    ["Opening balance", "+40", "40"],
  ];
  for (const [nth, parts] of lines.entries())
    for (const part of parts) await expect(ledger.nth(nth)).toContainText(part);
  expect(complaints).toEqual([]);
});
