"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { deleteMyProject, restoreMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { toast } from "@/lib/ui/toast-store";
import { countInWords } from "../../_components/in-words";
import { ExportAll } from "./export-all";
import { useSelected } from "./selection";
import { unlessGone } from "./unless-gone";

/** What can be done with several projects of the workspace. */
export function WorkspaceBar() {
  const { codes, clear } = useSelected();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const router = useRouter();
  const call = useCallApi();
  const many = countInWords(codes.length, "project");

  async function undo(deleted: readonly string[]) {
    try {
      for (const code of deleted) await call(restoreMyProject, { code });
      toast(`${countInWords(deleted.length, "project")} back`, { tone: "good", id: "bulk-delete" });
    } catch (error) {
      toast(describeFailure(error).title, { tone: "error", description: describeFailure(error).description });
    }
    router.refresh();
  }

  async function remove() {
    setBusy(true);
    const deleted: string[] = [];
    try {
      for (const code of codes) {
        if (await unlessGone(call(deleteMyProject, { code }))) deleted.push(code);
      }
      setAsking(false);
      clear();
    } catch (error) {
      setProblem(`${describeFailure(error).title} ${countInWords(deleted.length, "project")} deleted.`);
    }
    setBusy(false);
    if (deleted.length > 0) {
      toast(`${countInWords(deleted.length, "project")} deleted`, {
        id: "bulk-delete",
        description: "They lie in the bin for 30 days.",
        action: { label: "Undo", onSelect: () => void undo(deleted) },
      });
      router.refresh();
    }
  }

  return (
    <>
      <ExportAll codes={codes} />
      <Button
        size="sm"
        onClick={() => {
          setProblem(null);
          setAsking(true);
        }}
      >
        <Trash2 aria-hidden="true" /> Delete
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${many}?`}
        description="Their space is free at once. For 30 days they can be brought back from the bin."
        confirmLabel="Delete"
        busy={busy}
        error={problem}
        onConfirm={() => void remove()}
      />
    </>
  );
}
