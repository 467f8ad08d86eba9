"use client";

import { useState } from "react";
import type { SaveState } from "@/lib/client/autosave";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { restoreMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { ButtonLink } from "@/lib/ui/button-link";
import { Notice } from "@/lib/ui/notice";
import { toast } from "@/lib/ui/toast-store";
import { saveProblem } from "./save-words";

export type SaveProblemNoticeProps = {
  code: string;
  state: SaveState;
  signInHref: string;
  onRetry: () => void;
};

/** Says why the newest words are not saved, where they are meanwhile, and what to do. */
export function SaveProblemNotice({ code, state, signInHref, onRetry }: SaveProblemNoticeProps) {
  const [busy, setBusy] = useState(false);
  const call = useCallApi();
  const problem = saveProblem(state);
  if (problem === null) return null;

  async function bringBack() {
    setBusy(true);
    try {
      await call(restoreMyProject, { code });
      onRetry();
    } catch (error) {
      const failure = describeFailure(error);
      toast(failure.title, { tone: "error", description: failure.description });
    }
    setBusy(false);
  }

  return (
    <Notice
      tone={state.kind === "offline" ? "warn" : "error"}
      role="status"
      title={problem.title}
      className="my-4"
      actions={
        <>
          {state.kind === "full" ? (
            <ButtonLink href="/workspace" target="_blank" size="sm">
              Open the workspace <span className="sr-only">(in a new tab)</span>
            </ButtonLink>
          ) : null}
          {state.kind === "signed-out" || state.kind === "stranger" ? (
            <ButtonLink href={signInHref} target="_blank" size="sm">
              Sign in <span className="sr-only">(in a new tab)</span>
            </ButtonLink>
          ) : null}
          {state.kind === "gone" ? (
            <Button size="sm" busy={busy} onClick={() => void bringBack()}>
              Bring it back
            </Button>
          ) : (
            <Button size="sm" onClick={onRetry}>
              Try now
            </Button>
          )}
        </>
      }
    >
      {problem.description}
    </Notice>
  );
}
