"use client";

import { type ReactNode, useState } from "react";
import { Button } from "@/lib/ui/button";
import { ButtonLink } from "@/lib/ui/button-link";
import { Notice } from "@/lib/ui/notice";
import { FailureNotice } from "./failure-notice";
import { failureInWords, type Failure } from "./failure-words";

interface UnsavedNoticeProps {
  title: string;
  topupUrl: string;
  save: () => Promise<void>;
  className?: string;
  children: ReactNode;
}

/** Something that is written has no place in the workspace yet: how to make room, and to save it then. */
export function UnsavedNotice({ title, topupUrl, save, className, children }: UnsavedNoticeProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function saveNow() {
    setBusy(true);
    setFailure(null);
    try {
      await save();
    } catch (error) {
      setFailure(failureInWords(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Notice
      tone="warn"
      className={className}
      title={title}
      actions={
        <>
          <Button size="sm" busy={busy} onClick={() => void saveNow()}>
            Save now
          </Button>
          <ButtonLink size="sm" variant="quiet" href="/workspace" target="_blank">
            Open the workspace<span className="sr-only"> (in a new tab)</span>
          </ButtonLink>
        </>
      }
    >
      {children}
      {failure === null ? null : <FailureNotice failure={failure} topupUrl={topupUrl} className="mt-3" />}
    </Notice>
  );
}
