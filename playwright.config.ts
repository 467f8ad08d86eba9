import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGS, findChromium } from "./e2e/chromium";

const report = process.env.PLAYWRIGHT_JSON_OUTPUT_FILE;
const browser = findChromium();

/** `npm test` starts the built server and names its address; against a server of your own, set BASE_URL. */
export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ...(report ? [["json", { outputFile: report }] as const] : [])] as never,
  use: {
    baseURL: process.env.BASE_URL ?? "http://localhost:3000",
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: { args: CHROMIUM_ARGS, ...(browser ? { executablePath: browser } : {}) },
  },
  projects: [
    { name: "api", testMatch: /\/e2e\/api\/.*\.(spec|test)\.ts$/ },
    { name: "journeys", testMatch: /\/e2e\/journeys\/.*\.(spec|test)\.ts$/ },
  ],
});
