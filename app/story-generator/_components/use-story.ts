import { useCallback, useEffect, useEffectEvent, useRef, useState } from "react";
import { keepReading, type Line } from "@/lib/client/keep-reading";
import { useCallApi, usePageUser } from "@/lib/client/page-user";
import { useVisible } from "@/lib/client/use-visible";
import { getStory, type WholeStory } from "@/lib/contract/story";
import { GENERATION_EVENTS } from "@/lib/contract/studio";
import { withEvent, type Writing } from "../../_components/studio/generation-state";
import { newsOf, tellBalance } from "@/lib/client/balance-news";
import { activeOf } from "./story-state";

/**
 * A story, and what is being made of it: followed while the tab is in sight, taken up again when the line breaks, and asked for
 * anew when a chapter ends and when the tab is looked at again. `onStep` hears of every step, for those who can't see it.
 */
export function useStory(initial: WholeStory, onStep: (before: Writing | null, after: Writing) => void) {
  const userId = usePageUser();
  const callApi = useCallApi();
  const [whole, setWhole] = useState(initial);
  const [active, setActive] = useState(() => activeOf(initial));
  const [line, setLine] = useState<Line>("live");
  const latest = useRef(active);
  const visible = useVisible();
  const said = useEffectEvent(onStep);
  const { id } = initial.story;
  const generationId = active?.generation.id ?? null;
  const live = active?.generation.status === "writing";

  const show = useCallback((next: Writing | null) => {
    const before = latest.current;
    latest.current = next;
    setActive(next);
    if (next !== null && next !== before) said(before, next);
  }, []);

  /** Takes a story as the server has it; what the page has heard of a generation since is newer. */
  const take = useCallback(
    (found: WholeStory) => {
      setWhole(found);
      const theirs = activeOf(found);
      const mine = latest.current;
      const newer =
        mine !== null &&
        mine.generation.id === theirs?.generation.id &&
        mine.generation.last_event_id >= theirs.generation.last_event_id;
      if (!newer) show(theirs);
    },
    [show],
  );

  /** Asks how the story stands; what can't be asked now is asked with the next event. */
  const refresh = useCallback(async () => {
    const found = await callApi(getStory, { id }).catch(() => null);
    if (found !== null) take(found);
    return found;
  }, [callApi, id, take]);
  const refreshed = useEffectEvent(() => void refresh());

  useEffect(() => {
    if (generationId === null || !live || !visible) return;
    const leave = new AbortController();
    const over = () =>
      latest.current?.generation.id !== generationId || latest.current.generation.status !== "writing";
    void keepReading(`/api/me/generations/${generationId}/events`, {
      userId,
      lastEventId: () => latest.current?.generation.last_event_id ?? 0,
      isOver: over,
      onEvent: (event) => {
        if (over() || latest.current === null) return;
        show(withEvent(latest.current, event));
        const facts: unknown = JSON.parse(event.data);
        if (event.event === "piece-end") {
          const { credits } = GENERATION_EVENTS["piece-end"].parse(facts);
          if (credits !== null) tellBalance({ credits });
        }
        if (event.event === "end") tellBalance(newsOf(GENERATION_EVENTS.end.parse(facts)));
        if (event.event === "piece-end" || event.event === "end") refreshed();
      },
      onLine: setLine,
      signal: leave.signal,
    });
    return () => leave.abort();
  }, [generationId, live, visible, userId, show]);

  useEffect(() => {
    if (live || !visible) return;
    const look = () => void refresh();
    window.addEventListener("focus", look);
    return () => window.removeEventListener("focus", look);
  }, [live, visible, refresh]);

  /** The writer wants it to stop: noted here until the end is heard, which may have been already. */
  const stopping = useCallback(() => {
    const now = latest.current;
    if (now?.generation.status === "writing")
      show({ ...now, generation: { ...now.generation, stop_requested: true } });
  }, [show]);

  return { whole, active, line, refresh, stopping };
}
