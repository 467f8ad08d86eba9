"use client";

import { type KeyboardEvent, useEffect, useRef } from "react";
import { MAX_TITLE_LENGTH } from "@/lib/contract/fields";
import { shownTitle } from "../../../_components/in-words";

export type TitleFieldProps = {
  title: string;
  onChange: (title: string) => void;
  /** Leaves the title for the text: Enter. */
  onDone: () => void;
};

/** The title, changed where it stands. A title is one line, however many it takes on the page. */
export function TitleField({ title, onChange, onDone }: TitleFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);

  // Where the style sheet can't do it.
  useEffect(() => {
    const element = field.current;
    if (element === null || CSS.supports("field-sizing", "content")) return;
    const fit = () => {
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight}px`;
    };
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, [title]);

  useEffect(() => {
    document.title = `${shownTitle(title)} · Penora`;
  }, [title]);

  function leave(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    onDone();
  }

  return (
    <>
      <h1 className="sr-only">{shownTitle(title)}</h1>
      <textarea
        ref={field}
        rows={1}
        aria-label="Title"
        value={title}
        maxLength={MAX_TITLE_LENGTH}
        placeholder="Untitled"
        spellCheck
        onChange={(event) => onChange(event.target.value.replace(/[\r\n]+/g, " "))}
        onKeyDown={leave}
        className="-mx-2 block field-sizing-content w-[calc(100%+1rem)] resize-none overflow-hidden rounded-md border border-transparent bg-transparent px-2 py-1 font-serif text-3xl leading-tight font-semibold tracking-[-0.01em] text-ink hover:border-line focus-visible:border-edge focus-visible:outline-none sm:text-4xl"
      />
    </>
  );
}
