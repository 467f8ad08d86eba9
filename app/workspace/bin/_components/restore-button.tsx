"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { restoreMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { toast } from "@/lib/ui/toast-store";

/** Brings a project back from the bin, if there is room for it. */
export function RestoreButton({ code, title }: { code: string; title: string }) {
  const [busy, setBusy] = useState(false);
  // One key for one project: pressing again after an answer that was lost is the same restore.
  const [key] = useState(newIdempotencyKey);
  const router = useRouter();
  const call = useCallApi();

  async function restore() {
    setBusy(true);
    try {
      await call(restoreMyProject, { code }, { idempotencyKey: key });
      toast(`“${title}” is back`, {
        tone: "good",
        action: { label: "Open", onSelect: () => window.location.assign(`/workspace/${code}`) },
      });
      router.refresh();
    } catch (error) {
      const failure = describeFailure(error);
      toast(failure.title, { tone: "error", description: failure.description });
      setBusy(false);
    }
  }

  return (
    <Button size="sm" busy={busy} onClick={() => void restore()}>
      <Undo2 aria-hidden="true" /> Bring back<span className="sr-only"> “{title}”</span>
    </Button>
  );
}
