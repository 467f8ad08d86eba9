import { classNames } from "./class-names";

export type MeterPart = { label: string; value: number; text: string };

export type LabelledMeterProps = {
  label: string;
  value: number;
  max: number;
  /** The same in words, shown and read: "0.42 MB of 1 MB used". */
  text: string;
  /** What the value is made of; drawn in order, named below. */
  parts?: readonly MeterPart[];
  /** From this share on the meter warns. */
  warnFrom?: number;
  className?: string;
};

const fills = ["fill-ink", "fill-accent", "fill-edge", "fill-good", "fill-warn"] as const;
const dots = ["bg-ink", "bg-accent", "bg-edge", "bg-good", "bg-warn"] as const;

/** How full something is, with its name and the figure in words. */
export function LabelledMeter({
  label,
  value,
  max,
  text,
  parts,
  warnFrom = 0.9,
  className,
}: LabelledMeterProps) {
  const share = (amount: number) => (max > 0 ? Math.min(1, Math.max(0, amount / max)) * 100 : 0);
  const full = share(value) >= warnFrom * 100;
  const drawn = parts ?? [{ label, value, text }];
  let start = 0;
  return (
    <div className={className}>
      <div className="mb-2 flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-medium text-ink">{label}</span>
        <span className={classNames("tabular-nums", full ? "font-medium text-accent" : "text-soft")}>
          {text}
        </span>
      </div>
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={Math.min(max, value)}
        aria-valuetext={text}
        className="h-2 overflow-hidden rounded-xs bg-line"
      >
        <svg aria-hidden="true" width="100%" height="100%" className="block">
          {drawn.map((part, index) => {
            const x = start;
            start += share(part.value);
            const tone = parts ? fills[index % fills.length] : full ? "fill-accent" : "fill-ink";
            return (
              <rect
                key={part.label}
                x={`${x.toFixed(2)}%`}
                width={`${share(part.value).toFixed(2)}%`}
                height="100%"
                className={tone}
              />
            );
          })}
        </svg>
      </div>
      {parts ? (
        <ul className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-[0.8125rem] text-soft">
          {parts.map((part, index) => (
            <li key={part.label} className="flex items-center gap-2">
              <span
                aria-hidden="true"
                className={classNames("size-2.5 rounded-xs", dots[index % dots.length])}
              />
              {part.label} <span className="text-faint tabular-nums">{part.text}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
