import { createServer, type Server } from "node:http";
import { expect, type Page, test } from "@playwright/test";
import { newPerson, signIn, spend } from "./hub";

const KEY = { "X-API-Key": process.env.PENORA_API_KEY ?? "" };
/** The only origin that the server lets in; one page at a time can come from there. */
const SIBLING = process.env.CORS_ORIGINS ?? "";
test.describe.configure({ mode: "serial" });

let sibling: Server | undefined;
test.afterEach(() => {
  sibling?.closeAllConnections();
  sibling?.close();
});

/** A page of a sibling app that shows the balance; its own server gives it browser tokens, and nothing else. */
async function siblingPage(page: Page, userId: string, tokenFor: (userId: string) => Promise<object | null>) {
  const html = `<!doctype html><title>ImageGene</title><link rel="icon" href="data:,">
    <script type="module" src="${process.env.BASE_URL ?? ""}/sdk/penora.mjs"></script>
    <p>You have <penora-balance token-url="/token"></penora-balance>.</p>`;
  sibling = createServer(async (request, response) => {
    if (request.url !== "/token") return response.setHeader("Content-Type", "text/html").end(html);
    const token = await tokenFor(userId);
    response.statusCode = token === null ? 503 : 200;
    response.setHeader("Content-Type", "application/json").end(JSON.stringify(token));
  });
  await new Promise<void>((resolve) => sibling?.listen(Number(new URL(SIBLING).port), "127.0.0.1", resolve));
  await page.goto(SIBLING);
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
  const credits = page.locator("penora-balance [part=credits]");
  await expect(credits).toHaveText("40");
  await spend(request, person.user_id, 13, "imagegene", "A picture of a lake");
  await expect(credits).toHaveText("27");
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
  await expect(page.locator("penora-balance [part=credits]")).toHaveText("12");
  expect(away).toBeLessThan(0);
});
