"use client";

import { useState } from "react";
import { Button } from "@/lib/ui/button";
import { ConfirmDialog } from "@/lib/ui/confirm-dialog";
import { signOut } from "../../_components/sign-out";

/** The two ways out: of this browser, and of every one. */
export function SignOut({ userId }: { userId: string }) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);

  async function leave(everywhere: boolean) {
    setBusy(true);
    await signOut(userId, everywhere);
    setBusy(false);
    setAsking(false);
  }

  return (
    <>
      <p className="max-w-prose text-sm text-soft">
        Signing out everywhere ends every session on every device, and makes sign-in links from before
        worthless.
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button onClick={() => void leave(false)} busy={busy && !asking}>
          Sign out
        </Button>
        <Button onClick={() => setAsking(true)}>Sign out everywhere</Button>
      </div>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Sign out everywhere?"
        description="You will have to sign in again on each device. Texts that are being written go on, and nothing is lost."
        confirmLabel="Sign out everywhere"
        tone="primary"
        busy={busy}
        onConfirm={() => void leave(true)}
      />
    </>
  );
}
