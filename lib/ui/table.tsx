import type { HTMLAttributes, ReactNode, TdHTMLAttributes, ThHTMLAttributes } from "react";
import { classNames } from "./class-names";

export type TableProps = {
  /** Names the table; hidden unless `showCaption`. */
  caption: string;
  showCaption?: boolean;
  className?: string;
  children: ReactNode;
};

/** A table that scrolls sideways by itself where the page is narrow; reachable with the keyboard. */
export function Table({ caption, showCaption, className, children }: TableProps) {
  return (
    <div role="group" aria-label={caption} tabIndex={0} className="-mx-1 overflow-x-auto px-1">
      <table className={classNames("w-full border-collapse text-left text-sm", className)}>
        <caption className={showCaption ? "pb-3 text-left font-medium" : "sr-only"}>{caption}</caption>
        {children}
      </table>
    </div>
  );
}

/** A row, with a hair line above it. */
export function Tr({ className, ...rest }: HTMLAttributes<HTMLTableRowElement>) {
  return <tr {...rest} className={classNames("border-t border-line align-baseline", className)} />;
}

/** A heading of a column; `numeric` for one of figures. */
export function Th({
  numeric,
  className,
  scope = "col",
  ...rest
}: ThHTMLAttributes<HTMLTableCellElement> & { numeric?: boolean }) {
  const row = scope === "row";
  return (
    <th
      {...rest}
      scope={scope}
      className={classNames(
        "py-2.5 pr-5 last:pr-0",
        row ? "font-medium text-ink" : "text-[0.8125rem] font-medium whitespace-nowrap text-faint",
        numeric && "text-right tabular-nums",
        className,
      )}
    />
  );
}

/** A cell; `numeric` sets figures in columns. */
export function Td({
  numeric,
  className,
  ...rest
}: TdHTMLAttributes<HTMLTableCellElement> & { numeric?: boolean }) {
  return (
    <td
      {...rest}
      className={classNames(
        "py-2.5 pr-5 last:pr-0",
        numeric && "text-right whitespace-nowrap tabular-nums",
        className,
      )}
    />
  );
}
