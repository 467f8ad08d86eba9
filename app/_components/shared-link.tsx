"use client";

import { useRef, useState } from "react";
import type { Share } from "@/lib/contract/exports";
import { Button } from "@/lib/ui/button";
import { Input } from "@/lib/ui/input";
import { dayInWords } from "./in-words";

export type SharedLinkProps = { share: Share; busy: boolean; onRevoke: () => void };

/** A link to copy, and to take back. */
export function SharedLink({ share, busy, onRevoke }: SharedLinkProps) {
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<"no" | "yes" | "select">("no");

  async function copy() {
    try {
      await navigator.clipboard.writeText(share.url);
      setCopied("yes");
    } catch {
      // A frame may forbid it: selected, the link can be copied by hand.
      field.current?.select();
      setCopied("select");
    }
  }

  const made = dayInWords(share.created_at);
  return (
    <li className="py-3">
      <div className="flex gap-2">
        <Input
          ref={field}
          readOnly
          aria-label={`Link made on ${made}`}
          value={share.url}
          onFocus={(event) => event.target.select()}
          className="min-w-0 flex-1 text-sm"
        />
        <Button onClick={() => void copy()}>{copied === "yes" ? "Copied" : "Copy"}</Button>
      </div>
      <div className="mt-1.5 flex flex-wrap items-center justify-between gap-x-4">
        <p className="text-[0.8125rem] text-faint" role="status">
          {copied === "select"
            ? "Press Ctrl+C to copy the selected link."
            : `Made on ${made}, works ${share.expires_at === null ? "until you revoke it" : `until ${dayInWords(share.expires_at)}`}`}
        </p>
        <Button variant="quiet" size="sm" busy={busy} onClick={onRevoke}>
          Revoke
        </Button>
      </div>
    </li>
  );
}
