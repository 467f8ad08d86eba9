import { POINTS_OF_VIEW } from "@/lib/contract/prompt-input";
import { TENSES } from "@/lib/contract/story-input";
import { Choice } from "@/lib/ui/choice";
import { capital } from "../../_components/in-words";
import { Wish, Wishes } from "../../_components/studio/wishes";
import type { IdeaDraft } from "./idea-draft";

interface StoryWishesProps {
  draft: IdeaDraft;
  change: (part: Partial<IdeaDraft>) => void;
}

/** What may be wished for beside the premise. */
export function StoryWishes({ draft, change }: StoryWishesProps) {
  const { genre, tone, audience, language, pointOfView, tense } = draft;
  return (
    <Wishes title="Genre, voice and language" wished={[genre, tone, audience, language]}>
      <Wish
        label="Genre"
        value={genre}
        maxCharacters={80}
        placeholder="Mystery"
        onChange={(typed) => change({ genre: typed })}
      />
      <Wish
        label="Tone"
        value={tone}
        maxCharacters={80}
        placeholder="Dry and warm"
        onChange={(typed) => change({ tone: typed })}
      />
      <Choice
        label="Point of view"
        value={pointOfView}
        all={POINTS_OF_VIEW}
        inWords={capital}
        onChange={(chosen) => change({ pointOfView: chosen })}
      />
      <Choice
        label="Tense"
        value={tense}
        all={TENSES}
        inWords={capital}
        onChange={(chosen) => change({ tense: chosen })}
      />
      <Wish
        label="Language"
        value={language}
        maxCharacters={60}
        placeholder="That of the premise"
        onChange={(typed) => change({ language: typed })}
      />
      <Wish
        label="Readers"
        value={audience}
        maxCharacters={120}
        placeholder="Adults who like a slow burn"
        onChange={(typed) => change({ audience: typed })}
      />
    </Wishes>
  );
}
