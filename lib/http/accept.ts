import type { Format } from "@/lib/contract/operation";

const TYPES: Readonly<Record<Format, string>> = { json: "application/json", csv: "text/csv" };

/**
 * The format that `Accept` prefers among those offered. Of equals the one that is named more precisely, then the first
 * offered; that one also where nothing fits, for old clients send what they like.
 */
export function preferredFormat(accept: string | null, offered: readonly [Format, ...Format[]]): Format {
  const ranges = (accept ?? "").split(",").flatMap(parseRange);
  let best: { format: Format; q: number; precision: number } = { format: offered[0], q: 0, precision: -1 };
  for (const format of offered) {
    const { q, precision } = match(TYPES[format], ranges);
    if (q > best.q || (q === best.q && q > 0 && precision > best.precision)) best = { format, q, precision };
  }
  return best.format;
}

interface Range {
  readonly type: string;
  readonly q: number;
}

function parseRange(text: string): Range[] {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  if (!/^[^\s/]+\/[^\s/]+$/.test(type)) return [];
  const q = parameters.find((parameter) => parameter.startsWith("q="))?.slice(2);
  const weight = q === undefined ? 1 : Number(q);
  return [{ type, q: Number.isFinite(weight) ? Math.min(1, Math.max(0, weight)) : 0 }];
}

/** The most precise range that covers a type decides, even against it (`text/csv;q=0, *\/*`). */
function match(type: string, ranges: readonly Range[]): { q: number; precision: number } {
  const names = ["*/*", `${type.split("/", 1)[0]}/*`, type];
  const found = ranges
    .map((range) => ({ q: range.q, precision: names.indexOf(range.type) }))
    .filter(({ precision }) => precision >= 0)
    .sort((a, b) => b.precision - a.precision);
  return found[0] ?? { q: 0, precision: -1 };
}
