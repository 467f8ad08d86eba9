import { afterEach, describe, expect, it } from "vitest";
import { resetEnvForTests } from "@/lib/foundation/env";
import { otherDatabase } from "@/prisma/local/scratch";
import { ChangeListener } from "./change-listener";
import { changeNews, pool } from "./client";

afterEach(() => {
  delete process.env.DIRECT_DATABASE_URL;
  resetEnvForTests();
});

/** A listener that keeps what it hears; `opened` and `heard` resolve the next time. */
function listen() {
  const people: string[] = [];
  let open = (): void => undefined;
  let hear = (): void => undefined;
  const once = (set: (resolve: () => void) => void) => new Promise<void>(set);
  const opened = () => once((resolve) => (open = resolve));
  const heard = () => once((resolve) => (hear = resolve));
  const first = opened();
  const listener = new ChangeListener({
    hear: (some) => {
      people.push(...some);
      hear();
    },
    opened: () => open(),
  });
  return { listener, people, first, opened, heard };
}

/** Sends a message as another process does. */
const send = (...people: string[]) =>
  pool().query("SELECT pg_notify('penora_changes', $1)", [JSON.stringify(["another process", ...people])]);

const LISTENING =
  "FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^(LISTEN|SELECT 1$)'";

describe("listening for what other processes change", () => {
  it("hears them, and leaves out what this process has heard already", async () => {
    const { listener, people, first, heard } = listen();
    await first;
    const next = heard();
    changeNews().tell(["of our own"]);
    await changeNews().flush();
    await pool().query("SELECT pg_notify('penora_changes', 'nonsense')");
    await send("a", "b");
    await next;
    expect(people).toEqual(["a", "b"]);
    listener.stop();
  });

  it("begins anew where the connection is lost, and says so, since something may have been missed", async () => {
    const { listener, people, first, opened, heard } = listen();
    await first;
    const again = opened();
    await pool().query(`SELECT pg_terminate_backend(pid) ${LISTENING}`);
    await again;
    const next = heard();
    await send("after");
    await next;
    expect(people).toEqual(["after"]);
    listener.stop();
  });

  it("takes one connection, and gives it back when it stops", async () => {
    const { listener, first } = listen();
    await first;
    const count = async () =>
      (await pool().query(`SELECT count(*)::int AS n ${LISTENING}`)).rows[0].n as number;
    expect(await count()).toBe(1);
    listener.stop();
    await expect.poll(count).toBe(0);
  });

  it("is not taken for possible where LISTEN is accepted and nothing comes, as behind a transaction pooler", async () => {
    // Messages stay within their database: in another one, on the same server, none of ours ever comes.
    process.env.DIRECT_DATABASE_URL = otherDatabase(process.env.DATABASE_URL!, "postgres");
    resetEnvForTests();
    const { listener, first } = listen();
    let opened = false;
    void first.then(() => (opened = true));
    await expect.poll(() => listener.isDeaf, { timeout: 20_000 }).toBe(true);
    expect(opened).toBe(false);
    listener.stop();
  });
});
