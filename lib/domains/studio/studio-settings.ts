import "server-only";
import { chooseWriter } from "@/lib/ai/choose-writer";
import type { Writer } from "@/lib/ai/port";
import { AppError } from "@/lib/foundation/app-error";
import { platformEndsRequests } from "@/lib/foundation/env";

export interface StudioSettings {
  /** Who writes; null where writing is not available. */
  writer: () => Writer | null;
  /**
   * For platforms that end a request after some minutes: a page is written within the request that follows the text,
   * and the next page begins with the next request.
   */
  onePageARequest: boolean;
  /** A runner that gives no sign of life for so long has crashed. */
  leaseSeconds: number;
  /** How long a text waits for the request that goes on with it, where a page is one request. */
  waitingSeconds: number;
  /** An event holds at least so much time of text. */
  flushMs: number;
  /** How often a stop that another process noted is looked for while the model says nothing. */
  tickMs: number;
}

const DEFAULTS: StudioSettings = {
  writer: () => chooseWriter(),
  onePageARequest: platformEndsRequests(),
  leaseSeconds: 20,
  waitingSeconds: 600,
  flushMs: 250,
  tickMs: 500,
};

// The pages and the doors are bundled apart but live in one process: they share one set of settings.
const SETTINGS = Symbol.for("penora.studio.settings");
const globals = globalThis as unknown as Record<symbol, StudioSettings | undefined>;

export function studioSettings(): StudioSettings {
  return globals[SETTINGS] ?? DEFAULTS;
}

/** Changes how this process writes; without an argument everything is as it was. */
export function configureStudio(changes: Partial<StudioSettings> = {}): void {
  globals[SETTINGS] = { ...DEFAULTS, ...changes };
}

/** Why a text that was begun elsewhere can't be gone on with here. */
export const NO_MODEL = "Writing is not available: this server has no model to write with.";

/** What the page says before anybody types, and the door when somebody asks all the same. */
export const WRITING_NOT_AVAILABLE = `${NO_MODEL} Nothing was charged.`;

/** Who writes on this server, or null where writing is not available. */
export function findWriter(): Writer | null {
  return studioSettings().writer();
}

/** @throws `unavailable` where no model is configured. */
export function requireWriter(): Writer {
  const writer = findWriter();
  if (writer === null) throw new AppError("unavailable", { message: WRITING_NOT_AVAILABLE });
  return writer;
}
