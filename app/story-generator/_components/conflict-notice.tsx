import type { ReactNode } from "react";
import { Button } from "@/lib/ui/button";
import { Notice } from "@/lib/ui/notice";

interface ConflictNoticeProps {
  /** What is stored, to look at beside what stands in the form. */
  stored: ReactNode;
  busy: boolean;
  onKeepMine: () => void;
  onTakeStored: () => void;
}

/** Somebody was faster: nothing is lost, and whoever is here decides. */
export function ConflictNotice({ stored, busy, onKeepMine, onTakeStored }: ConflictNoticeProps) {
  return (
    <Notice
      tone="warn"
      role="alert"
      title="This story was changed elsewhere meanwhile"
      actions={
        <>
          <Button size="sm" busy={busy} onClick={onKeepMine}>
            Save mine over it
          </Button>
          <Button size="sm" variant="quiet" onClick={onTakeStored}>
            Take what is stored
          </Button>
        </>
      }
    >
      <p>What you wrote still stands here. This is what is stored:</p>
      <div className="mt-2 max-h-60 overflow-y-auto rounded-md bg-well p-3">{stored}</div>
    </Notice>
  );
}
