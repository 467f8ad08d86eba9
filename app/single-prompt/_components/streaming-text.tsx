"use client";

import { memo, type RefObject, useLayoutEffect, useRef } from "react";
import { classNames } from "@/lib/ui/class-names";

/** So far from the end of the text a reader still reads at its end. */
const AT_THE_END_PX = 160;

/**
 * The text as it grows. It only ever gets longer at its end, so that nothing moves under the reader's eyes; the page
 * follows it as long as the reader is at its end, and stays where they are when they have gone back.
 */
export function StreamingText({ text, live }: { text: string; live: boolean }) {
  const end = useRef<HTMLDivElement>(null);
  useFollowing(end, live, text.length);
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== "");
  return (
    <section aria-label="The text" aria-busy={live} className="min-h-[45vh] pt-8">
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

/** Keeps the end in sight for a reader who is there. */
function useFollowing(end: RefObject<HTMLDivElement | null>, live: boolean, length: number): void {
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const look = () => {
      const bottom = end.current?.getBoundingClientRect().top ?? 0;
      atEnd.current = bottom <= window.innerHeight + AT_THE_END_PX;
    };
    look();
    window.addEventListener("scroll", look, { passive: true });
    window.addEventListener("resize", look);
    return () => {
      window.removeEventListener("scroll", look);
      window.removeEventListener("resize", look);
    };
  }, [end]);
  const wasLive = useRef(live);
  useLayoutEffect(() => {
    // The reader who was at the end when it came sees what came of it.
    if (wasLive.current && !live && atEnd.current)
      end.current?.parentElement?.nextElementSibling?.scrollIntoView({
        block: "nearest",
        behavior: "instant",
      });
    wasLive.current = live;
    if (!live || !atEnd.current || end.current === null) return;
    const { top } = end.current.getBoundingClientRect();
    // Only ever forward, and only when the end has left the window.
    if (top > window.innerHeight - 112) end.current.scrollIntoView({ block: "end", behavior: "instant" });
  }, [end, live, length]);
}
