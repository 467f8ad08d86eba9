import { followBalance, type LiveNews, pollBalance } from "./live-balance";

const NAME = "penora:balance";
/** So long what the page itself said counts as what is. */
const FRESH_MS = 2_000;

/**
 * What one tab tells the others: of whom, and what; without news it asks what there is, since it may have missed
 * something. A tab of another person passes it over.
 */
interface Message {
  readonly userId: string;
  readonly news: LiveNews | null;
}

/**
 * Follows the balance of `userId` for all tabs of this browser with one stream: the tab that holds the lock has it and
 * tells the others. A tab out of sight lets go of it, so that one in sight has it; a browser opens only six connections
 * to a server, and nobody looks at a hidden tab. Where a browser knows no locks, each tab in sight asks for itself.
 * Answers how to stop.
 */
export function shareBalance(userId: string, hear: (news: LiveNews) => void): () => void {
  const shares = "locks" in navigator && typeof BroadcastChannel === "function";
  const channel = shares ? new BroadcastChannel(NAME) : null;
  const madeAt = performance.now();
  let mine: AbortController | null = null;
  /** What this tab's own stream said last; null in a tab that has none. */
  let latest: LiveNews | null = null;
  let over = false;

  function post(news: LiveNews | null) {
    const message: Message = { userId, news };
    channel?.postMessage(message);
  }

  function tell(news: LiveNews) {
    if (over) return;
    latest = news;
    post(news);
    heard(news);
  }

  function heard(news: LiveNews) {
    if (over) return;
    if (news.kind !== "balance") stop();
    hear(news);
  }

  /** In sight: takes part. Out of sight: lets go. */
  function look() {
    if (document.visibilityState === "hidden") letGo();
    else if (mine === null && !over) {
      void takePart((mine = new AbortController()).signal);
      post(null);
    }
  }

  function letGo() {
    mine?.abort();
    mine = null;
    latest = null;
  }

  async function takePart(signal: AbortSignal) {
    // What still comes when the stream was let go of is another tab's to say.
    const following = { userId, tell: (news: LiveNews) => signal.aborted || tell(news), signal };
    if (!shares) return void (await pollBalance(following));
    try {
      // One lock for each person: a page of somebody else's, left open, has a stream of its own or none.
      await navigator.locks.request(`${NAME}:${userId}`, { signal }, () =>
        followBalance(following, performance.now() - madeAt < FRESH_MS),
      );
    } catch {
      // Let go of before the lock was had; or a frame that may have no locks asks for itself.
      if (!signal.aborted) await pollBalance(following);
    }
  }

  function received({ data }: MessageEvent<Message>) {
    if (data.userId !== userId) return;
    if (data.news !== null) heard(data.news);
    else if (latest !== null) post(latest);
  }

  function stop() {
    over = true;
    letGo();
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("pagehide", letGo);
    window.removeEventListener("pageshow", look);
    channel?.close();
  }

  if (channel !== null) channel.onmessage = received;
  document.addEventListener("visibilitychange", look);
  // A page that is kept for going back holds no lock and no line.
  window.addEventListener("pagehide", letGo);
  window.addEventListener("pageshow", look);
  look();
  return stop;
}
