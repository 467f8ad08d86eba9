/** The key under which a request may be repeated, and the fingerprint of what it asked. */
export interface Idempotency {
  /** `app:<name>`, `root`, or `user:<id>`: keys of one never meet keys of another. */
  readonly scope: string;
  readonly key: string;
  /** SHA-256 of method, path and input: the same key with another one is refused. */
  readonly requestHash: string;
}

/** How often a key may ask: requests in a second, and at once after a rest. */
export interface RateLimit {
  readonly requests_per_second: number;
  readonly burst: number;
}

/** Who is asking, in one request. Made by the hallway; rooms read it and never make one. */
export interface Caller {
  /**
   * `browser-token`: a page of a sibling app, for one person. `hub-token`: a person whom a token of the hub proves for
   * this one request, without a session.
   */
  readonly kind: "key" | "browser-token" | "session" | "hub-token" | "guest";
  /** The app in whose name the request acts: the key's own, `system` for the root key, `penora` for its pages. */
  readonly app: string;
  /** The root key, or a key with scope `admin`: may act for every app. */
  readonly admin: boolean;
  readonly scopes: readonly string[];
  /** The key, or that of the app that made the browser token; null for the root key, a session or a guest. */
  readonly keyId: string | null;
  /** The signed-in person, or the one whom a token is for; null for a key or a guest. */
  readonly userId: string | null;
  readonly sessionId: string | null;
  readonly expiresAt: Date | null;
  /** Of a key that is limited. */
  readonly rateLimit?: RateLimit | null;
  readonly idempotency: Idempotency | null;
}
