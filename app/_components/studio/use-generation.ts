import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { newsOf, tellBalance } from "@/lib/client/balance-news";
import { keepReading, type Line } from "@/lib/client/keep-reading";
import { usePageUser, useCallApi } from "@/lib/client/page-user";
import { useVisible } from "@/lib/client/use-visible";
import { GENERATION_EVENTS, getGeneration } from "@/lib/contract/studio";
import { begun, withEvent, type Writing } from "./generation-state";

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
    void keepReading(`/api/me/generations/${id}/events`, {
      userId,
      lastEventId: () => latest.current.generation.last_event_id,
      isOver: () => latest.current.generation.status !== "writing",
      onEvent: (event) => {
        show(withEvent(latest.current, event));
        if (event.event === "end") tellBalance(newsOf(GENERATION_EVENTS.end.parse(JSON.parse(event.data))));
      },
      onLine: setLine,
      signal: leave.signal,
    });
    return () => leave.abort();
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
