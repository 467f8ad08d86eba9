"use client";

import { useCallApi } from "@/lib/client/page-user";
import { saveStory, type WholeStory } from "@/lib/contract/story";
import { Notice } from "@/lib/ui/notice";
import { UnsavedNotice } from "../../_components/studio/unsaved-notice";

interface StoryOutcomeProps {
  whole: WholeStory;
  topupUrl: string;
  refresh: () => Promise<WholeStory | null>;
}

/** What became of the last thing that was made, where it did not end well; and what the workspace lacks. */
export function StoryOutcome({ whole, topupUrl, refresh }: StoryOutcomeProps) {
  const { generation, story } = whole;
  if (generation?.status === "writing") return null;
  const error = generation !== null && story.status !== "done" ? generation.error : null;
  return (
    <>
      {error === null ? null : (
        <Notice
          tone="warn"
          title={generation?.status === "stopped" ? "Stopped" : "It broke off"}
          className="mt-6"
        >
          {error}
        </Notice>
      )}
      {story.unsaved ? <Unsaved whole={whole} topupUrl={topupUrl} refresh={refresh} /> : null}
    </>
  );
}

function Unsaved({ whole: { story, chapters }, topupUrl, refresh }: StoryOutcomeProps) {
  const callApi = useCallApi();
  const which = chapters.filter(({ unsaved }) => unsaved).map(({ position }) => position);

  async function save() {
    await callApi(saveStory, { id: story.id });
    await refresh();
  }

  return (
    <UnsavedNotice
      className="mt-6"
      title={`The workspace does not have chapter ${which.join(", ")} as it stands here`}
      topupUrl={topupUrl}
      save={save}
    >
      Nothing is lost: it is kept here. There was no room for it, or you changed it there; then make room, and
      save. What you changed stays, and the chapter goes behind it.
    </UnsavedNotice>
  );
}
