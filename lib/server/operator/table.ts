import { stripVTControlCharacters } from "node:util";

type Row = Readonly<Record<string, string | number>>;

/** Lines of aligned columns under their names; none where there are no rows. What people wrote moves no terminal. */
export function table(rows: readonly Row[]): string[] {
  const names = Object.keys(rows[0] ?? {});
  if (names.length === 0) return [];
  const cells = [names, ...rows.map((row) => names.map((name) => plain(row[name] ?? "")))];
  const widths = names.map((_, at) => Math.max(...cells.map((line) => line[at]?.length ?? 0)));
  return cells.map((line) =>
    `  ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join("  ")}`.trimEnd(),
  );
}

function plain(value: string | number): string {
  return stripVTControlCharacters(String(value))
    .replace(/[\s\p{Cc}]+/gu, " ")
    .slice(0, 200);
}
