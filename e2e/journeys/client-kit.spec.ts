import { expect, type Page, test } from "@playwright/test";
import { SIBLING_ORIGIN } from "../built-server";
import { newPerson, signIn, spend } from "./hub";

const KEY = { "X-API-Key": process.env.PENORA_API_KEY ?? "" };

/** A page of a sibling app that shows the balance; its own server gives it browser tokens, and nothing else. */
async function siblingPage(page: Page, userId: string, tokenFor: (userId: string) => Promise<object | null>) {
  await page.route(`${SIBLING_ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === "/token") {
      const token = await tokenFor(userId);
      return token === null ? route.fulfill({ status: 503 }) : route.fulfill({ json: token });
    }
    if (pathname !== "/") return route.fulfill({ status: 404 });
    const base = process.env.BASE_URL ?? "";
    return route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><title>ImageGene</title><link rel="icon" href="data:,">
        <script type="module" src="${base}/sdk/penora.mjs"></script>
        <p>You have <penora-balance token-url="/token"></penora-balance>.</p>`,
    });
  });
  await page.goto(SIBLING_ORIGIN);
}

test("a page of another app shows the balance live, with a browser token and never a key", async ({
  page,
  context,
  request,
}) => {
  const sent: string[] = [];
  context.on("request", (one) => sent.push(JSON.stringify([one.url(), one.headers()])));
  const person = await signIn(await context.newPage(), newPerson({ credits: 40 }));
  let asked = 0;
  await siblingPage(page, person.user_id, async (user_id) => {
    asked++;
    const reply = await request.post("/api/unified/browser-tokens", { headers: KEY, data: { user_id } });
    expect(reply.status()).toBe(200);
    return (await reply.json()) as object;
  });
  const line = page.getByText("You have");
  await expect(line).toContainText("40 KU Coins");
  await spend(request, person.user_id, 13, "imagegene", "A picture of a lake");
  await expect(line).toContainText("27 KU Coins");
  expect(asked).toBe(1);
  expect(sent.join("\n")).not.toContain(KEY["X-API-Key"]);
});

test("the balance comes back by itself when the app's own server was away", async ({
  page,
  context,
  request,
}) => {
  const person = await signIn(await context.newPage(), newPerson({ credits: 12 }));
  let away = 2;
  await siblingPage(page, person.user_id, async (user_id) => {
    if (away-- > 0) return null;
    const reply = await request.post("/api/unified/browser-tokens", { headers: KEY, data: { user_id } });
    return (await reply.json()) as object;
  });
  await expect(page.getByText("You have")).toContainText("12 KU Coins");
  expect(away).toBeLessThan(0);
});
