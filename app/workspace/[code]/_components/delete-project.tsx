"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ApiError, describeFailure } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { deleteMyProject, restoreMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { toast } from "@/lib/ui/toast-store";

/** Asks on the page, deletes, and offers to undo it. */
export function DeleteProject({ code, title }: { code: string; title: string }) {
  // One key for one question: pressing again after an answer that never came deletes no second time.
  const [key, setKey] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const router = useRouter();
  const call = useCallApi();

  async function undo() {
    try {
      await call(restoreMyProject, { code });
      toast(`“${title}” is back`, { tone: "good", id: `delete-${code}` });
      router.push(`/workspace/${code}`);
      router.refresh();
    } catch (error) {
      toast(describeFailure(error).title, { tone: "error", description: describeFailure(error).description });
    }
  }

  async function remove() {
    setBusy(true);
    try {
      await call(deleteMyProject, { code }, { idempotencyKey: key ?? newIdempotencyKey() });
    } catch (error) {
      const gone = error instanceof ApiError && error.code === "project_not_found";
      if (!gone) {
        const failure = describeFailure(error);
        setProblem(`${failure.title} ${failure.description}`);
        return setBusy(false);
      }
    }
    toast(`“${title}” was deleted`, {
      id: `delete-${code}`,
      description: "Undo brings it back as it was.",
      action: { label: "Undo", onSelect: () => void undo() },
    });
    router.push("/workspace");
    router.refresh();
  }

  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        onClick={() => {
          setProblem(null);
          setKey(newIdempotencyKey());
        }}
      >
        <Trash2 aria-hidden="true" /> Delete
      </Button>
      <ConfirmDialog
        open={key !== null}
        onOpenChange={(open) => (open ? undefined : setKey(null))}
        title={`Delete “${title}”?`}
        description="Its space is free at once. For 30 days it can be brought back from the bin."
        confirmLabel="Delete"
        busy={busy}
        error={problem}
        onConfirm={() => void remove()}
      />
    </>
  );
}
