"use client";

import { Check, Copy } from "lucide-react";
import { type MouseEvent, useState } from "react";
import { Button } from "@/lib/ui/button";
import { toast } from "@/lib/ui/toast-store";

/** Copies the code of the figure that it stands in. Where the browser does not let it, the code is marked to be copied. */
export function CopyButton({ what }: { what: string }) {
  const [copied, setCopied] = useState(false);
  async function copy({ currentTarget }: MouseEvent<HTMLButtonElement>) {
    const code = currentTarget.closest("figure")?.querySelector("code");
    if (!code) return;
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      setCopied(true);
    } catch {
      getSelection()?.selectAllChildren(code);
      toast("The code is marked. Copy it with your keyboard.", { id: "copy" });
    }
  }
  return (
    <Button
      variant="quiet"
      size="sm"
      className="min-h-7 px-2 text-[0.8125rem]"
      onClick={copy}
      onBlur={() => setCopied(false)}
    >
      {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      <span aria-live="polite">{copied ? "Copied" : "Copy"}</span>
      <span className="sr-only">: {what}</span>
    </Button>
  );
}
