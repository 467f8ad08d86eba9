import "server-only";
import { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { env } from "@/lib/foundation/env";
import { logger } from "@/lib/foundation/logger";
import { CHANGE_CHANNEL } from "./change-news";
import { changeNews } from "./client";

const CONNECT_TIMEOUT_MS = 3_000;
/** A message of our own that has not come back after so long will not come. */
const PROOF_MS = 3_000;
/** A line that died without a word is found out by asking it something. */
const PULSE_MS = 30_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;

interface Ears {
  /** Everybody whom another process changed. */
  readonly hear: (people: readonly string[]) => void;
  /** Listening begins, at first or again: what happened before was not heard. */
  readonly opened: () => void;
}

/**
 * The one connection on which this process hears what others change. Where it breaks it is opened again, with growing
 * pauses. Behind a transaction pooler LISTEN succeeds and nothing ever comes: so a message of our own must come back
 * first. Where listening can't be had the log says so once, and whoever asks this must look for themselves.
 */
export class ChangeListener {
  readonly #ears: Ears;
  readonly #stopped = new AbortController();
  #client: pg.Client | undefined;
  #deaf = false;

  constructor(ears: Ears) {
    this.#ears = ears;
    void this.#keepListening();
  }

  /** True while listening can't be had, from the first time that it was tried in vain. */
  get isDeaf(): boolean {
    return this.#deaf;
  }

  stop(): void {
    this.#stopped.abort();
    void this.#client?.end().catch(() => undefined);
  }

  async #keepListening(): Promise<void> {
    const { signal } = this.#stopped;
    for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        await this.#listen(() => (pause = FIRST_PAUSE_MS));
      } catch (error) {
        if (!signal.aborted) this.#sayDeaf(error);
      }
      await sleep(pause * (0.75 + Math.random() / 2), undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    }
  }

  /** Listens until the connection ends. */
  async #listen(heard: () => void): Promise<void> {
    const socket = new Socket();
    const client = new pg.Client({
      stream: () => socket,
      connectionString: env().directDatabaseUrl,
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: CONNECT_TIMEOUT_MS,
      keepAlive: true,
    });
    this.#client = client;
    const ended = new Promise<"ended">((resolve) => client.once("end", () => resolve("ended")));
    client.on("error", () => undefined); // told by `end` as well
    let prove = (): void => undefined;
    const proven = new Promise<void>((resolve) => (prove = resolve));
    client.on("notification", ({ payload = "" }) => {
      const news = changeNews().read(payload);
      if (news?.own === true) prove();
      else if (news !== null) this.#ears.hear(news.people);
    });
    try {
      await client.connect();
      await client.query(LISTEN);
      await changeNews().sendNothing();
      const late = sleep(PROOF_MS, "late" as const, { ref: false });
      const outcome = await Promise.race([proven, ended, late]);
      if (outcome === "late") throw new Error("LISTEN was accepted, but no message comes through");
      if (outcome === "ended") throw new Error("the connection for listening was ended");
      if (this.#deaf) logger().info("changes that other processes make are heard again");
      this.#deaf = false;
      heard();
      this.#ears.opened();
      const pulse = setInterval(() => {
        // A pulse that fails ends the connection, hard: saying goodbye to a dead line would wait for ever.
        client.query(PULSE).catch(() => socket.destroy());
      }, PULSE_MS).unref();
      await ended;
      clearInterval(pulse);
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  #sayDeaf(error: unknown): void {
    if (this.#deaf) return;
    this.#deaf = true;
    logger().warn(
      { err: error },
      "what other processes change can't be heard here; it is looked for every 5 seconds instead. " +
        "Where a transaction pooler stands in between, set DIRECT_DATABASE_URL",
    );
  }
}

const LISTEN = `LISTEN ${CHANGE_CHANNEL}`;
const PULSE = "SELECT 1";
