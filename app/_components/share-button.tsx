"use client";

import { Link2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/lib/ui/button";
import { ShareDialog } from "./share-dialog";

/** Opens the links of a project. */
export function ShareButton({ code }: { code: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        <Link2 aria-hidden="true" /> Share
      </Button>
      <ShareDialog code={code} open={open} onOpenChange={setOpen} />
    </>
  );
}
