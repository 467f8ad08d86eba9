import "server-only";
import type { Run } from "./document";

const LOOKS = ["link", "bold", "italic", "strike", "code"] as const;
export type Look = (typeof LOOKS)[number];

/** Runs as a tree: neighbours in one look stand in it together. */
export type Nested =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "look";
      readonly look: Look;
      /** Where a link leads; empty for every other look. */
      readonly target: string;
      readonly inner: readonly Nested[];
    };

/** Puts neighbouring runs of one look into one element, links outermost. */
export function nestRuns(runs: readonly Run[], looks: readonly Look[] = LOOKS): Nested[] {
  const [look, ...rest] = looks;
  if (look === undefined) {
    const text = runs.map((run) => run.text).join("");
    return text === "" ? [] : [{ kind: "text", text }];
  }
  const nested: Nested[] = [];
  for (let from = 0; from < runs.length;) {
    const value = runs[from]?.[look];
    let to = from + 1;
    while (to < runs.length && runs[to]?.[look] === value) to++;
    const inner = nestRuns(runs.slice(from, to), rest);
    if (value === undefined) nested.push(...inner);
    else nested.push({ kind: "look", look, target: typeof value === "string" ? value : "", inner });
    from = to;
  }
  return nested;
}
