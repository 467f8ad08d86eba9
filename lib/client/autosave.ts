import { ApiError } from "./api-error";
import { newIdempotencyKey } from "./call-api";
import type { Draft } from "./draft-store";

/** A text as it stands in the workspace. */
export interface Stored {
  readonly title: string;
  readonly content: string;
  readonly version: number;
}

export interface Change {
  readonly title?: string;
  readonly content?: string;
  /** What is noted beside the text, where that changes with it. */
  readonly metadata?: Record<string, unknown>;
  /** The version that it began from. */
  readonly version: number;
}

/** What happened to the newest words. Only `saved` means that the workspace has all of them. */
export type SaveState =
  | { readonly kind: "saved" | "unsaved" | "saving" | "offline" | "full" | "signed-out" | "gone" }
  | { readonly kind: "stranger"; readonly name: string }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "conflict"; readonly mine: Stored; readonly theirs: Stored };

export interface AutosaveParts {
  /** The text as it stands on the page, now. */
  readonly read: () => Pick<Change, "metadata"> & { readonly title: string; readonly content: string };
  /** Saves a change. `keepalive`: also where the page is left meanwhile. Answers the new version. */
  readonly send: (
    change: Change,
    options: { idempotencyKey: string; keepalive: boolean },
  ) => Promise<{ version: number }>;
  /** What is stored now; asked where a change met another. */
  readonly fetchStored: () => Promise<Stored>;
  readonly drafts: { write(draft: Draft): boolean; drop(): void };
  /** The text was renamed elsewhere, and not here: the page takes the new title over. */
  readonly takeTitle: (title: string) => void;
  readonly onState: (state: SaveState, stored: Stored) => void;
}

const PAUSE_MS = 2_000;
/** Who never pauses is saved all the same. */
const LONGEST_MS = 20_000;
const DRAFT_MS = 400;
/** A draft takes a twentieth of the time at most: one of a novel is long, and is written less often. */
const DRAFT_SHARE = 20;
const RETRY_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;
/** Browsers carry 64 kB of a page that is left, headers and other requests included. */
const KEEPALIVE_BYTES = 60_000;

interface Pending {
  readonly change: Change;
  readonly key: string;
}

/**
 * Saves a text by itself, two seconds after a pause, with the version it began from. One change is under way at a time:
 * where no answer comes, the very same is sent again under its key, so that its outcome is known before the next.
 * Meanwhile the words lie in this browser as a draft, until the workspace has them.
 */
export class Autosave {
  #stored: Stored;
  #state: SaveState = { kind: "saved" };
  #pending: Pending | null = null;
  #sending = false;
  #changed = false;
  #failures = 0;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;
  #unsavedSince = 0;
  #draftCostMs = 0;
  #over = false;
  readonly #parts: AutosaveParts;

  constructor(stored: Stored, parts: AutosaveParts) {
    this.#stored = stored;
    this.#parts = parts;
  }

  get stored(): Stored {
    return this.#stored;
  }

  get state(): SaveState {
    return this.#state;
  }

