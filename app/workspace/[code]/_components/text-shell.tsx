import type { ReactNode } from "react";
import { WrittenText } from "@/lib/ui/written-text";
import { shownTitle } from "../../../_components/in-words";

/** The beginning of a text is enough to look at for the moment until the editor is there. */
const FIRST_CHARACTERS = 4_000;

/** A text as it looks before the editor has come: to be read at once, and nothing jumps when it comes. */
export function TextShell({
  title,
  content,
  children,
}: {
  title: string;
  content: string;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-prose">
      <header className="mt-4">
        <h1 className="py-1 font-serif text-3xl leading-tight font-semibold tracking-[-0.01em] break-words sm:text-4xl">
          {shownTitle(title)}
        </h1>
        {children}
      </header>
      <TextBeginning content={content} />
    </div>
  );
}

/** The text itself, below the place where the tools will stand. */
export function TextBeginning({ content }: { content: string }) {
  const cut = content.length > FIRST_CHARACTERS ? content.lastIndexOf(" ", FIRST_CHARACTERS) : content.length;
  return (
    <>
      <div className="mt-5 h-12.5 border-y border-line" />
      <WrittenText text={content.slice(0, cut > 0 ? cut : FIRST_CHARACTERS)} className="mt-6" />
    </>
  );
}
