import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import { ChangeListener } from "@/lib/database/change-listener";
import { changeNews, database } from "@/lib/database/client";
import { coalesce } from "@/lib/database/coalesce";
import { findValidKeys } from "@/lib/domains/api-keys/authenticate-key";
import { findLiveSessions } from "@/lib/domains/sessions/read-session";
import { logger } from "@/lib/foundation/logger";
import { type Access, BalanceStream, type Topic } from "./balance-stream";
import { type BalanceState, readBalances } from "./read-balances";
import { VERSIONS } from "./statements";

/** A message that was lost in a crash is made up for by a look, at most so much later. */
const LOOK_MS = 5_000;
const TICK_MS = 1_000;
/** Somebody who spends a thousand times a second is read twenty times. */
const PAUSE_MS = 50;
/** From page to page a browser leaves and comes back: listening goes on for so long after the last stream. */
const LINGER_MS = 30_000;

/**
 * All open streams of this process: one connection that listens, one reading for everybody who changed in a moment, one
 * look at everybody's version every 5 seconds. The database is the truth; news only say when to read it.
 */
class LiveHub {
  readonly #topics = new Map<string, Topic>();
  #stop: (() => void) | undefined;
  #looking = false;
  #heard = new Set<string>();
  #reading = false;
  #lookedAt = 0;
  #emptySince = 0;

  /** One reading at a time: what is read later is never older. */
  readonly #read = coalesce<string, BalanceState | null>(
    async (ids) => {
      const states = await readBalances([...new Set(ids)]);
      return ids.map((id) => states.get(id) ?? null);
    },
    { name: "live-balances", most: 1_000, lanes: 1 },
  );

  /** How many streams are open in this process. */
  get openStreams(): number {
    return [...this.#topics.values()].reduce((sum, { streams }) => sum + streams.size, 0);
  }

  /**
   * Opens a stream. It hears of every change from here on, so it is to be made before the first reading, by `refresh`.
   */
  open(userId: string, access: Access, seen: number | null): BalanceStream {
    let topic = this.#topics.get(userId);
    if (topic === undefined)
      this.#topics.set(userId, (topic = { userId, state: undefined, streams: new Set() }));
    const stream = new BalanceStream(topic, access, seen, (left) => this.#leave(left));
    topic.streams.add(stream);
    this.#stop ??= this.#start();
    return stream;
  }

  /** Reads a person anew and tells whoever follows them. False where there is no such person: their streams have ended. */
  async refresh(userId: string): Promise<boolean> {
    const state = await this.#read(userId);
    const topic = this.#topics.get(userId);
    if (topic !== undefined && state !== null) {
      topic.state = state;
      for (const stream of topic.streams) stream.nudge();
    }
    if (topic !== undefined && state === null) endAll(topic.streams);
    return state !== null;
  }

  #leave(stream: BalanceStream): void {
    const topic = this.#topics.get(stream.userId);
    if (topic?.streams.delete(stream) !== true || topic.streams.size > 0) return;
    this.#topics.delete(stream.userId);
    if (this.#topics.size === 0) this.#emptySince = performance.now();
  }

  #start(): () => void {
    const hear = (people: readonly string[]) => this.#hear(people);
    const forget = changeNews().listen(hear);
    const listener = new ChangeListener({ hear, opened: () => void this.#look() });
    const timer = setInterval(() => this.#tick(), TICK_MS).unref();
    this.#lookedAt = performance.now();
    return () => {
      forget();
      listener.stop();
      clearInterval(timer);
    };
  }

  #hear(people: readonly string[]): void {
    for (const userId of people) if (this.#topics.has(userId)) this.#heard.add(userId);
    if (!this.#reading) void this.#readHeard();
  }

  /** Everybody of whom there is news, in one reading; while it is under way, more collect. */
  async #readHeard(): Promise<void> {
    this.#reading = true;
    while (this.#heard.size > 0) {
      const people = [...this.#heard];
      this.#heard.clear();
      await this.#refreshAll(people).catch(sayLater);
      await sleep(PAUSE_MS, undefined, { ref: false });
    }
    this.#reading = false;
  }

  async #refreshAll(people: readonly string[]): Promise<void> {
    const streams = people.flatMap((userId) => [...(this.#topics.get(userId)?.streams ?? [])]);
    await Promise.all([
      ...people.map((userId) => this.refresh(userId)),
      // The news may be that somebody signed out.
      this.#endEnded(streams.filter(({ access }) => access.sessionId !== null)),
    ]);
  }

  #tick(): void {
    for (const { streams } of this.#topics.values()) for (const stream of streams) stream.nudge();
    const now = performance.now();
    if (this.#topics.size === 0) {
      if (now - this.#emptySince < LINGER_MS) return;
      this.#stop?.();
      this.#stop = undefined;
    } else if (now - this.#lookedAt >= LOOK_MS) void this.#look();
  }

  /** Finds what no news told: changes, people who are gone, sessions and keys that have ended. */
  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    this.#lookedAt = performance.now();
    try {
      const ids = [...this.#topics.keys()];
      const rows = await database.query<{ id: string; user_version: number }>(VERSIONS, [ids]);
      const versions = new Map(rows.map((row) => [row.id, row.user_version]));
      this.#hear(
        ids.filter((id) => {
          const known = this.#topics.get(id)?.state;
          return known !== undefined && known.balance.user_version !== versions.get(id);
        }),
      );
      await this.#endEnded([...this.#topics.values()].flatMap(({ streams }) => [...streams]));
    } catch (error) {
      sayLater(error);
    } finally {
      this.#looking = false;
    }
  }

  /** Ends those of these streams whose session or key counts no more. */
  async #endEnded(streams: readonly BalanceStream[]): Promise<void> {
    const named = (pick: (access: Access) => string | null) => [
      ...new Set(streams.flatMap(({ access }) => pick(access) ?? [])),
    ];
    const [sessions, keys] = await Promise.all([
      findLiveSessions(named(({ sessionId }) => sessionId)),
      findValidKeys(named(({ keyId }) => keyId)),
    ]);
    endAll(
      streams.filter(
        ({ access: { sessionId, keyId } }) =>
          (sessionId !== null && !sessions.has(sessionId)) || (keyId !== null && !keys.has(keyId)),
      ),
    );
  }
}

function endAll(streams: Iterable<BalanceStream>): void {
  for (const stream of [...streams]) stream.end();
}

/** Where the database is away, the next look finds what this one did not. */
function sayLater(error: unknown): void {
  logger().warn({ err: error }, "open streams could not be looked after; they are again in a few seconds");
}

// Doors may be bundled apart but live in one process: they share one listening connection.
const HUB = Symbol.for("penora.live");
const globals = globalThis as unknown as Record<symbol, LiveHub | undefined>;

/** The streams of this process. */
export function liveHub(): LiveHub {
  return (globals[HUB] ??= new LiveHub());
}
