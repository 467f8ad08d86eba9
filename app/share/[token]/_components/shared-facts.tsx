import { WORDS_PER_PAGE } from "@/lib/contract/quote";
import { minutesToRead } from "@/lib/contract/word-count";
import type { SharedProject } from "@/lib/domains/exports/shared-project";
import { countInWords, dayInWords } from "../../../_components/in-words";

/** Whose it is, how long, and from when, in one line. */
export function SharedFacts({ shared }: { shared: SharedProject }) {
  const { author, words, updatedAt, picture } = shared;
  const facts = [
    ...(author === "" ? [] : [`by ${author}`]),
    ...(picture === null
      ? [
          countInWords(words, "word"),
          countInWords(Math.ceil(words / WORDS_PER_PAGE), "page"),
          `${countInWords(minutesToRead(words), "minute")} to read`,
        ]
      : ["Picture"]),
    `changed on ${dayInWords(updatedAt.toISOString())}`,
  ];
  return (
    <p className="mt-2 text-sm text-soft" lang="en">
      {facts.join(" · ")}
    </p>
  );
}
