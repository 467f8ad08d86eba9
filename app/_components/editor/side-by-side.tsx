import { Fragment } from "react";
import { countInWords } from "../in-words";
import { compareTexts, type Part, type Row } from "./compare-texts";

export type SideBySideProps = {
  left: { title: string; text: string };
  right: { title: string; text: string };
};

/** Two texts, paragraph beside paragraph; what is the same in both is folded away but for its edges. */
export function SideBySide({ left, right }: SideBySideProps) {
  const rows = fold(compareTexts(left.text, right.text));
  return (
    <div
      role="group"
      aria-label={`${left.title} and ${right.title}`}
      tabIndex={0}
      className="max-h-[60dvh] overflow-y-auto rounded-md border border-line bg-sheet"
    >
      <div className="sticky top-0 grid grid-cols-2 border-b border-line bg-sheet text-[0.8125rem] font-medium">
        <p className="border-r border-line px-3 py-2 sm:px-4">{left.title}</p>
        <p className="px-3 py-2 sm:px-4">{right.title}</p>
      </div>
      {rows.map((row, index) =>
        typeof row === "number" ? (
          <p key={index} className="border-b border-line px-4 py-1.5 text-center text-[0.8125rem] text-faint">
            {countInWords(row, "paragraph")} the same
          </p>
        ) : (
          <div
            key={index}
            className="grid grid-cols-2 border-b border-line font-serif leading-relaxed last:border-0"
          >
            <Side parts={row.left} tag="del" />
            <Side parts={row.right} tag="ins" />
          </div>
        ),
      )}
      {rows.every((row) => typeof row === "number") ? (
        <p className="px-4 py-3 text-sm text-soft">Both texts say the same.</p>
      ) : null}
    </div>
  );
}

const marks = {
  del: "rounded-xs bg-accent-wash text-ink decoration-accent",
  ins: "rounded-xs bg-good-wash text-ink no-underline",
};

function Side({ parts, tag: Tag }: { parts: readonly Part[]; tag: "del" | "ins" }) {
  return (
    <p className="min-w-0 border-r border-line px-3 py-2 break-words whitespace-pre-wrap last:border-r-0 sm:px-4">
      {parts.map(({ text, changed }, index) =>
        changed ? (
          <Tag key={index} className={marks[Tag]}>
            {text}
          </Tag>
        ) : (
          <Fragment key={index}>{text}</Fragment>
        ),
      )}
    </p>
  );
}

/** Runs of more than three equal paragraphs become their number, but for the one next to a change. */
function fold(rows: readonly Row[]): (Row | number)[] {
  const folded: (Row | number)[] = [];
  for (let at = 0; at < rows.length;) {
    const row = rows[at];
    let end = at;
    while (rows[end]?.same) end += 1;
    const first = at === 0;
    const last = end === rows.length;
    const hidden = end - at - (first ? 0 : 1) - (last ? 0 : 1);
    if (row !== undefined && !row.same) {
      folded.push(row);
      at += 1;
    } else if (hidden > 1) {
      const [from, to] = [at + (first ? 0 : 1), end - (last ? 0 : 1)];
      folded.push(...rows.slice(at, from), hidden, ...rows.slice(to, end));
      at = end;
    } else {
      folded.push(...rows.slice(at, end));
      at = end;
    }
  }
  return folded;
}
