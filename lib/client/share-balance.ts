import { followBalance, type LiveNews, pollBalance } from "./live-balance";

const NAME = "penora:balance";

/** What one tab tells the others: of whom, and what. A tab of another person passes it over. */
interface Message {
  readonly userId: string;
  readonly news: LiveNews;
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
  let mine: AbortController | null = null;
  let over = false;

  function tell(news: LiveNews) {
    if (over) return;
    const message: Message = { userId, news };
    channel?.postMessage(message);
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
    else if (mine === null && !over) void takePart((mine = new AbortController()).signal);
  }

  function letGo() {
    mine?.abort();
    mine = null;
  }

  async function takePart(signal: AbortSignal) {
    const following = { userId, tell, signal };
    if (!shares) return void (await pollBalance(following));
    try {
      // One lock for each person: a page of somebody else's, left open, has a stream of its own or none.
      await navigator.locks.request(`${NAME}:${userId}`, { signal }, () => followBalance(following));
    } catch {
      // Let go of before the lock was had; or a frame that may have no locks asks for itself.
      if (!signal.aborted) await pollBalance(following);
    }
  }

  function received({ data }: MessageEvent<Message>) {
    if (data.userId === userId) heard(data.news);
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
