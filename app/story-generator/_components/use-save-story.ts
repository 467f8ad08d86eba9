import { useState } from "react";
import { ApiError } from "@/lib/client/api-error";
import type { AskOf } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { updateStory, type WholeStory } from "@/lib/contract/story";
import { type Failure, failureInWords } from "../../_components/studio/failure-words";

export type StoryChange = Omit<AskOf<typeof updateStory>, "id" | "version">;

/** Saves what was changed of a story. Where somebody else was faster, both stay: what is stored, and what stands in the form. */
export function useSaveStory({ story }: WholeStory, refresh: () => Promise<WholeStory | null>) {
  const callApi = useCallApi();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  /** The version that is stored, where it is another than the one that was changed. */
  const [conflict, setConflict] = useState<number | null>(null);

  /** True where it was saved. `version`: the one that is knowingly written over. */
  async function save(change: StoryChange, version = story.version): Promise<boolean> {
    setBusy(true);
    setFailure(null);
    try {
      await callApi(updateStory, { id: story.id, version, ...change });
      setConflict(null);
      await refresh();
      return true;
    } catch (error) {
      if (
        error instanceof ApiError &&
        error.code === "version_conflict" &&
        typeof error.answer.version === "number"
      ) {
        setConflict(error.answer.version);
        await refresh();
      } else setFailure(failureInWords(error));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { busy, failure, conflict, save, settle: () => setConflict(null) };
}
