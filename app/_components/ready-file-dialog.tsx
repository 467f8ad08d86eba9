"use client";

import { ExternalLink } from "lucide-react";
import { ButtonLink } from "@/lib/ui/button-link";
import { Dialog } from "@/lib/ui/dialog";
import type { ReadyFile } from "./use-export";

/** The way to a file where this frame may not save it: a tab of its own, opened by the person. */
export function ReadyFileDialog({ file, onClose }: { file: ReadyFile | null; onClose: () => void }) {
  return (
    <Dialog
      open={file !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={`${file?.name ?? "The file"} is ready`}
      description="It opens in a tab of its own, because this page may not save files. The link works for five minutes."
      actions={
        <ButtonLink
          href={file?.url ?? ""}
          target="_blank"
          rel="noopener noreferrer"
          variant="primary"
          onClick={onClose}
        >
          <ExternalLink aria-hidden="true" /> Open the file
          <span className="sr-only"> (in a new tab)</span>
        </ButtonLink>
      }
    />
  );
}
