/** Words that are not in the workspace yet, and the version that they began from. */
export interface Draft {
  readonly title: string;
  readonly content: string;
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface FoundDraft extends Draft {
  /** Where it lies, to drop it. */
  readonly place: string;
}

const PREFIX = "penora:draft:";

function prefixOf(userId: string, code: string): string {
  return `${PREFIX}${encodeURIComponent(userId)}:${code}:`;
}

/**
 * Where one tab keeps the unsaved words of one text, in this browser: they outlive a crash, a lost connection and signing
 * out, and are shown to nobody but the person who wrote them. `localStorage`, because it is written before a page that is
 * being left is gone.
 */
export class DraftStore {
  readonly #place: string;
  readonly #prefix: string;

  constructor(userId: string, code: string, tab: string) {
    this.#prefix = prefixOf(userId, code);
    this.#place = this.#prefix + tab;
  }

  /** False where this browser keeps nothing, or has no room for it. */
  write(draft: Draft): boolean {
    try {
      localStorage.setItem(this.#place, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  drop(place = this.#place): void {
    try {
      localStorage.removeItem(place);
    } catch {
      // Nothing was kept.
    }
  }

  /** Drafts of this text that no living tab is writing, the newest first. */
  async findLeft(): Promise<FoundDraft[]> {
    const living = await livingTabs();
    const found: FoundDraft[] = [];
    try {
      for (const place of Object.keys(localStorage)) {
        if (!place.startsWith(this.#prefix) || living.has(place.slice(this.#prefix.length))) continue;
        const draft = parseDraft(localStorage.getItem(place));
        if (draft !== null && place !== this.#place) found.push({ ...draft, place });
      }
    } catch {
      // Nothing was kept.
    }
    return found.sort((a, b) => b.at - a.at);
  }
}

function parseDraft(json: string | null): Draft | null {
  try {
    const value = JSON.parse(json ?? "null") as Partial<Draft> | null;
    const { title, content, version, at } = value ?? {};
    if (typeof title !== "string" || typeof content !== "string") return null;
    return typeof version === "number" && typeof at === "number" ? { title, content, version, at } : null;
  } catch {
    return null;
  }
}

const LOCK = "penora:tab:";

/** Says that this tab lives, until it is gone: the browser lets go of what a dead tab held. */
export function holdTab(tab: string): () => void {
  if (!("locks" in navigator)) return () => undefined;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  void navigator.locks.request(LOCK + tab, () => held).catch(() => undefined);
  return release;
}

/** Where the browser can't tell, none: a draft that is offered twice is better than one that is lost. */
async function livingTabs(): Promise<Set<string>> {
  try {
    const { held = [], pending = [] } = await navigator.locks.query();
    return new Set(
      [...held, ...pending].flatMap(({ name }) => (name?.startsWith(LOCK) ? [name.slice(LOCK.length)] : [])),
    );
  } catch {
    return new Set();
  }
}
