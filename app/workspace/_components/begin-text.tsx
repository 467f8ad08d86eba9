"use client";

import { FileText, PenLine } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import { describeFailure } from "@/lib/client/api-error";
import { useCallApi } from "@/lib/client/page-user";
import { readUpload, UPLOAD_ACCEPT } from "@/lib/client/upload/read-upload";
import { UploadError } from "@/lib/client/upload/upload-error";
import { createMyProject } from "@/lib/contract/my-workspace";
import { Button } from "@/lib/ui/button";
import { toast } from "@/lib/ui/toast-store";

/** Begins a text: an empty one, or one that a file holds, which is read in the browser. Opens it in the editor. */
export function BeginText() {
  const chooser = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState<"new" | "file" | null>(null);
  const call = useCallApi();

  async function open(text: { title?: string; content?: string }) {
    const { code } = await call(createMyProject, text);
    window.location.assign(`/workspace/${code}`);
  }

  async function begin() {
    setBusy("new");
    try {
      await open({});
    } catch (error) {
      refuse(error);
    }
  }

  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    target.value = "";
    if (file === undefined) return;
    setBusy("file");
    try {
      const { name, text } = await readUpload(file);
      await open({ title: name.replace(/\.[^.]+$/, "") || name, content: text });
    } catch (error) {
      refuse(error, file.name);
    }
  }

  function refuse(error: unknown, file?: string) {
    setBusy(null);
    if (error instanceof UploadError) {
      toast("This file can’t be used", { tone: "error", description: `${file}: ${error.message}` });
      return;
    }
    const { title, description } = describeFailure(error);
    toast(title, { tone: "error", description });
  }

  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept={UPLOAD_ACCEPT}
        onChange={(event) => void choose(event)}
        className="sr-only"
        tabIndex={-1}
        aria-label="File to open"
      />
      <Button variant="primary" busy={busy === "new"} onClick={() => void begin()}>
        <PenLine aria-hidden="true" /> New text
      </Button>
      <Button
        busy={busy === "file"}
        title=".txt, .md, .docx, .pdf or .html, up to 5 MB"
        onClick={() => chooser.current?.click()}
      >
        <FileText aria-hidden="true" /> Open a file
      </Button>
    </>
  );
}
