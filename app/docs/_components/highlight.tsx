import type { ReactNode } from "react";

const TOKEN =
  /(?<text>"(?:[^"\\\n]|\\.)*"|'(?:[^']|'\\'')*'|`[^`]*`)|(?<note>\/\/[^\n]*|\/\*[\s\S]*?\*\/)|(?<word>\b(?:const|let|await|async|function|return|if|throw|try|catch|new|for|of|import|from|as)\b|\bcurl\b)/g;

const LOOKS = { text: "text-good", note: "text-faint", word: "text-accent" } as const;

/** Sets texts, notes and words of a program apart. What it does not know stays as it is. */
export function highlight(code: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of code.matchAll(TOKEN)) {
    const kind =
      (["text", "note", "word"] as const).find((one) => match.groups?.[one] !== undefined) ?? "word";
    parts.push(code.slice(end, match.index));
    parts.push(
      <span key={match.index} className={LOOKS[kind]}>
        {match[0]}
      </span>,
    );
    end = match.index + match[0].length;
  }
  return [...parts, code.slice(end)];
}
