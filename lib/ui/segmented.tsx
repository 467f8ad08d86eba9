"use client";

import { useId, type ReactNode } from "react";
import { classNames } from "./class-names";

export type SegmentedOption<T extends string> = {
  value: T;
  label: ReactNode;
  note?: ReactNode;
  disabled?: boolean;
};

export type SegmentedProps<T extends string> = {
  legend: string;
  hideLegend?: boolean;
  value: T | undefined;
  onChange: (value: T) => void;
  options: readonly SegmentedOption<T>[];
  size?: "sm" | "md";
  /** Stretches over the whole width, each option alike; four stand two by two where it is narrow. */
  wide?: boolean;
};

const columns = (options: number) => (options === 4 ? "grid-cols-2 @sm:grid-cols-4" : "grid-cols-3");

/** One of a few, all in sight. Native radio buttons underneath: arrow keys move, forms and readers understand. */
export function Segmented<T extends string>({
  legend,
  hideLegend,
  value,
  onChange,
  options,
  size = "md",
  wide,
}: SegmentedProps<T>) {
  const name = useId();
  return (
    <fieldset className={classNames("min-w-0", wide && "@container")}>
      <legend className={hideLegend ? "sr-only" : "mb-1.5 text-sm font-medium text-ink"}>{legend}</legend>
      <div
        className={classNames(
          "gap-0.5 rounded-md border border-line bg-well p-0.5",
          wide ? `grid w-full ${columns(options.length)}` : "inline-flex max-w-full flex-wrap",
        )}
      >
        {options.map((option) => (
          <label
            key={option.value}
            className={classNames(
              "relative flex min-w-0 flex-col items-center justify-center rounded-sm border border-transparent text-center text-soft",
              "hover:text-ink has-checked:border-edge has-checked:bg-sheet has-checked:text-ink",
              "has-disabled:text-faint has-disabled:line-through",
              "has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-accent",
              size === "sm" ? "min-h-7 text-[0.8125rem]" : "min-h-9 py-1 text-sm",
              wide || size === "sm" ? "px-2" : "px-3.5",
            )}
          >
            <input
              type="radio"
              className="absolute inset-0 appearance-none rounded-sm outline-none"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.disabled}
              onChange={() => onChange(option.value)}
            />
            <span className="flex items-center gap-1.5 font-medium [&_svg]:size-4">{option.label}</span>
            {option.note ? (
              <span className="text-[0.8125rem] text-faint tabular-nums">{option.note}</span>
            ) : null}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
