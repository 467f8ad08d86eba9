"use client";

import { FileText, X } from "lucide-react";
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { readUpload, UPLOAD_ACCEPT, type Upload } from "@/lib/client/upload/read-upload";
import { UploadError } from "@/lib/client/upload/upload-error";
import { contextToSend, MAX_CONTEXT_CHARACTERS } from "@/lib/contract/material";
import { cutText } from "@/lib/contract/prompt-input";
import { Button } from "@/lib/ui/button";
import { figure } from "@/lib/ui/figure";
import { Notice } from "@/lib/ui/notice";
import { wordsInWords } from "../studio/price-words";

/** What was read of a file, as much of it as is sent. */
interface Material {
  name: string;
  text: string;
}

interface UploadPanelProps {
  context: Material | null;
  onContext: (context: Material | null) => void;
  /** Work on the file's text itself. */
  work: { label: string; most?: number; onText: (text: string) => void };
  /** With what material is sent. */
  sentWith: string;
}

/** A file as material, or as the text to work on. It is read here; only text is ever sent, and the page says how much. */
export function UploadPanel({ context, onContext, work, sentWith }: UploadPanelProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<Upload | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [reading, setReading] = useState<{ name: string; stop: AbortController } | null>(null);

  // Who leaves the page waits for no file.
  useEffect(() => () => reading?.stop.abort(), [reading]);

  async function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0];
    target.value = "";
    if (file === undefined) return;
    const stop = new AbortController();
    setReading({ name: file.name, stop });
    setProblem(null);
    setRead(null);
    try {
      setRead(await readUpload(file, stop.signal));
    } catch (error) {
      if (stop.signal.aborted) return;
      const why = error instanceof UploadError ? error.message : "This file can’t be read.";
      setProblem(`${file.name}: ${why} Nothing was charged.`);
    } finally {
      setReading((now) => (now?.stop === stop ? null : now));
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
        <Button size="sm" busy={reading !== null} onClick={() => chooser.current?.click()}>
          <FileText aria-hidden="true" /> Read a file
        </Button>
        {reading === null ? null : (
          <Button size="sm" variant="quiet" onClick={() => reading.stop.abort()}>
            Cancel
          </Button>
        )}
        <p className="min-w-0 flex-1 basis-56 text-sm text-faint" role="status">
          {reading === null
            ? ".txt, .md, .docx, .pdf or .html, up to 5 MB. The file stays on your computer; only text is sent."
            : `Reading ${reading.name}…`}
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
              <Button
                size="sm"
                variant="quiet"
                onClick={use(({ text }) =>
                  work.onText(work.most === undefined ? text : cutText(text, work.most)),
                )}
              >
                {work.label}
              </Button>
            </>
          }
        >
          {sentInWords(read.text, sentWith)}
          {work.most !== undefined && read.text.length > work.most
            ? ` “${work.label}” takes its first ${figure(work.most)} characters.`
            : ""}
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

function sentInWords(text: string, sentWith: string): string {
  const most = figure(MAX_CONTEXT_CHARACTERS);
  return text.length > MAX_CONTEXT_CHARACTERS
    ? `As material, its first ${most} of ${figure(text.length)} characters are sent with ${sentWith}. That changes no price.`
    : `As material, all of it is sent with ${sentWith}. That changes no price.`;
}
