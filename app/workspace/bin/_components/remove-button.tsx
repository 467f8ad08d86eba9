"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { Button } from "@/lib/ui/button";
import { RemoveDialog } from "./remove-dialog";

/** Removes a project from the bin for good, once it was asked about. */
export function RemoveButton({ code, title }: { code: string; title: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" variant="quiet" onClick={() => setOpen(true)}>
        <X aria-hidden="true" /> Remove<span className="sr-only"> “{title}” for good</span>
      </Button>
      <RemoveDialog codes={[code]} what={`“${title}”`} open={open} onOpenChange={setOpen} />
    </>
  );
}
