import { FORMATS, POINTS_OF_VIEW } from "@/lib/contract/prompt-input";
import { Choice } from "@/lib/ui/choice";
import { capital } from "../../_components/in-words";
import { Wish, Wishes } from "../../_components/studio/wishes";
import { type Draft, EMPTY_DRAFT } from "./use-draft";

/** What may be wished for beside the prompt. */
export function TextWishes({ draft, change }: { draft: Draft; change: (part: Partial<Draft>) => void }) {
  const { format, language, tone, pointOfView, audience } = draft;
  const form = format === EMPTY_DRAFT.format ? "" : capital(format);
  return (
    <Wishes title="Form, language and tone" wished={[form, language, tone, pointOfView, audience]}>
      <Choice
        label="Form"
        value={format}
        all={FORMATS}
        inWords={capital}
        onChange={(chosen) => change({ format: chosen })}
      />
      <Choice
        label="Point of view"
        value={pointOfView}
        all={["", ...POINTS_OF_VIEW]}
        inWords={(one) => (one === "" ? "As it suits" : capital(one))}
        onChange={(chosen) => change({ pointOfView: chosen })}
      />
      <Wish
        label="Language"
        value={language}
        maxCharacters={60}
        placeholder="That of the prompt"
        onChange={(typed) => change({ language: typed })}
      />
      <Wish
        label="Tone"
        value={tone}
        maxCharacters={80}
        placeholder="Dry and warm"
        onChange={(typed) => change({ tone: typed })}
      />
      <Wish
        label="Readers"
        className="sm:col-span-2"
        value={audience}
        maxCharacters={120}
        placeholder="People who have never been to sea"
        onChange={(typed) => change({ audience: typed })}
      />
    </Wishes>
  );
}
