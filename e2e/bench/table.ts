import type { Figures } from "./load";
import type { Measure } from "./measure";

export type Results = ReadonlyMap<Measure, Figures | Error | null>;

/** One line for each measure: requests in a second, latencies, and the share of its limit. */
export function printTable(results: Results): void {
  const perSecond = new Map<string, number>();
  for (const [measure, figures] of results) {
    if (figures !== null && !(figures instanceof Error)) perSecond.set(measure.name, figures.perSecond);
  }
  const width = Math.max(...[...results.keys()].map(({ name }) => name.length));
  console.log(
    `\n${"".padEnd(width)}  ${["in 1 s", "p50 ms", "p99 ms"].map((h) => h.padStart(9)).join("")}   of its limit`,
  );
  for (const [measure, figures] of results) {
    const name = measure.name.padEnd(width);
    if (figures === null) console.log(`${name}  not on this machine`);
    else if (figures instanceof Error) console.log(`${name}  FAILED: ${figures.message}`);
    else {
      const cells = [
        Math.round(figures.perSecond).toLocaleString("en"),
        ms(figures.p50Ms),
        ms(figures.p99Ms),
      ];
      const limit = measure.limit === undefined ? undefined : perSecond.get(measure.limit);
      const ratio =
        limit === undefined ? "" : `   ${(figures.perSecond / limit).toFixed(2)} ×  (${measure.limit})`;
      console.log(`${name}  ${cells.map((cell) => cell.padStart(9)).join("")}${ratio}`);
    }
  }
}

function ms(value: number): string {
  return Number.isNaN(value) ? "–" : value.toFixed(1);
}
