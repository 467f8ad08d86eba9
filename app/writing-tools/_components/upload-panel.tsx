"use client";

import { FileText, X } from "lucide-react";
import { type ChangeEvent, useRef, useState } from "react";
import { readUpload, UPLOAD_ACCEPT, type Upload } from "@/lib/client/upload/read-upload";
import { UploadError } from "@/lib/client/upload/upload-error";
import { MAX_CONTEXT_CHARACTERS } from "@/lib/contract/tool-input";
import { Button } from "@/lib/ui/button";
import { figure } from "@/lib/ui/figure";
import { Notice } from "@/lib/ui/notice";
import { wordsInWords } from "@/app/_components/studio/price-words";
import { contextToSend, type ToolDraft } from "../../_components/tools/tool-draft";

interface UploadPanelProps {
  context: ToolDraft["context"];
  onContext: (context: ToolDraft["context"]) => void;
  /** The file's text is what is worked on. */
  onText: (text: string) => void;
}

/** A file as material, or as the text to work on. It is read here; only text is ever sent, and the page says how much. */
export function UploadPanel({ context, onContext, onText }: UploadPanelProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Upload | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    target.value = "";
    if (file === undefined) return;
    setBusy(true);
    setProblem(null);
    setRead(null);
    try {
      setRead(await readUpload(file));
    } catch (error) {
      const why = error instanceof UploadError ? error.message : "This file can’t be read.";
      setProblem(`${file.name}: ${why} Nothing was charged.`);
    } finally {
      setBusy(false);
    }
  }

  const use = (what: (upload: Upload) => void) => () => {
    if (read !== null) what(read);
    setRead(null);
  };

  return (
    <div className="space-y-3">
      <input
        ref={chooser}
        type="file"
        accept={UPLOAD_ACCEPT}
        onChange={choose}
        className="sr-only"
        tabIndex={-1}
        aria-label="File to read"
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button size="sm" busy={busy} onClick={() => chooser.current?.click()}>
          <FileText aria-hidden="true" /> Read a file
        </Button>
        <p className="min-w-0 flex-1 basis-56 text-sm text-faint">
          .txt, .md, .docx, .pdf or .html, up to 5 MB. The file stays on your computer; only text is sent.
        </p>
      </div>
      {problem === null ? null : (
        <Notice tone="error" role="alert" title="This file can’t be used">
          {problem}
        </Notice>
      )}
      {read === null ? null : (
        <Notice
          tone="info"
          role="status"
          title={`${read.name}: ${wordsInWords(read.words)}`}
          actions={
            <>
              <Button
                size="sm"
                onClick={use(({ name, text }) => onContext({ name, text: contextToSend(text) }))}
              >
                Use as material
              </Button>
              <Button size="sm" variant="quiet" onClick={use(({ text }) => onText(text))}>
                Work on this text
              </Button>
            </>
          }
        >
          {sentInWords(read.text)}
        </Notice>
      )}
      {context === null ? null : (
        <p className="flex items-center gap-2 rounded-md bg-well px-3 py-1.5 text-sm">
          <span className="min-w-0 flex-1 truncate">
            Material: <span className="font-medium">{context.name}</span>, {figure(context.text.length)}{" "}
            characters
          </span>
          <Button
            size="sm"
            variant="quiet"
            aria-label={`Leave ${context.name} out`}
            onClick={() => onContext(null)}
          >
            <X aria-hidden="true" />
          </Button>
        </p>
      )}
    </div>
  );
}

function sentInWords(text: string): string {
  const most = figure(MAX_CONTEXT_CHARACTERS);
  return text.length > MAX_CONTEXT_CHARACTERS
    ? `As material, its first ${most} of ${figure(text.length)} characters are sent with each request. That changes no price.`
    : `As material, all of it is sent with each request. That changes no price.`;
}
