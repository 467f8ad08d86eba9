import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { type APIRequestContext, expect, type Page } from "@playwright/test";
import type { DemoPerson } from "../../lib/contract/demo";

/** Somebody whom nobody has seen before. */
export function newPerson(more: Partial<DemoPerson> = {}): DemoPerson {
  const id = `demo_${randomUUID().slice(0, 18)}`;
  return { user_id: id, username: "Erik Lund", email: "erik@demo.example", ...more };
}

/** The link with which the hub would send this person's browser to Penora. */
export async function linkFor(
  request: APIRequestContext,
  person: DemoPerson,
  redirect?: string,
): Promise<string> {
  const reply = await request.post("/api/demo/sign-in", {
    headers: { "Sec-Fetch-Site": "same-origin" },
    data: { ...person, redirect },
  });
  expect(reply.status()).toBe(200);
  return ((await reply.json()) as { link: string }).link;
}

/** Signs the page's browser in as this person, who is answered. Ends on `/penora`. */
export async function signIn(page: Page, person: DemoPerson = newPerson()): Promise<DemoPerson> {
  await page.goto(await linkFor(page.request, person));
  await expect(page).toHaveURL(/\/penora$/);
  return person;
}

/** Spends coins as an app does over the unified API, with the root key. */
export async function spend(
  request: APIRequestContext,
  userId: string,
  amount: number,
  app: string,
  description: string,
): Promise<void> {
  const reply = await request.post("/api/unified/deduct-credits", {
    headers: { "X-API-Key": process.env.PENORA_API_KEY ?? "" },
    data: { user_id: userId, amount, app_name: app, description },
  });
  expect(reply.status()).toBe(200);
}

/** Collects what a page complains about; a journey expects nothing of it at its end. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  return complaints;
}

/** No finding of axe on this page, by day and by lamplight. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(
      ({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((n) => n.html).join(" ")}`,
    );
    expect(found).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

/** Nothing reaches over the edge of a narrow screen. */
export async function expectToFit(page: Page, width = 360): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  if (before) await page.setViewportSize(before);
}
