import { expect, test } from "@playwright/test";
import { onServer } from "../../prisma/local/scratch";
import { expectAccessible, expectToFit, signIn } from "./hub";

test("a page that can't be made is a 500 that says so, tells nothing of the inside, and lets one try again", async ({
  page,
}) => {
  await signIn(page);
  await page.goto("/single-prompt");
  await page.getByLabel("What should it be about?").fill("A ferry that comes once a year");
  await page.getByLabel("Pages").fill("1");
  await page.getByRole("button", { name: "Write it" }).click();
  await expect(page.getByRole("region", { name: "How it ended" })).toContainText("Finished", {
    timeout: 30_000,
  });
  const address = page.url();
  const id = new URL(address).searchParams.get("generation") ?? "";
  expect(id).toMatch(/^[0-9a-f-]{36}$/);

  // Damage that no door can do: what was asked for is gone from the row of this one text.
  const database = process.env.DATABASE_URL ?? "";
  await onServer(database, `UPDATE generations SET input = 'null' WHERE id = '${id}'`);
  const reply = await page.goto(address);
  expect(reply?.status()).toBe(500);
  expect(await reply?.text()).not.toMatch(/TypeError|Cannot |node_modules|\.tsx?:\d/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This page could not be made.");
  await expectAccessible(page);
  await expectToFit(page);
  await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Home page" })).toHaveAttribute("href", "/");
});
