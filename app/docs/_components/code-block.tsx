import { CopyButton } from "./copy-button";
import { highlight } from "./highlight";

export type CodeBlockProps = {
  /** What it is, for the line above it and for screen readers. */
  label: string;
  code: string;
  /** The tests find an example by its id, and try it. */
  id?: string;
  language?: "curl" | "typescript" | "html";
};

/** A program or an answer, to read and to take along. */
export function CodeBlock({ label, code, id, language }: CodeBlockProps) {
  return (
    <figure className="min-w-0 overflow-hidden rounded-md border border-line bg-sheet">
      <figcaption className="flex min-h-9 items-center justify-between gap-3 border-b border-line pr-1 pl-3.5 text-[0.8125rem] text-faint">
        {label}
        <CopyButton what={label} />
      </figcaption>
      <pre
        tabIndex={0}
        role="group"
        aria-label={label}
        className="overflow-x-auto px-3.5 py-3 font-mono text-[0.8125rem] leading-relaxed focus-visible:-outline-offset-2"
      >
        <code data-example={id} data-language={language}>
          {highlight(code)}
        </code>
      </pre>
    </figure>
  );
}
