import type { GenerationSummary } from "@/lib/contract/studio";
import { Badge, type BadgeTone } from "@/lib/ui/badge";
import { Section } from "@/lib/ui/section";
import { wordsInWords } from "../../_components/studio/price-words";

const STATES: Record<GenerationSummary["status"], { word: string; tone: BadgeTone }> = {
  writing: { word: "Being written", tone: "accent" },
  done: { word: "Finished", tone: "good" },
  stopped: { word: "Stopped", tone: "neutral" },
  failed: { word: "Broken off", tone: "warn" },
  interrupted: { word: "Interrupted", tone: "warn" },
};

/** The way back to what was begun before. */
export function LastTexts({ generations }: { generations: readonly GenerationSummary[] }) {
  if (generations.length === 0) return null;
  return (
    <Section title="Your last texts" className="mt-16 max-w-wide">
      <ul className="border-t border-line">
        {generations.map((generation) => (
          <LastText key={generation.id} generation={generation} />
        ))}
      </ul>
    </Section>
  );
}

function LastText({ generation: { id, prompt, status, words, label } }: { generation: GenerationSummary }) {
  const { word, tone } = STATES[status];
  return (
    <li className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-b border-line py-3">
      <a
        href={`/single-prompt?generation=${id}`}
        className="min-w-0 flex-1 basis-60 truncate font-serif text-lg leading-snug decoration-accent underline-offset-4 hover:underline"
      >
        {prompt.slice(0, 200)}
      </a>
      <span className="flex items-baseline gap-3 text-sm text-faint tabular-nums">
        {label === null ? null : <span>Demo</span>}
        <span>{wordsInWords(words)}</span>
        <Badge tone={tone}>{word}</Badge>
      </span>
    </li>
  );
}
