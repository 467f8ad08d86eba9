import type { StorySummary } from "@/lib/contract/story";
import { Badge, type BadgeTone } from "@/lib/ui/badge";
import { Section } from "@/lib/ui/section";
import { wordsInWords } from "../../_components/studio/price-words";

const STATES: Record<StorySummary["status"], { word: string; tone: BadgeTone }> = {
  idea: { word: "An idea", tone: "neutral" },
  planned: { word: "Planned", tone: "neutral" },
  begun: { word: "Begun", tone: "accent" },
  done: { word: "Finished", tone: "good" },
};

/** One's stories, to go on with. */
export function StoryList({ stories, more }: { stories: readonly StorySummary[]; more: string | null }) {
  if (stories.length === 0) return null;
  return (
    <Section title="Your stories" className="mt-16 max-w-wide">
      <ul className="border-t border-line">
        {stories.map(({ id, title, status, active, chapters, chapters_done: done, words, label }) => {
          const { word, tone } = active ? { word: "Being written", tone: "accent" as const } : STATES[status];
          return (
            <li key={id} className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line py-3">
              <a
                href={`/story-generator/${id}`}
                className="min-w-0 flex-1 basis-60 truncate font-serif text-lg leading-snug decoration-accent underline-offset-4 hover:underline"
              >
                {title}
              </a>
              <span className="flex items-baseline gap-3 text-sm text-faint tabular-nums">
                {label === null ? null : <span>Demo</span>}
                {chapters === 0 ? null : (
                  <span>
                    {done} of {chapters} chapters, {wordsInWords(words)}
                  </span>
                )}
                <Badge tone={tone}>{word}</Badge>
              </span>
            </li>
          );
        })}
      </ul>
      {more === null ? null : (
        <p className="mt-4">
          <a
            className="link text-sm font-medium"
            href={`/story-generator?before=${encodeURIComponent(more)}`}
          >
            Older stories
          </a>
        </p>
      )}
    </Section>
  );
}
