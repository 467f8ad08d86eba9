"use client";

import { useState } from "react";
import { useCallApi } from "@/lib/client/page-user";
import { saveStory, type WholeStory } from "@/lib/contract/story";
import { Button } from "@/lib/ui/button";
import { ButtonLink } from "@/lib/ui/button-link";
import { Notice } from "@/lib/ui/notice";
import { FailureNotice } from "../../_components/studio/failure-notice";
import { type Failure, failureInWords } from "../../_components/studio/failure-words";

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
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const which = chapters.filter(({ unsaved }) => unsaved).map(({ position }) => position);

  async function save() {
    setBusy(true);
    setFailure(null);
    try {
      await callApi(saveStory, { id: story.id });
      await refresh();
    } catch (error) {
      setFailure(failureInWords(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Notice
      tone="warn"
      className="mt-6"
      title={`The workspace does not have chapter ${which.join(", ")} as it stands here`}
      actions={
        <>
          <Button size="sm" busy={busy} onClick={() => void save()}>
            Save now
          </Button>
          <ButtonLink size="sm" variant="quiet" href="/workspace" target="_blank">
            Open the workspace<span className="sr-only"> (in a new tab)</span>
          </ButtonLink>
        </>
      }
    >
      Nothing is lost: it is kept here. There was no room for it, or you changed it there; then make room, and
      save. What you changed stays, and the chapter goes behind it.
      {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} className="mt-3" />}
    </Notice>
  );
}
