import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";
import type { LeftDraft } from "./use-saved-text";

const moment = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

export type LeftDraftNoticeProps = {
  left: LeftDraft;
  /** The words that were brought back are wanted. */
  onKeep: () => void;
  /** They are not. */
  onDiscard: () => void;
  onCompare: () => void;
};

/** Words of an earlier visit that never reached the workspace: brought back, or offered where the text has moved on. */
export function LeftDraftNotice({
  left: { kind, draft },
  onKeep,
  onDiscard,
  onCompare,
}: LeftDraftNoticeProps) {
  const when = moment.format(new Date(draft.at));
  if (kind === "back") {
    return (
      <Notice
        tone="info"
        role="status"
        className="my-4"
        title="Words that were not saved are back"
        actions={
          <>
            <Button size="sm" onClick={onKeep}>
              Keep them
            </Button>
            <Button size="sm" variant="quiet" onClick={onDiscard}>
              Use the saved text instead
            </Button>
          </>
        }
      >
        You wrote them on {when}; this browser kept them.
      </Notice>
    );
  }
  return (
    <Notice
      tone="warn"
      role="status"
      className="my-4"
      title="There are words here that were not saved"
      actions={
        <>
          <Button size="sm" onClick={onCompare}>
            Compare
          </Button>
          <Button size="sm" variant="quiet" onClick={onDiscard}>
            Discard them
          </Button>
        </>
      }
    >
      You wrote them on {when}, and the text was changed elsewhere since. This browser kept them.
    </Notice>
  );
}
