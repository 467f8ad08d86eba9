import type { ReactNode } from "react";

const MARKED = /`([^`]+)`|\[([^\]]+)\]\(([^)]+)\)/g;

/** A line of words with `code` in backticks and [links](/somewhere). */
export function Words({ children }: { children: string }) {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of children.matchAll(MARKED)) {
    const [whole, code, text, href] = match;
    parts.push(children.slice(end, match.index));
    parts.push(
      code === undefined ? (
        <a key={match.index} href={href} className="link">
          {text}
        </a>
      ) : (
        <Mono key={match.index}>{code}</Mono>
      ),
    );
    end = match.index + whole.length;
  }
  return [...parts, children.slice(end)];
}

/** A name as one writes it in a program. */
export function Mono({ children }: { children: ReactNode }) {
  return (
    <code className="rounded-xs bg-well px-1 py-px font-mono text-[0.875em] break-words [overflow-wrap:anywhere]">
      {children}
    </code>
  );
}

/** Paragraphs, with an empty line between them. */
export function Prose({ children }: { children: string }) {
  return (
    <div className="max-w-prose space-y-3 text-[0.9375rem] leading-relaxed text-soft">
      {children.split("\n\n").map((paragraph) => (
        <p key={paragraph}>
          <Words>{paragraph}</Words>
        </p>
      ))}
    </div>
  );
}
