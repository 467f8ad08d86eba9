import { classNames } from "./class-names";

export type ProgressProps = {
  /** What is going on, for a screen reader. */
  label: string;
  value: number;
  max?: number;
  /** In words, e.g. "page 3 of 12"; else a percentage is read. */
  valueText?: string;
  className?: string;
};

/** How far something has come. Drawn with SVG lengths, because the content policy allows no style attributes. */
export function Progress({ label, value, max = 100, valueText, className }: ProgressProps) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.round(share * max)}
      aria-valuetext={valueText}
      className={classNames("h-1 overflow-hidden rounded-xs bg-line", className)}
    >
      <svg aria-hidden="true" width="100%" height="100%" className="block">
        <rect width={`${(share * 100).toFixed(2)}%`} height="100%" className="fill-accent" />
      </svg>
    </div>
  );
}
