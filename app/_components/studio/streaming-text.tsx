"use client";

import { memo, type RefObject, useLayoutEffect, useRef } from "react";
import { classNames } from "@/lib/ui/class-names";

/** The end is in sight also where it lies just below the window's edge. */
const SLACK_PX = 24;
/** What the bar at the window's edge covers. */
const BAR_PX = 112;

interface StreamingTextProps {
  text: string;
  live: boolean;
  /** It was begun before the reader's eyes: it is followed from its first word. */
  fromStart: boolean;
}

/**
 * The text as it grows. It only ever gets longer at its end, so that nothing moves under the reader's eyes; the page
 * follows it as long as the reader is at its end, and stays where they are when they have gone back.
 */
export function StreamingText({ text, live, fromStart }: StreamingTextProps) {
  const end = useRef<HTMLDivElement>(null);
  useFollowing(end, live, text.length, fromStart);
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return (
    <section aria-label="The text" className="min-h-[45vh] pt-8">
      <div className="written">
        {paragraphs.map((paragraph, at) => (
          <Paragraph key={at} text={paragraph} />
        ))}
        {text === "" && live ? (
          <p className="animate-breathe text-faint" aria-hidden="true">
            The first words are on their way…
          </p>
        ) : null}
        {text === "" && !live ? <p className="text-faint">Nothing was written.</p> : null}
      </div>
      <div ref={end} className={classNames("h-px", live && "scroll-mb-28")} />
    </section>
  );
}

/** Finished paragraphs stay as they are; only the last one is drawn again, and its lines break where they broke. */
const Paragraph = memo(function Paragraph({ text }: { text: string }) {
  return <p className="mb-[0.9em] text-wrap whitespace-pre-wrap last:mb-0">{text}</p>;
});

/** Keeps the end in sight for a reader who is there; going back, however little, is leaving it. */
function useFollowing(
  end: RefObject<HTMLDivElement | null>,
  live: boolean,
  length: number,
  fromStart: boolean,
): void {
  const following = useRef(true);
  const wasLive = useRef(live);
  useLayoutEffect(() => {
    const endInSight = () => (end.current?.getBoundingClientRect().top ?? 0) <= window.innerHeight + SLACK_PX;
    let lastTop = window.scrollY;
    following.current = fromStart || endInSight();
    const look = () => {
      const top = window.scrollY;
      // The page itself scrolls forward only.
      following.current = top < lastTop ? false : following.current || endInSight();
      lastTop = top;
    };
    window.addEventListener("scroll", look, { passive: true });
    return () => window.removeEventListener("scroll", look);
  }, [end, fromStart]);
  useLayoutEffect(() => {
    const { current: sentinel } = end;
    const ended = wasLive.current && !live;
    wasLive.current = live;
    if (!following.current || sentinel === null) return;
    if (live && sentinel.getBoundingClientRect().top > window.innerHeight - BAR_PX)
      sentinel.scrollIntoView({ block: "end", behavior: "instant" });
    // Whoever read along to the end sees what came of it.
    if (ended)
      sentinel.parentElement?.nextElementSibling?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }, [end, live, length]);
}
