import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import { newsOf, tellBalance } from "@/lib/client/balance-news";
import { usePageUser, useCallApi } from "@/lib/client/page-user";
import { readEvents } from "@/lib/client/read-events";
import { GENERATION_EVENTS, getGeneration } from "@/lib/contract/studio";
import { begun, withEvent, type Writing } from "./generation-state";

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/** How the page hears of its text: all is well, the line is broken and tried again, or it was refused for good. */
export type Line = "live" | "lost" | ApiError;

/**
 * A text, followed while it is written: replayed from where the page stands, taken up again when the line breaks, and let
 * go while the tab is hidden. `onChange` hears of every step, for those who can't see it.
 */
export function useGeneration(initial: Writing, onChange: (before: Writing, after: Writing) => void) {
  const userId = usePageUser();
  const callApi = useCallApi();
  const [writing, setWriting] = useState(initial);
  const [line, setLine] = useState<Line>("live");
  const visible = useVisible();
  const latest = useRef(initial);
  const said = useEffectEvent(onChange);
  const { id, status } = writing.generation;

  const show = useCallback((next: Writing) => {
    const before = latest.current;
    if (next === before) return;
    latest.current = next;
    setWriting(next);
    said(before, next);
  }, []);

  useEffect(() => {
    if (status !== "writing" || !visible) return;
    const leave = new AbortController();
    void keepReading(leave.signal);
    return () => leave.abort();

    async function keepReading(signal: AbortSignal): Promise<void> {
      let pause = FIRST_PAUSE_MS;
      while (!signal.aborted && latest.current.generation.status === "writing") {
        try {
          const lastEventId = String(latest.current.generation.last_event_id);
          const url = `/api/me/generations/${id}/events`;
          for await (const event of readEvents(url, { userId, lastEventId, signal })) {
            pause = FIRST_PAUSE_MS;
            setLine("live");
            show(withEvent(latest.current, event));
            if (event.event === "end")
              tellBalance(newsOf(GENERATION_EVENTS.end.parse(JSON.parse(event.data))));
          }
        } catch (error) {
          if (signal.aborted) return;
          const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
          setLine(refused ? error : "lost");
          if (refused) return;
        }
        if (latest.current.generation.status !== "writing") return;
        await rest(pause, signal);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }, [id, status, visible, userId, show]);

  /** Asks how the text stands now: another tab may have gone on with it. */
  const refresh = useCallback(async () => {
    const found = await callApi(getGeneration, { id }).catch(() => null);
    if (found !== null && found.generation.last_event_id > latest.current.generation.last_event_id)
      show(found);
  }, [callApi, id, show]);

  useEffect(() => {
    if (status === "writing" || !visible) return;
    const look = () => void refresh();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [status, visible, refresh]);

  return {
    writing,
    line,
    /** Another round was begun here. */
    begin: useCallback((quoted: number) => show(begun(latest.current, quoted)), [show]),
    /** Something that only this page knows yet. */
    patch: useCallback(
      (change: Partial<Writing["generation"]>) => {
        const { generation, pieces } = latest.current;
        show({ generation: { ...generation, ...change }, pieces });
      },
      [show],
    ),
  };
}

function useVisible(): boolean {
  const [visible, setVisible] = useState(true);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState !== "hidden");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}

/** A pause that ends early when the network is back. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
