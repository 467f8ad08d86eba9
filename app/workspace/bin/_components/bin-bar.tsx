"use client";

import { Undo2, X } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { restoreMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { toast } from "@/lib/ui/toast-store";
import { countInWords } from "../../../_components/in-words";
import { useSelected } from "../../_components/selection";
import { unlessGone } from "../../_components/unless-gone";
import { RemoveDialog } from "./remove-dialog";

/** What can be done with several projects of the bin. */
export function BinBar() {
  const { codes, clear } = useSelected();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const router = useRouter();
  const call = useCallApi();

  async function restore() {
    setBusy(true);
    let back = 0;
    try {
      for (const code of codes) {
        if (await unlessGone(call(restoreMyProject, { code }))) back += 1;
      }
      clear();
      toast(`${countInWords(back, "project")} back`, { tone: "good" });
    } catch (error) {
      const { title, description } = describeFailure(error);
      toast(title, { tone: "error", description: `${description} ${countInWords(back, "project")} back.` });
    } finally {
      setBusy(false);
      router.refresh();
    }
  }

  return (
    <>
      <Button size="sm" busy={busy} onClick={() => void restore()}>
        <Undo2 aria-hidden="true" /> Bring back
      </Button>
      <Button size="sm" onClick={() => setAsking(true)}>
        <X aria-hidden="true" /> Remove for good
      </Button>
      <RemoveDialog
        codes={codes}
        what={countInWords(codes.length, "project")}
        open={asking}
        onOpenChange={setAsking}
        onDone={clear}
      />
    </>
  );
}
