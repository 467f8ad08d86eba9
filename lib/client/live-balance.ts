import type { BalanceEvent } from "@/lib/contract/live";
import { ApiError } from "./api-error";
import { type BalanceNews, newsOf } from "./balance-news";
import { readEvents } from "./read-events";
import { fetchUserStatus } from "./user-status";

const POLL_MS = 10_000;
const FIRST_PAUSE_MS = 500;
/** A server's first word comes at once, or something in between keeps it back. */
const FIRST_WORD_MS = 10_000;
const FAILURES_BORNE = 3;
/** So long is asked where streams don't work but asking does, before one is tried again. */
const POLL_INSTEAD_MS = 60_000;
/** Asking is a use, and prolongs the session of a page that stays open for days. */
const NOTE_USE_MS = 60 * 60_000;

/** What comes of following: a balance, or that there is nothing more to follow. */
export type LiveNews =
  | { readonly kind: "balance"; readonly news: BalanceNews }
  | { readonly kind: "stranger" }
  | { readonly kind: "signed-out" };

interface Following {
  /** The person the page was made for. */
  readonly userId: string;
  readonly tell: (news: LiveNews) => void;
  readonly signal: AbortSignal;
}

/**
 * Follows a person's balance until `signal` ends, or the session is theirs no longer: by a stream, opened again where it
 * breaks; where streams keep failing, by asking every ten seconds. Whoever asks first who is there finds a session that
 * has ended without a failed request; `fresh`: the page was made just now, and knows. Never throws.
 */
export async function followBalance(following: Following, fresh: boolean): Promise<void> {
  const { signal } = following;
  let failures = 0;
  let asked = fresh ? "asked" : await askOnce(following);
  while (asked !== "over" && !signal.aborted) {
    const outcome = await stream(following);
    if (outcome === "over") return;
    failures = outcome === "heard" ? 0 : failures + 1;
    if (failures < FAILURES_BORNE) await rest(pauseAfter(failures), signal);
    else if ((await pollInstead(following)) === "over") return;
    asked = await askOnce(following);
  }
}

/** Asks every ten seconds until there is nothing more to ask for. Never throws. */
export async function pollBalance(following: Following): Promise<void> {
  while (!following.signal.aborted && (await askOnce(following)) !== "over")
    await rest(POLL_MS, following.signal);
}

/** Asks in place of a stream, for a while; not for longer than a first try where nothing answers at all. */
async function pollInstead(following: Following): Promise<"over" | "asked"> {
  for (let left = POLL_INSTEAD_MS; left > 0 && !following.signal.aborted; left -= POLL_MS) {
    const outcome = await askOnce(following);
    if (outcome === "over") return "over";
    await rest(POLL_MS, following.signal);
    if (outcome === "away") break;
  }
  return "asked";
}

async function stream(following: Following): Promise<"heard" | "silent" | "over"> {
  const { userId, tell, signal } = following;
  const noteUse = setInterval(() => void fetchUserStatus(signal), NOTE_USE_MS);
  let heard = false;
  try {
    const options = { userId, lastEventId: "", signal, firstWordMs: FIRST_WORD_MS };
    for await (const { event, data } of readEvents("/api/events", options)) {
      if (event !== "balance") continue;
      heard = true;
      tell({ kind: "balance", news: newsOf(JSON.parse(data) as BalanceEvent) }); // our own server's
    }
  } catch (error) {
    if (error instanceof ApiError && error.code === "session_changed") return over(following, "stranger");
    if (error instanceof ApiError && error.code === "not_signed_in") return over(following, "signed-out");
  } finally {
    clearInterval(noteUse);
  }
  return heard ? "heard" : "silent";
}

async function askOnce(following: Following): Promise<"over" | "asked" | "away"> {
  const { userId, tell, signal } = following;
  const status = await fetchUserStatus(signal);
  if (signal.aborted || status === null) return "away";
  if (!status.authenticated) return over(following, "signed-out");
  if (status.user_id !== userId) return over(following, "stranger");
  tell({ kind: "balance", news: newsOf(status) });
  return "asked";
}

function over({ tell, signal }: Following, kind: "stranger" | "signed-out"): "over" {
  if (!signal.aborted) tell({ kind });
  return "over";
}

/** Not all at once: a server that was started anew has everybody at its door. */
function pauseAfter(failures: number): number {
  return FIRST_PAUSE_MS * 2 ** failures * (0.5 + Math.random());
}

/** Resolves after so long, or at once where `signal` ends. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
