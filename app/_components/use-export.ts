"use client";

import { useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { toast } from "@/lib/ui/toast-store";

/** A file that is ready, where the browser lets no download begin in this frame. */
export type ReadyFile = { url: string; name: string };

/**
 * Begins a download through a link of five minutes. Inside a frame, where a download may be forbidden and no cookie comes
 * along, the file is `ready` instead, to be opened in a tab of its own by a click.
 */
export function useExport() {
  const [busy, setBusy] = useState(false);
  const [ready, setReady] = useState<ReadyFile | null>(null);

  async function begin(name: string, makeLink: () => Promise<{ url: string }>) {
    if (busy) return;
    setBusy(true);
    try {
      const { url } = await makeLink();
      if (window.self !== window.top) setReady({ url, name });
      else {
        const link = document.createElement("a");
        link.href = url;
        link.download = "";
        link.click();
        toast(`${name} is being made`, {
          id: "export",
          description: "Your browser saves it as soon as it is ready. A long text takes a few seconds.",
        });
      }
    } catch (error) {
      const { title, description } = describeFailure(error);
      toast(title, { id: "export", tone: "error", description });
    } finally {
      setBusy(false);
    }
  }

  return { busy, ready, close: () => setReady(null), begin };
}
