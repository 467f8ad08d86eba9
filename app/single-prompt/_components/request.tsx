import type { Ref } from "react";
import type { GenerationSummary } from "@/lib/contract/studio";
import { WORDS_PER_PAGE } from "@/lib/contract/quote";
import { MODEL_WORDS } from "../../_components/studio/model-choice";
import { wordsInWords } from "../../_components/studio/price-words";

const SHOWN = 90;

/** What was asked for. A long prompt is folded behind its beginning. */
export function Request({
  generation,
  headingRef,
}: {
  generation: GenerationSummary;
  headingRef: Ref<HTMLHeadingElement>;
}) {
  const { prompt, pages, model, format, language, tone, point_of_view, audience } = generation;
  const line = prompt.replace(/\s+/g, " ");
  const short = line.length <= SHOWN ? line : `${line.slice(0, SHOWN).toWellFormed().trimEnd()}…`;
  const facts = [
    `${pages} ${pages === 1 ? "page" : "pages"}, about ${wordsInWords(pages * WORDS_PER_PAGE)}`,
    MODEL_WORDS[model],
    format,
    language,
    tone,
    point_of_view,
    audience === null ? null : `for ${audience}`,
  ].filter((fact) => fact !== null);
  return (
    <>
      <h1
        ref={headingRef}
        tabIndex={-1}
        className="font-serif text-2xl leading-snug font-semibold break-words outline-none sm:text-[1.75rem]"
      >
        {short}
      </h1>
      <p className="mt-2 text-sm text-faint">{facts.join(" · ")}</p>
      {prompt === short ? null : (
        <details className="mt-2 text-sm">
          <summary className="inline-block text-soft underline decoration-line underline-offset-4">
            The whole prompt
          </summary>
          <p className="mt-2 max-h-60 overflow-y-auto rounded-md bg-well p-3 font-serif text-base break-words whitespace-pre-wrap text-soft">
            {prompt}
          </p>
        </details>
      )}
    </>
  );
}
