import { figure } from "./figure";

export type BarChartPoint = {
  /** In full, for the tooltip and the table: "21 November". */
  label: string;
  /** Short, for the axis: "21 Nov". */
  tick: string;
  value: number;
};

export type BarChartProps = {
  /** What is shown: "KU Coins spent a day, last 30 days". */
  caption: string;
  /** Heads the first column of the table: "Day". */
  labelHeading: string;
  /** Heads the second: "KU Coins". */
  valueHeading: string;
  points: readonly BarChartPoint[];
};

/** The next round figure, for the top of the scale: 1, 2, 3, 4, 6, 8, 10, 20, 30 … */
export function roundCeiling(value: number): number {
  if (value <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 3, 4, 6, 8, 10].map((step) => step * power).find((step) => step >= value) ?? value;
}

/** Bars over time, drawn on the server in plain SVG; a screen reader gets the same as a table. */
export function BarChart({ caption, labelHeading, valueHeading, points }: BarChartProps) {
  const top = roundCeiling(Math.max(0, ...points.map((point) => point.value)));
  const slot = 100 / Math.max(1, points.length);
  const lines = top % 2 === 0 ? [top, top / 2, 0] : [top, 0];
  const ticks = [points[0], points[Math.floor((points.length - 1) / 2)], points.at(-1)];
  return (
    <figure>
      <div aria-hidden="true" className="grid grid-cols-[auto_1fr] gap-x-3">
        <div className="flex h-40 flex-col justify-between text-right text-xs text-faint tabular-nums">
          {lines.map((line) => (
            <span key={line} className="-my-2 leading-4">
              {figure(line)}
            </span>
          ))}
        </div>
        <svg width="100%" height="160" className="block overflow-visible">
          {lines.map((line) => {
            const y = `${100 - (line / top) * 100}%`;
            return (
              <line
                key={line}
                x1="0"
                x2="100%"
                y1={y}
                y2={y}
                className={line === 0 ? "stroke-edge" : "stroke-line"}
              />
            );
          })}
          {points.map((point, index) => {
            const height = (point.value / top) * 100;
            return (
              <g key={point.label} className="group">
                <title>{`${point.label}: ${figure(point.value)}`}</title>
                <rect
                  x={`${index * slot}%`}
                  width={`${slot}%`}
                  height="100%"
                  className="fill-transparent group-hover:fill-well"
                />
                <rect
                  x={`${index * slot + slot * 0.18}%`}
                  width={`${slot * 0.64}%`}
                  y={`${100 - height}%`}
                  height={`${height}%`}
                  className="fill-ink group-hover:fill-accent"
                />
              </g>
            );
          })}
        </svg>
        <span />
        <div className="mt-2 flex justify-between text-xs text-faint tabular-nums">
          {ticks.map((point, index) => (
            <span key={index}>{point?.tick}</span>
          ))}
        </div>
      </div>
      <div className="sr-only">
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{labelHeading}</th>
              <th scope="col">{valueHeading}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.label}>
                <th scope="row">{point.label}</th>
                <td>{figure(point.value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
