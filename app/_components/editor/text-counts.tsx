"use client";

import type { Editor } from "@tiptap/core";
import type { Transaction } from "@tiptap/pm/state";
import { useEffect, useState } from "react";
import type { TextCount } from "@/lib/contract/word-count";
import { countInWords } from "../in-words";
import type { DocumentText } from "./document-text";

const PAUSE_MS = 300;

/** Words, characters, pages and reading time, by the count that the price is made of; counted anew in a pause. */
export function TextCounts({ editor, text }: { editor: Editor; text: DocumentText }) {
  const [count, setCount] = useState<TextCount | null>(null);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => setCount(text.countOf(editor.state.doc));
    const later = ({ transaction }: { transaction: Transaction }) => {
      if (!transaction.docChanged) return;
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE_MS);
    };
    timer = setTimeout(look, 0);
    editor.on("transaction", later);
    return () => {
      clearTimeout(timer);
      editor.off("transaction", later);
    };
  }, [editor, text]);

  return (
    <p className="min-h-5 text-[0.8125rem] text-faint tabular-nums" data-counts="">
      {count === null
        ? ""
        : [
            countInWords(count.words, "word"),
            countInWords(count.characters, "character"),
            countInWords(count.pages, "page"),
            `${countInWords(count.readingMinutes, "minute")} to read`,
          ].join(" · ")}
    </p>
  );
}
