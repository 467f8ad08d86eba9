import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "./api-error";
import { Autosave, type Change, type SaveState, type Stored } from "./autosave";
import type { Draft } from "./draft-store";

const refusal = (code: ApiError["code"], answer: Record<string, unknown> = {}) =>
  new ApiError(code, "No.", { status: 400, answer });

/** A text on a page, and the workspace behind it, which answers as it is told. */
function world(content = "one") {
  const page: { title: string; content: string; metadata?: Record<string, unknown> } = {
    title: "T",
    content,
  };
  let server: Stored = { title: "T", content, version: 1 };
  const sent: { change: Change; key: string; keepalive: boolean }[] = [];
  const known = new Map<string, number>();
  const states: SaveState["kind"][] = [];
  let draft: Draft | null = null;
  /** What becomes of the next sends: an error, `lost` (done, but no answer comes), or a promise to wait for. */
  const fates: (Error | "lost" | Promise<void>)[] = [];
  const autosave = new Autosave(server, {
    read: () => ({ ...page }),
    send: async (change, { idempotencyKey: key, keepalive }) => {
      sent.push({ change, key, keepalive });
      const fate = fates.shift();
      if (fate instanceof Error) throw fate;
      if (fate instanceof Promise) await fate;
      const replay = known.get(key);
      if (replay === undefined) {
        if (change.version !== server.version) throw refusal("version_conflict");
        server = { ...server, ...change, version: server.version + 1 };
        known.set(key, server.version);
      }
      if (fate === "lost") throw refusal("unreachable");
      return { version: known.get(key) ?? 0 };
    },
    fetchStored: async () => server,
    drafts: { write: (next) => ((draft = next), true), drop: () => void (draft = null) },
    takeTitle: (title) => void (page.title = title),
    onState: ({ kind }) => void (states.at(-1) !== kind && states.push(kind)),
  });
  return {
    ...{ autosave, sent, states, fates, page },
    type: (words: string) => {
      page.content = words;
      autosave.touch();
    },
    elsewhere: (change: Partial<Stored>) =>
      void (server = { ...server, ...change, version: server.version + 1 }),
    server: () => server,
    draft: () => draft,
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe("a text that saves itself", () => {
  it("is saved two seconds after a pause, once, with the version it began from", async () => {
    const { type, sent, states, server } = world();
    for (const words of ["one t", "one tw", "one two"]) {
      type(words);
      await pass(1_500);
    }
    expect(sent).toEqual([]);
    await pass(500);
    expect(sent.map(({ change }) => change)).toEqual([{ content: "one two", version: 1 }]);
    expect(server()).toEqual({ title: "T", content: "one two", version: 2 });
    expect(states).toEqual(["unsaved", "saving", "saved"]);
    await pass(60_000);
    expect(sent).toHaveLength(1);
  });

  it("takes along what is noted beside it, with the words that it is about and never without", async () => {
    const { type, page, sent, server } = world();
    page.metadata = { label: "Demo" };
    await pass(60_000);
    expect(sent).toEqual([]);
    type("one two");
    await pass(2_000);
    expect(sent.map(({ change }) => change)).toEqual([
      { content: "one two", metadata: { label: "Demo" }, version: 1 },
    ]);
    expect(server().content).toBe("one two");
  });

  it("is saved within twenty seconds also where nobody pauses, and at once when it is left", async () => {
    const { autosave, type, sent } = world();
    for (let nth = 0; nth < 25; nth++) {
      type(`one ${nth}`);
      await pass(1_000);
    }
    expect(sent).toHaveLength(1);
    type("one more");
    autosave.flush();
    await pass(0);
    expect(sent.at(-1)?.change.content).toBe("one more");
  });

  it("sends nothing where the words are again what they were", async () => {
    const { type, sent, states } = world();
    type("one two");
    type("one");
    await pass(5_000);
    expect(sent).toEqual([]);
    expect(states.at(-1)).toBe("saved");
  });

  it("saves what was typed while it was being saved, one after the other", async () => {
    const { type, sent, fates, server } = world();
    let answer = () => {};
    fates.push(new Promise((resolve) => (answer = resolve)));
    type("one two");
    await pass(2_000);
    type("one two three");
    await pass(5_000);
    expect(sent).toHaveLength(1);
    answer();
    await pass(2_000);
    expect(sent.map(({ change }) => change)).toEqual([
      { content: "one two", version: 1 },
      { content: "one two three", version: 2 },
    ]);
    expect(server().version).toBe(3);
  });
});

describe("words that can't be saved now", () => {
  it("are kept as a draft within half a second, until the workspace has them", async () => {
    const { type, draft } = world();
    type("one two");
    await pass(400);
    expect(draft()).toMatchObject({ content: "one two", title: "T", version: 1 });
    await pass(2_000);
    expect(draft()).toBeNull();
  });

  it("are tried again with growing pauses, and saved when the connection is back", async () => {
    const { autosave, type, sent, fates, states, server, draft } = world();
    fates.push(...Array.from({ length: 4 }, () => refusal("unreachable")));
    type("one two");
    await pass(2_000 + 1_000 + 2_000);
    expect(sent).toHaveLength(3);
    expect(states.at(-1)).toBe("offline");
    expect(draft()?.content).toBe("one two");
    type("one two three");
    autosave.flush();
    await pass(0);
    autosave.flush();
    await pass(2_000);
    expect(server().content).toBe("one two three");
    expect(states.at(-1)).toBe("saved");
    expect(draft()).toBeNull();
  });

  it("are saved once where only the answer was lost: the same is sent again under its key", async () => {
    const { type, sent, fates, states, server } = world();
    fates.push("lost");
    type("one two");
    await pass(2_000);
    type("one two three");
    await pass(1_000);
    expect(sent[1]?.key).toBe(sent[0]?.key);
    expect(sent[1]?.change).toEqual(sent[0]?.change);
    await pass(2_000);
    expect(server()).toMatchObject({ content: "one two three", version: 3 });
    expect(states).not.toContain("conflict");
  });

  it("stay on the page and in the draft where there is no room, nobody or somebody else is signed in, or the text is gone", async () => {
    for (const [code, kind] of [
      ["storage_limit_exceeded", "full"],
      ["not_signed_in", "signed-out"],
      ["session_changed", "stranger"],
      ["project_not_found", "gone"],
      ["invalid_request", "failed"],
    ] as const) {
      const { autosave, type, fates, states, draft, server, page } = world();
      fates.push(refusal(code, { username: "Eve" }));
      type("one two");
      await pass(2_000);
      expect(states.at(-1), code).toBe(kind);
      expect(draft()?.content, code).toBe("one two");
      expect(page.content).toBe("one two");
      autosave.flush();
      await pass(0);
      expect(server().content, code).toBe("one two");
      expect(states.at(-1), code).toBe("saved");
    }
  });

  it("go with the browser when the page is left, if they are small enough, and lie in the draft", async () => {
    for (const [words, carried] of [
      ["few", true],
      ["x".repeat(70_000), false],
    ] as const) {
      const { autosave, type, sent, draft } = world();
      type(words);
      autosave.leave();
      expect(sent.map(({ keepalive }) => keepalive)).toEqual([carried]);
      expect(draft()?.content).toBe(words);
    }
  });
});

describe("two who write at once", () => {
  it("are told of each other, and both texts are there", async () => {
    const { autosave, type, elsewhere, states, draft, sent, server } = world();
    elsewhere({ content: "two" });
    type("one and a half");
    await pass(2_000);
    expect(autosave.state).toEqual({
      kind: "conflict",
      mine: { title: "T", content: "one and a half", version: 1 },
      theirs: { title: "T", content: "two", version: 2 },
    });
    expect(draft()?.content).toBe("one and a half");
    type("one and three quarters");
    await pass(30_000);
    expect(sent).toHaveLength(1);
    autosave.adopt(server());
    await pass(2_000);
    expect(server()).toMatchObject({ content: "one and three quarters", version: 3 });
    expect(states.at(-1)).toBe("saved");
  });

  it("are no conflict where the other only renamed it, or wrote the same", async () => {
    const renamed = world();
    renamed.elsewhere({ title: "Sea" });
    renamed.type("one two");
    await pass(4_000);
    expect(renamed.server()).toEqual({ title: "Sea", content: "one two", version: 3 });
    expect(renamed.page.title).toBe("Sea");
    const same = world();
    same.elsewhere({ content: "one two" });
    same.type("one two");
    await pass(4_000);
    expect(same.states).toEqual(["unsaved", "saving", "saved"]);
    expect(same.server().version).toBe(2);
  });
});
