"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { removeMyProject } from "@/lib/contract/my-workspace";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { toast } from "@/lib/ui/toast-store";
import { countInWords } from "../../../_components/in-words";
import { unlessGone } from "../../_components/unless-gone";

interface RemoveDialogProps {
  codes: readonly string[];
  /** What is asked about, as it stands in the question. */
  what: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone?: () => void;
}

/** Asks, and removes projects from the bin for good. */
export function RemoveDialog({ codes, what, open, onOpenChange, onDone }: RemoveDialogProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const router = useRouter();
  const call = useCallApi();

  async function remove() {
    setBusy(true);
    setProblem(null);
    let removed = 0;
    try {
      for (const code of codes) {
        await unlessGone(call(removeMyProject, { code }));
        removed += 1;
      }
      onOpenChange(false);
      onDone?.();
      toast(
        codes.length === 1 ? `${what} is gone for good` : `${countInWords(removed, "project")} gone for good`,
        {
          tone: "good",
        },
      );
    } catch (error) {
      const { title, description } = describeFailure(error);
      const some = codes.length > 1 ? ` ${countInWords(removed, "project")} removed.` : "";
      setProblem(`${title} ${description}${some}`);
    } finally {
      setBusy(false);
      router.refresh();
    }
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={(next) => {
        setProblem(null);
        onOpenChange(next);
      }}
      title={`Remove ${what} for good?`}
      description="This can’t be undone: its versions and its shared links go, too."
      confirmLabel="Remove for good"
      cancelLabel="Keep"
      busy={busy}
      error={problem}
      onConfirm={() => void remove()}
    />
  );
}
