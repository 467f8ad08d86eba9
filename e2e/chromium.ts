import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "@playwright/test";
import { commandFile } from "../lib/server/run";

/** A browser of a test machine: it calls nobody, and as root it has no sandbox to stay in. */
export const CHROMIUM_ARGS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-quic",
  "--disable-gpu",
];

const COMMANDS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DOWNLOAD_MS = 5 * 60_000;

/** The browser that is here: CHROMIUM_PATH, Playwright's own, the system's. Null where there is none. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    if (!existsSync(named)) throw new Error("CHROMIUM_PATH names no file.");
    return named;
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return own;
  const places = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const found = COMMANDS.flatMap((command) => places.map((place) => path.join(place, command)));
  return found.find((file) => existsSync(file)) ?? null;
}

/** Finds a browser, or fetches one: from Playwright, else, as root on Debian, from the system's packages. */
export function ensureChromium(log: (line: string) => void): string {
  const present = findChromium();
  if (present) return present;
  log("There is no Chromium here. Trying Playwright's download.");
  const cli = commandFile("playwright", "playwright");
  spawnSync(process.execPath, [cli, "install", "chromium"], { stdio: "inherit", timeout: DOWNLOAD_MS });
  if (!findChromium() && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    log("Trying the system's package.");
    const options = { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } } as const;
    try {
      execFileSync("apt-get", ["update", "-q"], options);
      execFileSync("apt-get", ["install", "-y", "-q", "--no-install-recommends", "chromium"], options);
    } catch {
      log("The system's package could not be installed.");
    }
  }
  const fetched = findChromium();
  if (fetched) return fetched;
  throw new Error("No Chromium could be found or fetched. Install one, and name it with CHROMIUM_PATH.");
}
