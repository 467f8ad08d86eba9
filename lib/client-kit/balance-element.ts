import { rest } from "./try-request";

/** What the element shows, and what its `penora-balance` event carries in `detail`. */
export interface Balance {
  credits: number;
  held_credits: number;
  user_version: number;
}

const POLL_MS = 30_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;
/** A token is asked for again so long before it ends. */
const MARGIN_MS = 30_000;

/** Nothing to extend where there is no page: the module can be imported on a server too. */
const Base = globalThis.HTMLElement ?? class {};

/**
 * `<penora-balance token-url="/penora-token">` shows a person's balance, live. `token-url` is an address of your own
 * app that answers `{"token", "expires_at", "user_id"}` as Penora's `browser-tokens` does, for whoever is signed in
 * there; or set the property `getToken`. `base-url` is Penora's address, by default the one this file came from.
 * It says `penora-balance` (a `CustomEvent<Balance>`) with each change, keeps no connection while the page is
 * hidden, and comes back by itself after any fault. Style it through `::part(credits)`; the text after the number
 * is the element's own content, "KU Coins" where there is none.
 */
export class PenoraBalance extends Base {
  /** Gives a fresh browser token. In place of `token-url`. */
  getToken?: (signal: AbortSignal) => Promise<BrowserToken>;
  #life: AbortController | undefined;
  #credits: Text | undefined;
  #shown: Balance | undefined;
  readonly #onVisibility = () => (document.hidden ? this.#end() : this.#begin());

  connectedCallback(): void {
    this.#credits ??= this.#draw();
    document.addEventListener("visibilitychange", this.#onVisibility);
    if (!document.hidden) this.#begin();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#onVisibility);
    this.#end();
  }

  /** The newest balance that was heard of. */
  get balance(): Balance | undefined {
    return this.#shown;
  }

  #draw(): Text {
    const root = this.attachShadow({ mode: "open" });
    const credits = document.createTextNode("–");
    const number = document.createElement("span");
    number.part.add("credits");
    number.append(credits);
    const unit = document.createElement("slot");
    unit.append(" KU Coins");
    root.append(number, unit);
    return credits;
  }

  #begin(): void {
    if (this.#life !== undefined) return;
    this.#life = new AbortController();
    void this.#follow(this.#life.signal);
  }

  #end(): void {
    this.#life?.abort();
    this.#life = undefined;
  }

  /** Holds a stream open for as long as a token lasts, then the next; pauses grow while that fails. */
  async #follow(life: AbortSignal): Promise<void> {
    for (let failures = 0; !life.aborted;) {
      try {
        const token = await this.#token(life);
        const heard = await this.#listen(token, life);
        failures = heard ? 0 : failures + 1;
      } catch {
        failures++;
      }
      const pause = failures === 0 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
      await rest(pause * (0.5 + Math.random() / 2), life).catch(() => undefined);
    }
  }

  async #token(signal: AbortSignal): Promise<BrowserToken> {
    if (this.getToken !== undefined) return this.getToken(signal);
    const url = this.getAttribute("token-url");
    if (!url) throw new Error("<penora-balance> needs token-url or getToken.");
    const response = await fetch(url, { signal, headers: { Accept: "application/json" }, cache: "no-store" });
    if (!response.ok) throw new Error(`token-url answered ${response.status}.`);
    return (await response.json()) as BrowserToken;
  }

  /** Ends when the stream fails, the token nears its end, or the element leaves. True where anything was heard. */
  #listen(token: BrowserToken, life: AbortSignal): Promise<boolean> {
    const base = this.getAttribute("base-url") ?? new URL(import.meta.url).origin;
    const url = new URL("/api/unified/events", base);
    url.searchParams.set("user_id", token.user_id);
    url.searchParams.set("token", token.token);
    return new Promise((resolve) => {
      let heard = false;
      const source = new EventSource(url);
      const end = () => {
        source.close();
        clearTimeout(timer);
        life.removeEventListener("abort", end);
        resolve(heard);
      };
      const left = Date.parse(token.expires_at) - Date.now() - MARGIN_MS;
      const timer = setTimeout(end, Math.max(left, POLL_MS));
      life.addEventListener("abort", end, { once: true });
      source.addEventListener("error", end);
      source.addEventListener("balance", (event: MessageEvent<string>) => {
        heard = true;
        this.#show(JSON.parse(event.data) as Balance);
      });
    });
  }

  #show(balance: Balance): void {
    if (this.#shown !== undefined && balance.user_version < this.#shown.user_version) return;
    this.#shown = balance;
    if (this.#credits !== undefined) this.#credits.data = balance.credits.toLocaleString();
    this.dispatchEvent(new CustomEvent("penora-balance", { detail: balance, bubbles: true }));
  }
}

/** What `browser-tokens` answers. */
export interface BrowserToken {
  token: string;
  user_id: string;
  expires_at: string;
}
