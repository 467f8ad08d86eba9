"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { newIdempotencyKey } from "@/lib/client/call-api";
import { useCallApi } from "@/lib/client/page-user";
import { emptyMyBin } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { toast } from "@/lib/ui/toast-store";
import { countInWords } from "../../../_components/in-words";

/** Empties the bin, once it was asked about. `until`: when the last project came into it that this page knows of. */
export function EmptyBin({ total, until }: { total: number; until: string }) {
  // One key for one question: pressing again after an answer that never came is the same deed.
  const [key, setKey] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const router = useRouter();
  const call = useCallApi();

  async function empty(idempotencyKey: string) {
    setBusy(true);
    setProblem(null);
    try {
      const { removed } = await call(emptyMyBin, { until }, { idempotencyKey });
      setKey(null);
      toast(`${countInWords(removed, "project")} gone for good`, { tone: "good" });
      router.refresh();
    } catch (error) {
      const { title, description } = describeFailure(error);
      setProblem(`${title} ${description}`);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <Button
        size="sm"
        onClick={() => {
          setProblem(null);
          setKey(newIdempotencyKey());
        }}
      >
        <Trash2 aria-hidden="true" /> Empty the bin
      </Button>
      <ConfirmDialog
        open={key !== null}
        onOpenChange={(open) => (open ? undefined : setKey(null))}
        title="Empty the bin?"
        description={`${countInWords(total, "project")} will be gone for good, with their versions and shared links. This can’t be undone.`}
        confirmLabel="Empty the bin"
        cancelLabel="Keep"
        busy={busy}
        error={problem}
        onConfirm={() => (key === null ? undefined : void empty(key))}
      />
    </>
  );
}