  /** Something was typed. Cheap: nothing is read now. */
  touch(): void {
    if (this.#over) return;
    if (!this.#changed) this.#unsavedSince = Date.now();
    this.#changed = true;
    this.#draftLater();
    if (this.#state.kind === "conflict" || this.#sending) return;
    if (this.#state.kind === "saved" || this.#state.kind === "failed") this.#show({ kind: "unsaved" });
    const pause = Math.min(PAUSE_MS, Math.max(0, this.#unsavedSince + LONGEST_MS - Date.now()));
    if (this.#pending === null) this.#schedule(pause);
  }

  /** Saves what there is to save now: the field was left, the connection or the person is back, somebody asked. */
  flush(): void {
    if (this.#over || this.#sending || this.#state.kind === "conflict") return;
    if (this.#pending === null && !this.#changed) return;
    this.#schedule(0);
  }

  /** The page is being left: what can't be carried off by the browser stays as a draft. */
  leave(): void {
    if (!this.#changed && this.#pending === null) return;
    this.#keepDraft();
    if (!this.#sending && this.#state.kind !== "conflict") void this.#run();
  }

  /** The text on the page goes on from another one that is stored: of another tab, of a restore, of a conflict's end. */
  adopt(stored: Stored): void {
    this.#stored = stored;
    this.#pending = null;
    this.#failures = 0;
    clearTimeout(this.#saveTimer);
    this.#settle();
  }

  stop(): void {
    this.#over = true;
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#draftTimer);
  }

  #schedule(milliseconds: number): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.#run(), milliseconds);
  }

  #show(state: SaveState): void {
    this.#state = state;
    this.#parts.onState(state, this.#stored);
  }

  #draftLater(): void {
    const pause = Math.max(DRAFT_MS, this.#draftCostMs * DRAFT_SHARE);
    this.#draftTimer ??= setTimeout(() => this.#keepDraft(), pause);
  }

  #keepDraft(): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    if (this.#over || (!this.#changed && this.#pending === null)) return;
    const start = performance.now();
    const now = this.#parts.read();
    if (isSame(now, this.#stored)) return this.#parts.drafts.drop();
    const { title, content } = now;
    this.#parts.drafts.write({ title, content, version: this.#stored.version, at: Date.now() });
    this.#draftCostMs = performance.now() - start;
  }

  /** The change that must be answered first, or a new one; null where nothing is new. */
  #next(): Pending | null {
    if (this.#pending !== null) return this.#pending;
    const now = this.#parts.read();
    this.#changed = false;
    if (isSame(now, this.#stored)) return null;
    const { title, content, version } = this.#stored;
    const change = {
      ...(now.title === title ? {} : { title: now.title }),
      ...(now.content === content ? {} : { content: now.content }),
      ...(now.metadata === undefined ? {} : { metadata: now.metadata }),
      version,
    };
    return { change, key: newIdempotencyKey() };
  }

  async #run(): Promise<void> {
    clearTimeout(this.#saveTimer);
    if (this.#sending || this.#over) return;
    const pending = (this.#pending = this.#next());
    if (pending === null) return this.#settle();
    this.#sending = true;
    if (this.#failures === 0) this.#show({ kind: "saving" });
    try {
      const { content = "" } = pending.change;
      const keepalive = content.length < KEEPALIVE_BYTES && new Blob([content]).size < KEEPALIVE_BYTES;
      const { version } = await this.#parts.send(pending.change, { idempotencyKey: pending.key, keepalive });
      this.#sending = false;
      this.#failures = 0;
      this.#pending = null;
      const { title = this.#stored.title, content: words = this.#stored.content } = pending.change;
      this.#stored = { title, content: words, version };
      this.#settle();
    } catch (error) {
      await this.#fail(error, pending);
    }
  }

  /** Nothing is under way: either all is saved, or the next change waits for its pause. */
  #settle(): void {
    if (this.#over) return;
    if (isSame(this.#parts.read(), this.#stored)) {
      this.#changed = false;
      clearTimeout(this.#draftTimer);
      this.#draftTimer = undefined;
      this.#parts.drafts.drop();
      return this.#show({ kind: "saved" });
    }
    this.#changed = true;
    this.#unsavedSince = Date.now();
    this.#draftLater();
    this.#show({ kind: "unsaved" });
    this.#schedule(PAUSE_MS);
  }

  async #fail(error: unknown, pending: Pending): Promise<void> {
    const code = error instanceof ApiError ? error.code : "internal";
    if (code === "version_conflict") return this.#meet(pending);
    this.#sending = false;
    this.#changed = true;
    this.#keepDraft();
    if (mayPass(code)) {
      const pause = RETRY_MS[Math.min(this.#failures, RETRY_MS.length - 1)] ?? 30_000;
      this.#failures += 1;
      this.#show({ kind: "offline" });
      return this.#schedule(pause);
    }
    // Refused: nothing of it happened, and the next try is a new one.
    this.#pending = null;
    this.#failures = 0;
    this.#show(refusalOf(code, error));
  }

  /** Somebody else stored something meanwhile. It is a conflict only where both changed the words. */
  async #meet(pending: Pending): Promise<void> {
    let theirs: Stored;
    try {
      theirs = await this.#parts.fetchStored();
    } catch (error) {
      return this.#fail(error, pending);
    }
    this.#sending = false;
    this.#failures = 0;
    this.#pending = null;
    const before = this.#stored;
    if (this.#parts.read().title === before.title && theirs.title !== before.title)
      this.#parts.takeTitle(theirs.title);
    const mine = this.#parts.read();
    const sameWords = theirs.content === before.content || theirs.content === mine.content;
    if (sameWords || pending.change.content === theirs.content) {
      this.#stored = theirs;
      return this.#settle();
    }
    this.#changed = true;
    this.#keepDraft();
    this.#show({ kind: "conflict", mine: { ...mine, version: before.version }, theirs });
  }
}

function isSame(one: { title: string; content: string }, other: { title: string; content: string }): boolean {
  return one.title === other.title && one.content === other.content;
}

function mayPass(code: ApiError["code"]): boolean {
  return ["unreachable", "unavailable", "idempotency_in_progress", "internal", "rate_limited"].includes(code);
}

function refusalOf(code: ApiError["code"], error: unknown): SaveState {
  switch (code) {
    case "storage_limit_exceeded":
    case "payload_too_large":
      return { kind: "full" };
    case "not_signed_in":
      return { kind: "signed-out" };
    case "project_not_found":
      return { kind: "gone" };
    case "session_changed": {
      const name = error instanceof ApiError ? error.answer.username : undefined;
      return { kind: "stranger", name: typeof name === "string" && name !== "" ? name : "Somebody else" };
    }
    default:
      return { kind: "failed", message: error instanceof Error ? error.message : "Saving did not work." };
  }
}
