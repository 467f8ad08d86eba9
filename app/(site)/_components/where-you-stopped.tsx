import type { StorySummary } from "@/lib/contract/story";
import type { GenerationSummary } from "@/lib/contract/studio";
import { ButtonLink } from "@/lib/ui/button-link";
import { countInWords } from "../../_components/in-words";

const PROMPT_SHOWN = 160;

interface WhereYouStoppedProps {
  generation: GenerationSummary | null;
  story: StorySummary | null;
}

/** What was under way last, a text or a story, and the way back to it; or the ways to begin. */
export function WhereYouStopped({ generation, story }: WhereYouStoppedProps) {
  if (generation === null && story === null) {
    return (
      <>
        <p className="mt-4 max-w-prose font-serif text-xl leading-relaxed text-soft">
          One idea is enough to begin. The price stands there before the first word.
        </p>
        <div className="mt-7 flex flex-wrap gap-3">
          <ButtonLink href="/single-prompt" variant="primary" size="lg">
            Write from a prompt
          </ButtonLink>
          <ButtonLink href="/story-generator" size="lg">
            Write a story
          </ButtonLink>
        </div>
      </>
    );
  }
  const { said, name, href, live } = lastOf(generation, story);
  return (
    <>
      <p className="mt-4 max-w-prose font-serif text-xl leading-relaxed break-words text-soft">
        {said} “{shorten(name)}”
      </p>
      <div className="mt-7 flex flex-wrap gap-3">
        <ButtonLink href={href} variant="primary" size="lg">
          {live ? "Watch it being written" : "Go on where you stopped"}
        </ButtonLink>
        <ButtonLink href="/single-prompt" size="lg">
          Begin something new
        </ButtonLink>
        <ButtonLink href="/story-generator" size="lg" variant="quiet">
          Begin a story
        </ButtonLink>
      </div>
    </>
  );
}

/** What comes first: the one that something happened to last. */
function lastOf(generation: GenerationSummary | null, story: StorySummary | null) {
  const written = generation?.finished_at ?? generation?.created_at ?? "";
  if (story !== null && (generation === null || story.updated_at > written)) {
    return {
      said: storyInWords(story),
      name: story.title,
      href: `/story-generator/${story.id}`,
      live: story.active,
    };
  }
  return {
    said: generation === null ? "" : stateOf(generation),
    name: generation?.prompt ?? "",
    href: `/single-prompt?generation=${generation?.id ?? ""}`,
    live: generation?.status === "writing",
  };
}

function storyInWords({ status, active, chapters, chapters_done: done, words }: StorySummary): string {
  const sofar = countInWords(words, "word");
  if (active) return words === 0 ? "A story, being made:" : `A story, being written, ${sofar} so far:`;
  switch (status) {
    case "idea":
      return "The idea of a story:";
    case "planned":
      return `A story of ${countInWords(chapters, "chapter")}, planned:`;
    case "begun":
      return `A story, ${done} of ${chapters} chapters, ${sofar}:`;
    case "done":
      return `A story, finished, ${sofar}:`;
  }
}

function stateOf({ status, words }: GenerationSummary): string {
  const sofar = countInWords(words, "word");
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
