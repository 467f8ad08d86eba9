import type { GenerationSummary } from "@/lib/contract/studio";
import { ButtonLink } from "@/lib/ui/button-link";

const PROMPT_SHOWN = 160;

/** The text that was under way last, and the way back to it; or the way to begin. */
export function WhereYouStopped({ generation }: { generation: GenerationSummary | null }) {
  if (generation === null) {
    return (
      <>
        <p className="mt-4 max-w-prose font-serif text-xl leading-relaxed text-soft">
          One idea is enough to begin. The price stands there before the first word.
        </p>
        <ButtonLink href="/single-prompt" variant="primary" size="lg" className="mt-7">
          Write from a prompt
        </ButtonLink>
      </>
    );
  }
  return (
    <>
      <p className="mt-4 max-w-prose font-serif text-xl leading-relaxed break-words text-soft">
        {stateOf(generation)} “{shorten(generation.prompt)}”
      </p>
      <div className="mt-7 flex flex-wrap gap-3">
        <ButtonLink href={`/single-prompt?generation=${generation.id}`} variant="primary" size="lg">
          {generation.status === "writing" ? "Watch it being written" : "Go on where you stopped"}
        </ButtonLink>
        <ButtonLink href="/single-prompt" size="lg">
          Begin something new
        </ButtonLink>
      </div>
    </>
  );
}

function stateOf({ status, words }: GenerationSummary): string {
  const sofar = `${words.toLocaleString("en-GB")} ${words === 1 ? "word" : "words"}`;
  switch (status) {
    case "writing":
      return `Being written, ${sofar} so far:`;
    case "done":
      return `Finished, ${sofar}:`;
    case "stopped":
      return `Stopped after ${sofar}:`;
    default:
      return `Broken off after ${sofar}:`;
  }
}

function shorten(prompt: string): string {
  const line = prompt.replace(/\s+/g, " ");
  return line.length <= PROMPT_SHOWN ? line : `${line.slice(0, PROMPT_SHOWN).toWellFormed().trimEnd()}…`;
}
